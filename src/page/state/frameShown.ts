// The state of the frame that the grid shows.
import type { Frame } from '../../config/history.ts';

export interface FrameShown {
  /** Where the slider stands; null at its right end, which follows training. */
  readonly held: Frame | null;
  /** What the curves' cursor is at, as long as it is there. */
  readonly glanced: Frame | null;
}

/** How every run begins. */
export const newestFrame: FrameShown = { held: null, glanced: null };
