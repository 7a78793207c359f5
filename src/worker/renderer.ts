// Draws digits while another worker trains: with the newest weights that have come from there, whatever that one is at.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../config/errors.ts';
import type { RunConfig } from '../config/run.ts';
import type { WeightArrays } from '../config/weights.ts';
import { unpackWeights } from '../files/weightsZip.ts';
import { Drawer } from '../gan/networks/drawer.ts';
import type { Networks } from '../gan/networks/networks.ts';
import { createVariables, unpacked } from '../gan/networks/weights.ts';
import { gridLatents } from '../gan/training/batches.ts';
import type { BackendName } from '../protocol/devices.ts';
import type { Port } from '../protocol/envelope.ts';
import type {
  RendererEventMessage,
  RendererRequestMessage,
  RendererRequests,
  Rendering,
  Snapshot,
} from '../protocol/rendering.ts';
import { answer } from './shared/answer.ts';

type Handlers = {
  [Name in keyof RendererRequests]: (
    payload: RendererRequests[Name]['send'],
  ) => Promise<RendererRequests[Name]['reply']>;
};

/** Where networks come from: a snapshot of a run, or a pretrained generator. */
interface Source {
  readonly workerRun: string;
  readonly step: number;
  readonly config: RunConfig;
  arrays(): WeightArrays;
}

/** The networks of one source, on the device. */
interface Networked {
  readonly source: Source;
  readonly networks: Networks;
  readonly drawer: Drawer;
}

export class Renderer {
  readonly #port: Pick<Port, 'postMessage'>;
  readonly #started: Promise<BackendName>;
  #newest: Source | null = null;
  #pretrained: Source | null = null;
  /** Those that drew last; made when there is something to draw, and not before. */
  #made: Networked | null = null;

  /** `started`: the backend, when tfjs has it. */
  constructor(port: Pick<Port, 'postMessage'>, started: Promise<BackendName>) {
    this.#port = port;
    this.#started = started;
  }

  /** Answers one request, whatever happens. */
  receive({ id, name, payload }: RendererRequestMessage): Promise<void> {
    const handle = this.#handlers[name] as (payload: unknown) => Promise<unknown>;
    return answer(this.#port, id, () => handle(payload));
  }

  readonly #handlers: Handlers = {
    ping: async () => null,
    connect: async ({ snapshots }) => {
      snapshots.addEventListener('message', ({ data }: MessageEvent<Snapshot>) => this.#take(data));
      snapshots.start();
      return { backend: await this.#started };
    },
    pretrained: async ({ workerRun, zip, fileName }) => {
      const { config, weights, step } = unpackWeights(zip, fileName);
      await this.#started;
      this.#pretrained = { workerRun, step, config, arrays: () => weights };
      const latents = gridLatents(config);
      const { pixels, realness } = await this.#networksOf(this.#pretrained).drawer.draw(latents);
      const bytes = Uint8Array.from(pixels, (value) => Math.round(value * 255));
      return { workerRun, config, step, gridLatents: latents, pixels: bytes, realness };
    },
    render: ({ workerRun, latent }) => this.#render(workerRun, latent),
  };

  #take(snapshot: Snapshot): void {
    const { workerRun, step, config, weights } = snapshot;
    this.#newest = { workerRun, step, config, arrays: () => unpacked(weights, config) };
    const event: RendererEventMessage = { kind: 'event', workerRun, name: 'weights', payload: { step } };
    this.#port.postMessage(event, []);
  }

  /**
   * @throws GanvasError 'not-now' for another run than that of the newest weights, 'bad-settings' for a latent of
   * another length
   */
  async #render(workerRun: string, latent: Float32Array): Promise<Rendering> {
    await this.#started;
    const source = [this.#newest, this.#pretrained].find((each) => each?.workerRun === workerRun);
    if (!source) throw new GanvasError('weights-not-here', {});
    const { config, step } = source;
    if (latent.length !== config.latent) {
      throw new GanvasError('latent-length', { wanted: config.latent, count: latent.length });
    }
    const { pixels, realness } = await this.#networksOf(source).drawer.draw(latent);
    return { pixels, realness: realness[0] ?? Number.NaN, step };
  }

  #networksOf(source: Source): Networked {
    if (this.#made?.source === source) return this.#made;
    this.dispose();
    const { config } = source;
    const arrays = source.arrays();
    const networks = {
      generator: createVariables('generator', config, arrays),
      discriminator: createVariables('discriminator', config, arrays),
    };
    this.#made = { source, networks, drawer: new Drawer(networks, config) };
    return this.#made;
  }

  /** Frees what is on the device. Safe to call twice. */
  dispose(): void {
    if (this.#made !== null) tf.dispose(Object.values(this.#made.networks).map((network) => ({ ...network })));
    this.#made = null;
  }
}
