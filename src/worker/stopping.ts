// Whether a stop rule ends training now. Each press of Train begins the count anew.
import type { QualityRow } from '../config/quality.ts';
import { noStopRules, type StopReason, type StopRules } from '../config/stopping.ts';

export class Stopping {
  #rules: StopRules = noStopRules;
  #beganAt = 0;
  /** Lowest Fréchet distance of the run, and the measurements since then in this spell of training. */
  #lowest = Number.POSITIVE_INFINITY;
  #without = 0;

  choose(rules: StopRules): void {
    this.#rules = rules;
  }

  /** Training begins or goes on after `seconds` of training time. */
  begin(seconds: number): void {
    this.#beganAt = seconds;
    this.#without = 0;
  }

  /** A measurement. One without a Fréchet distance (the classes are not digits) says nothing of progress. */
  measured({ digits }: QualityRow): void {
    if (digits === null) return;
    if (digits.frechet < this.#lowest) {
      this.#lowest = digits.frechet;
      this.#without = 0;
    } else {
      this.#without += 1;
    }
  }

  /** The rule that ends training after `seconds` of training time, or null. */
  reason(seconds: number): StopReason | null {
    const { minutes, patience } = this.#rules;
    if (minutes !== null && seconds - this.#beganAt >= minutes * 60) return 'minutes';
    if (patience !== null && this.#without >= patience) return 'patience';
    return null;
  }
}
