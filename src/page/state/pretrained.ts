// The state of the pretrained generator.
import type { Events } from '../../protocol/messages.ts';
import type { Pretrained } from '../../protocol/rendering.ts';

/** What the grid needs of the generator that drew it: a run's, or the pretrained one. */
export interface Shown {
  readonly workerRun: string;
  readonly latent: number;
  readonly gridLatents: Float32Array<ArrayBuffer>;
}

export interface PretrainedState {
  readonly shown: Shown;
  readonly config: Pretrained['config'];
  readonly grid: Events['grid'];
  /** The zip, to continue from. */
  readonly file: File;
}
