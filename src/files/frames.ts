// The run's grids as they were: all of them at first, and as they grow too many, ever fewer of the later ones.
import { type Frame, maxFrames } from '../config/history.ts';
import { leastMissed } from '../config/leastMissed.ts';

export class Frames {
  readonly #limit: number;
  readonly #frames: Frame[] = [];

  /** `limit`: at least 2, for the first and the newest. */
  constructor(limit: number = maxFrames) {
    this.#limit = limit;
  }

  get length(): number {
    return this.#frames.length;
  }

  clear(): void {
    this.#frames.length = 0;
  }

  /** Grids come in the order of their steps; one of the newest step (half a step later) takes its place. */
  add(frame: Frame): void {
    const newest = this.#frames.at(-1);
    if (newest?.step === frame.step) this.#frames.pop();
    this.#frames.push(frame);
    // `thinned` cannot do it: it needs the whole series at once, and a grid that was dropped is gone.
    if (this.#frames.length > this.#limit) this.#frames.splice(leastMissed(this.#frames.map(({ step: at }) => at)), 1);
  }

  /** All of them, oldest first. */
  all(): readonly Frame[] {
    return [...this.#frames];
  }

  /** Counted from 0, the first. */
  at(index: number): Frame | null {
    return this.#frames[index] ?? null;
  }

  /** The index of the frame whose step is nearest to `step`, the earlier of two as near; -1 while there is none. */
  nearest(step: number): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    this.#frames.forEach((frame, index) => {
      const distance = Math.abs(frame.step - step);
      if (distance < least) {
        best = index;
        least = distance;
      }
    });
    return best;
  }
}
