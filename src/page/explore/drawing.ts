// The page's client of the worker that draws: starts it, connects it to the worker that trains, asks it for digits.
import { GanvasError } from '../../config/errors.ts';
import type { Pretrained, RendererEvents, RendererRequests, Rendering } from '../../protocol/rendering.ts';
import { Client, roles, type WorkerPort } from '../client/client.ts';
import type { PageStore } from '../state/store.ts';
import { showsPretrained } from './pretrained.ts';

export interface Drawing {
  /** Starts the worker, ending the one before if there is one; resolves when it can draw, or never will. */
  start(): Promise<void>;
  stop(): void;
  /** Opens a generator that was trained before. @throws GanvasError for a zip that is not ours */
  drawPretrained(send: RendererRequests['pretrained']['send']): Promise<Pretrained>;
  /**
   * Draws a latent of a worker run with its newest weights, or of the pretrained generator.
   * @throws GanvasError 'not-now' while there are none
   */
  render(workerRun: string, latent: Float32Array<ArrayBuffer>): Promise<Rendering>;
}

/**
 * The page replaces a lost worker by itself, but not a second time within this time: two losses in a row are reported.
 */
const forgivenAfterMs = 60_000;

interface DrawingParts {
  readonly store: PageStore;
  /** Gives the worker that trains its end of the line. */
  readonly connect: (send: { snapshots: MessagePort }) => Promise<unknown>;
  readonly onLost: (error: GanvasError) => void;
  /** What cannot be started, or has been called off. */
  readonly onFailed: (error: unknown) => void;
}

export function createDrawing(open: () => WorkerPort, { store, connect, onLost, onFailed }: DrawingParts): Drawing {
  let lostAt = Number.NEGATIVE_INFINITY;
  /** With it fails what was asked of a worker that was replaced by itself. */
  let healed: GanvasError | null = null;
  const client = new Client<RendererRequests, RendererEvents>(open, roles.renderer, {
    onEvent({ workerRun, payload }) {
      if (workerRun !== null) store.setState({ weights: { workerRun, step: payload.step } });
    },
    onLost(error) {
      const state = store.getState();
      // A run's weights do not bring back the pretrained generator: its loss is reported.
      const drew = state.weights !== null && !showsPretrained(state);
      const isFirst = performance.now() - lostAt > forgivenAfterMs;
      lostAt = performance.now();
      store.setState({ weights: null });
      if (!drew || !isFirst) return onLost(error);
      healed = error;
      void drawing.start();
    },
  });
  const drawing: Drawing = {
    async start() {
      store.setState({ weights: null });
      client.start();
      if (!client.running) return;
      const { port1, port2 } = new MessageChannel();
      // The other client reports the loss of the worker that trains.
      connect({ snapshots: port2 }).catch(() => {});
      await client.request('connect', { snapshots: port1 }).catch((error: unknown) => {
        if (error !== healed) onFailed(error);
      });
    },
    stop() {
      client.stop();
      store.setState({ weights: null });
    },
    drawPretrained: (send) => client.request('pretrained', send),
    async render(workerRun, latent) {
      const { weights, pretrained } = store.getState();
      if (weights?.workerRun !== workerRun && pretrained?.shown.workerRun !== workerRun) {
        throw new GanvasError('nothing-to-draw-with', {});
      }
      return client.request('render', { workerRun, latent: latent.slice() }).catch((error: unknown) => {
        throw error === healed ? new GanvasError('another-worker-draws', {}) : error;
      });
    },
  };
  return drawing;
}
