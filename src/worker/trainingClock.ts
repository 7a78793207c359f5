// The time that a run has trained for, pauses left out.

export class TrainingClock {
  #past = 0;
  #since: number | null = null;

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
