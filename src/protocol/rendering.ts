// The messages between the page and the worker that draws, and what that one gets from the worker that trains.
import type { RunConfig } from '../config/run.ts';
import type { BackendName } from './devices.ts';
import type { EventMessageOf, ReplyMessageOf, RequestMessageOf } from './envelope.ts';

/** A picture of one latent, and what the discriminator thinks of it. */
export interface Rendering {
  /** 28×28, row-major, 0 to 1. */
  readonly pixels: Float32Array<ArrayBuffer>;
  /** The probability, by the discriminator, that it is real. */
  readonly realness: number;
  /** The step whose weights drew it. */
  readonly step: number;
}

/** A generator that was trained before: what can be drawn without any training. */
export interface Pretrained {
  readonly workerRun: string;
  readonly config: RunConfig;
  /** What its weights have seen. */
  readonly step: number;
  /** [64, latent], row-major. */
  readonly gridLatents: Float32Array<ArrayBuffer>;
  /** [64, 28, 28], 0 (paper) to 255 (ink). */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** [64]: its own discriminator's probability that each is real. */
  readonly realness: Float32Array<ArrayBuffer>;
}

/** What the worker that draws is asked. */
export interface RendererRequests {
  ping: { send: null; reply: null };
  /** The line over which snapshots come. Replies when it can draw, and on what. */
  connect: { send: { snapshots: MessagePort }; reply: { backend: BackendName } };
  /**
   * Opens the zip of a generator trained before, to be drawn with as if it were this worker run, and draws its grid.
   */
  pretrained: { send: { workerRun: string; zip: Uint8Array<ArrayBuffer>; fileName: string }; reply: Pretrained };
  /**
   * Draws one latent with the newest weights of a worker run. Possible once `weights` has named it, or with a
   * pretrained generator.
   */
  render: { send: { workerRun: string; latent: Float32Array<ArrayBuffer> }; reply: Rendering };
}

/** What the worker that draws tells: newer weights have come, and what is drawn from now on is drawn with them. */
export interface RendererEvents {
  weights: { step: number };
}

/** From the worker that trains to the one that draws: both networks as they were after `step`. */
export interface Snapshot {
  readonly workerRun: string;
  readonly step: number;
  readonly config: RunConfig;
  /** The values of all weights, in the order of the configuration's networks. */
  readonly weights: Float32Array<ArrayBuffer>;
}

export type RendererRequestMessage = RequestMessageOf<RendererRequests>;
export type RendererEventMessage = EventMessageOf<RendererEvents>;
export type RendererMessage = ReplyMessageOf<RendererRequests> | RendererEventMessage;
