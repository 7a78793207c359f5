// The curves of compared runs, drawn over the current run's on the same step axis: which of their points.
import type { SeriesName } from '../../config/history.ts';
import { decimate, type Point, smooth } from '../../page/runHistory/decimate.ts';
import type { KeptCurve, RunRecord } from '../../page/state/runRecord.ts';

/** One curve of one kept run. */
export interface Overlay {
  readonly name: SeriesName;
  /** Under which the run is compared, from 1. */
  readonly number: number;
  /** At least one, in the order of their steps. */
  readonly points: readonly Point[];
}

export interface Numbered {
  readonly number: number;
  readonly record: RunRecord;
}

export interface Smoothing {
  /** Over about so many steps; 1 for the numbers as they are. */
  readonly span: number;
  /** Over at least this share of the run. */
  readonly share: number;
}

/** The curves of these names; runs without one are left out. */
export function overlaysOf(
  runs: readonly Numbered[],
  names: readonly SeriesName[],
  smoothing: Smoothing,
): readonly Overlay[] {
  return runs.flatMap(({ number, record }) =>
    names.flatMap((name) => {
      const points = pointsOf(record.curves[name], smoothing);
      return points.length === 0 ? [] : [{ name, number, points }];
    }),
  );
}

function pointsOf({ steps, values }: KeptCurve, { span, share }: Smoothing): readonly Point[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  // Kept curves are thinned: the span in points that covers as many steps.
  const points = Math.max(share, span / (last - first + 1)) * steps.length;
  return decimate(steps, points > 1 ? smooth(values, points) : values);
}

/** Their parts between two steps. */
export function within(overlays: readonly Overlay[], first: number, last: number): readonly Overlay[] {
  return overlays.flatMap((overlay) => {
    const points = overlay.points.filter(({ step }) => step >= first && step <= last);
    return points.length === 0 ? [] : [{ ...overlay, points }];
  });
}

/** From the first to the last step of all; null where there are none. */
export function stepsOf(overlays: readonly Overlay[]): readonly [number, number] | null {
  if (overlays.length === 0) return null;
  const ends = overlays.flatMap(({ points }) => [points[0]?.step ?? 0, points.at(-1)?.step ?? 0]);
  return [Math.min(...ends), Math.max(...ends)];
}
