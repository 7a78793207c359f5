// The curves of compared runs, drawn over the current run's on the same step axis: which of their points.
import type { SeriesName } from '../../config/history.ts';
import { decimate, type Point } from '../../page/runHistory/decimate.ts';
import type { KeptCurve, RunRecord } from '../../page/state/runRecord.ts';
import { type Span, smoothed, windowOf } from './smoothed.ts';

/** One curve of one kept run. */
export interface Overlay {
  readonly name: SeriesName | 'frechet';
  /** Under which the run is compared, from 1: its colour. */
  readonly number: number;
  /** At least one, in the order of their steps. */
  readonly points: readonly Point[];
}

export interface Numbered {
  readonly number: number;
  readonly record: RunRecord;
}

/** The curves of these names; runs without one are left out. */
export function overlaysOf(runs: readonly Numbered[], names: readonly SeriesName[], span: Span): readonly Overlay[] {
  return runs.flatMap(({ number, record }) =>
    names.flatMap((name) => {
      const points = pointsOf(record.curves[name], span);
      return points.length === 0 ? [] : [{ name, number, points }];
    }),
  );
}

function pointsOf({ steps, values }: KeptCurve, span: Span): readonly Point[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (span === 1) return decimate(steps, values);
  // Kept curves are thinned: the span in points that covers as many steps.
  const covered = span === 'auto' ? span : Math.round((span * steps.length) / (last - first + 1));
  return smoothed(steps, values, windowOf(covered, steps.length));
}

/** Their parts between two steps. */
export function within(overlays: readonly Overlay[], first: number, last: number): readonly Overlay[] {
  return overlays.flatMap((overlay) => {
    const points = overlay.points.filter(({ step }) => step >= first && step <= last);
    return points.length === 0 ? [] : [{ ...overlay, points }];
  });
}

/** From the first to the last step of all runs compared; null where there are none. */
export function stepsOf(runs: readonly Numbered[]): readonly [number, number] | null {
  if (runs.length === 0) return null;
  const firsts = runs.flatMap(({ record }) => Object.values(record.curves).flatMap(({ steps }) => steps[0] ?? []));
  return [Math.min(1, ...firsts), Math.max(...runs.map(({ record }) => record.steps))];
}
