// The time that a run has trained for, pauses left out.

export class TrainingClock {
  #past: number;
  #since: number | null = null;

  /** `past`: what the run had trained before, in seconds. */
  constructor(past = 0) {
    this.#past = 1000 * past;
  }

  /** Training begins or goes on at `now`, in ms. */
  start(now: number): void {
    this.#since ??= now;
  }

  stop(now: number): void {
    this.#past += this.#since === null ? 0 : now - this.#since;
    this.#since = null;
  }

  /** In seconds. */
  at(now: number): number {
    return (this.#past + (this.#since === null ? 0 : now - this.#since)) / 1000;
  }
}
