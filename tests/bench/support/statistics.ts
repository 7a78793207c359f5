// The few numbers that stand for many: medians, quantiles and the distance between the quartiles.

/** The q-quantile, q from 0 to 1, linear between neighbours; NaN of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The distance between the quartiles: half of the values lie in it. */
export const spread = (values: readonly number[]): number => quantile(values, 0.75) - quantile(values, 0.25);
