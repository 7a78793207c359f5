// What is drawn of each series: a line and the band of what it smooths; and the lines as rows of recharts.
import type { SeriesName } from '../../config/history.ts';
import type { History } from '../../files/history.ts';
import { decimate, type Point } from '../../page/runHistory/decimate.ts';
import { isDrawable, type Range, robustRange, type Scale, union } from './range.ts';
import { type Smoothed, type Span, smoothed, windowOf } from './smoothed.ts';

export interface View {
  /** Only the last so many steps; null for all. */
  readonly lastSteps: number | null;
  /** Mean over about so many steps; 1 for the numbers as they are. */
  readonly span: Span;
}

export interface DrawnSeries {
  readonly name: string;
  readonly line: readonly Point[];
  /** null where the line is the numbers as they are. */
  readonly band: readonly Smoothed[] | null;
}

/** A series that has no point at this step is absent. */
export interface ChartRow {
  readonly step: number;
  readonly [name: string]: number;
}

/** The index of the first step in view. */
export const firstInView = (entries: number, lastSteps: number | null): number =>
  lastSteps === null ? 0 : Math.max(0, entries - lastSteps);

export function drawnSeries(
  history: History,
  names: readonly SeriesName[],
  view: View,
): readonly (DrawnSeries & { readonly name: SeriesName })[] {
  const steps = history.steps();
  const from = firstInView(steps.length, view.lastSteps);
  return names.map((name) => {
    const values = history.series(name);
    if (view.span === 1) return { name, line: decimate(steps, values, from), band: null };
    const band = smoothed(steps, values, windowOf(view.span, steps.length - from), from);
    return { name, line: band, band };
  });
}

/** Joined by step. What the scale has no place for is left out. */
export function chartRows(series: readonly DrawnSeries[], scale: Scale): readonly ChartRow[] {
  const rows = new Map<number, Record<string, number>>();
  for (const { name, line } of series) {
    for (const { step, value } of line) {
      if (!isDrawable(value, scale)) continue;
      const row = rows.get(step);
      if (row === undefined) rows.set(step, { step, [name]: value });
      else row[name] = value;
    }
  }
  return ([...rows.values()] as unknown as ChartRow[]).sort((a, b) => a.step - b.step);
}

/** Every value that is drawn, to be marked where the axis does not reach it. */
export const extremesOf = ({ line, band }: DrawnSeries): readonly Point[] =>
  band?.flatMap(({ step, low, high }) => [
    { step, value: low },
    { step, value: high },
  ]) ?? line;

/** What the axis of these series, of other runs' lines and of a value that is always shown has to reach. */
export function rangeOf(
  series: readonly DrawnSeries[],
  others: readonly { readonly points: readonly Point[] }[],
  scale: Scale,
  always: readonly number[] = [],
): Range {
  const values = (points: readonly Point[]): number[] => points.map(({ value }) => value);
  const ranges = [
    ...series.map((each) => robustRange([...values(each.line), ...values(extremesOf(each))], scale)),
    ...others.map(({ points }) => robustRange(values(points), scale)),
  ];
  // Before there is anything: an axis around one.
  const found = union(ranges) ?? [scale === 'log' ? 0.5 : 0, 1];
  return union([found, ...always.map((value): Range => [value, value])]) ?? found;
}
