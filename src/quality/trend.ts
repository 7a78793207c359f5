// The little statistics behind the diagnosis: what a few noisy numbers come to, and which way they go.

/** The middle value, or the mean of the two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** Of the finite ones: a half-step that was not taken leaves NaN. NaN where there are none. */
export function mean(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? Number.NaN : finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

export interface Trend {
  /** The natural logarithm of the factor between the first value and the last: −0.22 is a fall by a fifth. */
  readonly change: number;
  /** Its standard error: what chance alone would make of it. */
  readonly error: number;
}

/**
 * A straight line through the logarithms (least squares) of positive, evenly spaced values. Of fewer than three: no
 * change.
 */
export function trendOf(values: readonly number[]): Trend {
  const count = values.length;
  if (count < 3) return { change: 0, error: 0 };
  const logs = values.map((value) => Math.log(Math.max(value, 1e-9)));
  const middle = (count - 1) / 2;
  const centre = mean(logs);
  let [along, across] = [0, 0];
  for (const [i, log] of logs.entries()) {
    along += (i - middle) * (log - centre);
    across += (i - middle) ** 2;
  }
  const slope = along / across;
  const rest = logs.reduce((sum, log, i) => sum + (log - centre - slope * (i - middle)) ** 2, 0);
  return { change: slope * (count - 1), error: Math.sqrt(rest / (count - 2) / across) * (count - 1) };
}
