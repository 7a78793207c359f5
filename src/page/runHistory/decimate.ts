// Few points that look like many: the minimum and the maximum of each bucket, so that no spike is lost, and an
// exponential mean.
import { thinnedIndices } from '../../files/thinned.ts';

export interface Point {
  readonly step: number;
  readonly value: number;
}

/** What is drawn of one series at most, however long the run. */
export const maxPoints = 240;

/**
 * The points to draw of `values[from…]` at `steps[from…]`, in order. NaN (a half-step not taken) is left out.
 * The last point is always among them: the label at the line's end stands there.
 */
export function decimate(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  from = 0,
  limit: number = maxPoints,
): readonly Point[] {
  const count = values.length - from;
  const points: Point[] = [];
  const add = (index: number): void => {
    const value = values[index];
    const step = steps[index];
    if (value !== undefined && step !== undefined && Number.isFinite(value)) points.push({ step, value });
  };
  if (count <= limit) {
    for (let i = from; i < values.length; i++) add(i);
    return points;
  }
  // Two points for each bucket, and one for the last point, which is added by itself. `count` entries have `count + 1`
  // bounds, of which the buckets need one more than there are buckets.
  const bounds = thinnedIndices(count + 1, Math.floor((limit - 1) / 2) + 1);
  for (const [bucket, bound] of bounds.slice(1).entries()) {
    const start = from + (bounds[bucket] ?? 0);
    const end = from + bound;
    let low = -1;
    let high = -1;
    for (let i = start; i < end; i++) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      if (low === -1 || value < (values[low] as number)) low = i;
      if (high === -1 || value > (values[high] as number)) high = i;
    }
    if (low === -1) continue;
    add(Math.min(low, high));
    if (low !== high) add(Math.max(low, high));
  }
  const last = values.length - 1;
  if (points.at(-1)?.step !== steps[last]) add(last);
  return points;
}

/** Exponential moving average over about `span` steps, without the pull to zero at its start; NaN stays NaN. */
export function smooth(values: ArrayLike<number>, span: number): Float32Array {
  const out = new Float32Array(values.length);
  const keep = span <= 1 ? 0 : 1 - 2 / (span + 1);
  let mean = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) {
      out[i] = Number.NaN;
      continue;
    }
    mean = keep * mean + (1 - keep) * value;
    weight = keep * weight + (1 - keep);
    out[i] = mean / weight;
  }
  return out;
}
