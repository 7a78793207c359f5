// A line and the band of what it smooths: at each point drawn, the mean of a window and its smallest and largest value.
import { thinnedIndices } from '../../files/thinned.ts';
import { maxPoints, type Point } from '../../page/runHistory/decimate.ts';

/** `value` is the mean of the window around the step. */
export interface Smoothed extends Point {
  readonly low: number;
  readonly high: number;
}

/** Steps that one value is the mean of; 'auto' follows how many are shown. */
export type Span = number | 'auto';

/** Of what is shown: enough for a calm line, little enough to see every turn. */
const autoShare = 1 / 40;

/** In entries: at least as many as lie between two points that are drawn, so that the band holds every value. */
export function windowOf(span: Span, entries: number, limit: number = maxPoints): number {
  const wanted = span === 'auto' ? Math.round(entries * autoShare) : span;
  return Math.max(1, wanted, Math.ceil(entries / limit));
}

/**
 * `limit` points at most of `values[from…]` at `steps[from…]`, evenly spaced, the first and the last among them. NaN
 * (a half-step not taken) counts for nothing; a window without a number has no point.
 */
export function smoothed(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  window: number,
  from = 0,
  limit: number = maxPoints,
): readonly Smoothed[] {
  const before = Math.floor(window / 2);
  const after = Math.ceil(window / 2);
  const points: Smoothed[] = [];
  for (const index of thinnedIndices(values.length - from, limit)) {
    const at = from + index;
    const end = Math.min(values.length, at + after);
    let [sum, count] = [0, 0];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = Math.max(from, at - before); i < end; i++) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (count > 0) points.push({ step: steps[at] as number, value: sum / count, low, high });
  }
  return points;
}
