// When a run passes a waypoint: often at first, then in proportion to its training, so that what is kept of a long run
// is spread over it like its frames.

const shareOfTraining = 0.1;
const leastSeconds = 5;
/** At a pause, which is a place to come back to. */
const leastSecondsAtRest = 1;

export class WaypointPace {
  /** Of training, when the last was passed; null before the first. */
  #last: number | null = null;

  /** @returns whether it is time for one after `seconds` of training */
  isDue(seconds: number, atRest: boolean): boolean {
    const since = this.#last === null ? Number.POSITIVE_INFINITY : seconds - this.#last;
    const wanted = atRest ? leastSecondsAtRest : Math.max(leastSeconds, shareOfTraining * seconds);
    // A run that went back passes the same places again.
    if (since >= 0 && since < wanted) return false;
    this.#last = seconds;
    return true;
  }
}
