// Which entry of a series over steps is missed least: how frames and waypoints are thinned while a run goes on.

/**
 * The index of the entry to drop: neither the first nor the newest, but the one that leaves the smallest gap for its
 * step, as a gap of ten steps is much at step 20 and nothing at step 2,000. `steps`: three at least, in their order.
 */
export function leastMissed(steps: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  let at = 1;
  for (let i = 1; i < steps.length - 1; i++) {
    const gap = ((steps[i + 1] ?? 0) - (steps[i - 1] ?? 0)) / Math.max(1, steps[i] ?? 1);
    if (gap < least) {
      least = gap;
      at = i;
    }
  }
  return at;
}
