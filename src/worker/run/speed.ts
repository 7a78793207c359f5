// Steps a second over the last few seconds, from when each step ended.

const windowMs = 5_000;
/** Steps without a pause after which a speed is more than a first impression. */
const steadySteps = 20;

export class Speed {
  #ends: number[] = [];
  /** The same, but always the last `steadySteps`. */
  #lastEnds: number[] = [];

  /** Call when training starts or goes on: the pause before it does not count. */
  start(now: number): void {
    this.#ends = [now];
    this.#lastEnds = [now];
  }

  /**
   * Call at the end of each step; `now` in milliseconds. `warm` false: the step compiled things, so it does not count.
   */
  stepEnded(now: number, warm: boolean): void {
    if (!warm) {
      this.start(now);
      return;
    }
    this.#ends.push(now);
    // At least two steps stay, however slow they are.
    while (this.#ends.length > 3 && now - (this.#ends[0] ?? now) > windowMs) this.#ends.shift();
    this.#lastEnds.push(now);
    if (this.#lastEnds.length > steadySteps + 1) this.#lastEnds.shift();
  }

  /** null until a step has been measured. */
  get stepsPerSecond(): number | null {
    const ms = meanOf(this.#ends);
    return ms === null ? null : 1000 / ms;
  }

  /** Of at least twenty steps and, where they are quick, of the whole window; null until there were as many. */
  get steadyMsPerStep(): number | null {
    if (this.#lastEnds.length <= steadySteps) return null;
    return meanOf(this.#ends.length > steadySteps ? this.#ends : this.#lastEnds);
  }
}

/** Milliseconds from one end to the next. */
function meanOf(ends: readonly number[]): number | null {
  const first = ends[0];
  const last = ends.at(-1);
  if (first === undefined || last === undefined || last <= first) return null;
  return (last - first) / (ends.length - 1);
}
