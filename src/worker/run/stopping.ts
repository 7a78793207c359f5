// Whether a stop rule ends training now. Each press of Train begins the count anew.
import type { QualityRow } from '../../config/quality.ts';
import { noStopRules, type StopReason, type StopRules } from '../../config/stopping.ts';

/** Lowest Fréchet distance of a run, null before one, and the measurements since then in this spell of training. */
export interface Progress {
  readonly lowest: number | null;
  readonly without: number;
}

export class Stopping {
  #rules: StopRules = noStopRules;
  #beganAt = 0;
  #progress: Progress = { lowest: null, without: 0 };

  choose(rules: StopRules): void {
    this.#rules = rules;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Another run: what the last one reached says nothing of it. */
  follow(progress: Progress = { lowest: null, without: 0 }): void {
    this.#progress = progress;
  }

  /** Training begins or goes on after `seconds` of training time. */
  begin(seconds: number): void {
    this.#beganAt = seconds;
    this.#progress = { ...this.#progress, without: 0 };
  }

  /** A measurement. One without a Fréchet distance (the classes are not digits) says nothing of progress. */
  measured({ digits }: QualityRow): void {
    if (digits === null || Number.isNaN(digits.frechet)) return;
    const { lowest, without } = this.#progress;
    const better = lowest === null || digits.frechet < lowest;
    this.#progress = better ? { lowest: digits.frechet, without: 0 } : { lowest, without: without + 1 };
  }

  /** The rule that ends training after `seconds` of training time, or null. */
  reason(seconds: number): StopReason | null {
    const { minutes, patience } = this.#rules;
    if (minutes !== null && seconds - this.#beganAt >= minutes * 60) return 'minutes';
    if (patience !== null && this.#progress.without >= patience) return 'patience';
    return null;
  }
}
