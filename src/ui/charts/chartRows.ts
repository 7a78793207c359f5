// Turns the history into rows for recharts: each series thinned by itself, then joined by step.
import type { SeriesName } from '../../config/history.ts';
import type { History } from '../../files/history.ts';
import { decimate, type Point, smooth } from '../../page/runHistory/decimate.ts';
import type { Overlay } from './overlays.ts';

export interface View {
  /** Only the last so many steps; null for all. */
  readonly lastSteps: number | null;
  /** Mean over about so many steps; 1 for the numbers as they are. */
  readonly span: number;
}

/** A series that has no point at this step is absent. */
export type ChartRow = { readonly step: number } & { readonly [name in SeriesName]?: number };

export function chartRows(history: History, names: readonly SeriesName[], view: View): readonly ChartRow[] {
  const steps = history.steps();
  const from = view.lastSteps === null ? 0 : Math.max(0, steps.length - view.lastSteps);
  const rows = new Map<number, Record<string, number>>();
  for (const name of names) {
    const values = history.series(name);
    const points: readonly Point[] = decimate(steps, view.span > 1 ? smooth(values, view.span) : values, from);
    for (const { step, value } of points) {
      const row = rows.get(step);
      if (row === undefined) rows.set(step, { step, [name]: value });
      else row[name] = value;
    }
  }
  return [...rows.values()].sort((a, b) => (a.step ?? 0) - (b.step ?? 0)) as unknown as ChartRow[];
}

/** The least and the greatest number in the rows and the curves laid over them; null when there is none. */
export function extent(
  rows: readonly ChartRow[],
  names: readonly SeriesName[],
  overlays: readonly Overlay[],
): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    for (const name of names) {
      const value = row[name];
      if (value === undefined) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  for (const { points } of overlays) {
    for (const { value } of points) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : null;
}
