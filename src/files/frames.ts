// The run's grids as they were: all of them at first, and as they grow too many, ever fewer of the later ones.
import { type Frame, maxFrames } from '../config/history.ts';

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
    if (this.#frames.length > this.#limit) this.#frames.splice(this.#leastMissed(), 1);
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

  /**
   * Which grid to drop: neither the first nor the newest, but the one that leaves the smallest gap for its step, as a
   * gap of ten steps is much at step 20 and nothing at step 2,000. `thinned` cannot do it: it needs the whole series
   * at once, and a grid that was dropped is gone.
   */
  #leastMissed(): number {
    let least = Number.POSITIVE_INFINITY;
    let at = 1;
    for (let i = 1; i < this.#frames.length - 1; i++) {
      const [before, here, after] = [this.#step(i - 1), this.#step(i), this.#step(i + 1)];
      const gap = (after - before) / here;
      if (gap < least) {
        least = gap;
        at = i;
      }
    }
    return at;
  }

  #step(index: number): number {
    return this.#frames[index]?.step ?? 0;
  }
}
