// The Fréchet distances that can be drawn: those of a collapsed generator may be infinite or NaN, and a file may hold
// anything.
import type { QualityRow } from '../../config/quality.ts';
import type { Point } from '../../page/runHistory/decimate.ts';
import type { Numbered, Overlay } from './overlays.ts';
import { isDrawable, type Range, robustRange, union } from './range.ts';
import { logTicks } from './ticks.ts';

/** The measurements that have a place, in their order; the others are gaps that the curve is drawn across. */
export const frechetPoints = (rows: readonly QualityRow[]): readonly Point[] =>
  rows.flatMap(({ step, digits }) =>
    digits === null || !isDrawable(digits.frechet, 'log') ? [] : [{ step, value: digits.frechet }],
  );

export const frechetOverlays = (runs: readonly Numbered[]): readonly Overlay[] =>
  runs.flatMap(({ number, record }) => {
    const points = frechetPoints(record.quality);
    return points.length === 0 ? [] : [{ name: 'frechet' as const, number, points }];
  });

/** Ticks for an axis with 100, the body of the points and, if known, the distance of real images. */
export function frechetTicks(curves: readonly (readonly Point[])[], floor: number | null): readonly number[] {
  const always: Range = [Math.min(100, floor ?? 100), 100];
  const ranges = curves.map((points) =>
    robustRange(
      points.map(({ value }) => value),
      'log',
    ),
  );
  return logTicks(union([always, ...ranges]) ?? always, 5);
}

/** The newest measurement at or before a step; null before the first. */
export const frechetAt = (rows: readonly QualityRow[], step: number): number | null =>
  rows.findLast((row) => row.step <= step)?.digits?.frechet ?? null;
