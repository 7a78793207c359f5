// What the page knows of the generator that was trained before.
import type { Events } from '../../protocol/messages.ts';
import type { Exhibit } from '../../protocol/rendering.ts';

/** What a grid and its digits need, whoever made them. */
export interface Shown {
  readonly run: string;
  readonly latent: number;
  readonly gridLatents: Float32Array<ArrayBuffer>;
}

export interface ExhibitState {
  readonly shown: Shown;
  readonly config: Exhibit['config'];
  readonly grid: Events['grid'];
  /** The zip, to continue from. */
  readonly file: File;
}
