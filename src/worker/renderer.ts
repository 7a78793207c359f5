// Draws digits while another worker trains: with the newest weights that have come from there, whatever that one is at.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../config/errors.ts';
import { Drawer } from '../gan/drawer.ts';
import type { Networks } from '../gan/halfSteps.ts';
import { createVariables, unpacked } from '../gan/weights.ts';
import type { BackendName } from '../protocol/devices.ts';
import type { Port } from '../protocol/envelope.ts';
import type {
  RendererEventMessage,
  RendererRequestMessage,
  RendererRequests,
  Rendering,
  Snapshot,
} from '../protocol/rendering.ts';
import { answer } from './answer.ts';

type Handlers = {
  [Name in keyof RendererRequests]: (
    payload: RendererRequests[Name]['send'],
  ) => Promise<RendererRequests[Name]['reply']>;
};

/** The networks of one snapshot, on the device. */
interface Networked {
  readonly snapshot: Snapshot;
  readonly networks: Networks;
  readonly drawer: Drawer;
}

export class Renderer {
  readonly #port: Pick<Port, 'postMessage'>;
  readonly #started: Promise<BackendName>;
  /** The newest, and those that drew last; made from it when there is something to draw, and not before. */
  #newest: Snapshot | null = null;
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
    render: ({ run, latent }) => this.#render(run, latent),
  };

  #take(snapshot: Snapshot): void {
    this.#newest = snapshot;
    const event: RendererEventMessage = {
      kind: 'event',
      run: snapshot.run,
      name: 'weights',
      payload: { step: snapshot.step },
    };
    this.#port.postMessage(event, []);
  }

  /** @throws GanvasError 'not-now' for another run than that of the newest weights, 'bad-settings' for a latent of another length */
  async #render(run: string, latent: Float32Array): Promise<Rendering> {
    await this.#started;
    const snapshot = this.#newest;
    if (snapshot?.run !== run) throw new GanvasError('not-now', 'The weights of this run have not come.');
    const { config, step } = snapshot;
    if (latent.length !== config.latent) {
      throw new GanvasError('bad-settings', `A latent of this run has ${config.latent} numbers, not ${latent.length}.`);
    }
    const { pixels, realness } = await this.#networksOf(snapshot).drawer.draw(latent);
    return { pixels, realness: realness[0] ?? Number.NaN, step };
  }

  #networksOf(snapshot: Snapshot): Networked {
    if (this.#made?.snapshot === snapshot) return this.#made;
    this.dispose();
    const { config } = snapshot;
    const arrays = unpacked(snapshot.weights, config);
    const networks = {
      generator: createVariables('generator', config, arrays),
      discriminator: createVariables('discriminator', config, arrays),
    };
    this.#made = { snapshot, networks, drawer: new Drawer(networks, config) };
    return this.#made;
  }

  /** Frees what is on the device. Safe to call twice. */
  dispose(): void {
    if (this.#made !== null) tf.dispose(Object.values(this.#made.networks).map((network) => ({ ...network })));
    this.#made = null;
  }
}
