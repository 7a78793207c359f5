// Steps a second over the last few seconds, from when each step ended.

const windowMs = 5_000;

export class Speed {
  #ends: number[] = [];

  /** Call when training starts or goes on: the pause before it does not count. */
  start(now: number): void {
    this.#ends = [now];
  }

  /** Call at the end of each step; `now` in milliseconds. `warm` false: the step compiled things, so it does not count. */
  stepEnded(now: number, warm: boolean): void {
    if (!warm) {
      this.start(now);
      return;
    }
    this.#ends.push(now);
    // At least two steps stay, however slow they are.
    while (this.#ends.length > 3 && now - (this.#ends[0] ?? now) > windowMs) this.#ends.shift();
  }

  /** null until a step has been measured. */
  get stepsPerSecond(): number | null {
    const first = this.#ends[0];
    const last = this.#ends.at(-1);
    if (first === undefined || last === undefined || last <= first) return null;
    return ((this.#ends.length - 1) * 1000) / (last - first);
  }
}
