// The Fréchet distances that can be drawn: those of a collapsed generator may be infinite or NaN, and a file may hold
// anything.
import type { QualityRow } from '../../config/quality.ts';
import { logTicks } from '../charts/ticks.ts';

export interface FrechetPoint {
  readonly step: number;
  readonly frechet: number;
}

/** Whether a logarithmic axis has a place for it. */
export const isDrawable = (value: number): boolean => Number.isFinite(value) && value > 0;

/** The measurements that have a place, in their order; the others are gaps that the curve is drawn across. */
export const frechetPoints = (rows: readonly QualityRow[]): FrechetPoint[] =>
  rows.flatMap(({ step, digits }) =>
    digits === null || !isDrawable(digits.frechet) ? [] : [{ step, frechet: digits.frechet }],
  );

/** Ticks for an axis with 100, all points and, if known, the distance of real images. */
export function frechetTicks(points: readonly FrechetPoint[], floor: number | null): readonly number[] {
  const values = [100, ...points.map(({ frechet }) => frechet), ...(floor === null ? [] : [floor])];
  return logTicks([Math.min(...values), Math.max(...values)]);
}
