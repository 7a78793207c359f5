// Which values an axis shows: a few outliers do not flatten everything else. What lies beyond is marked at the edge.
import type { Point } from '../../page/runHistory/decimate.ts';

export type Range = readonly [low: number, high: number];
export type Scale = 'linear' | 'log';

/** Shares of the values between which the body of them lies. */
const body = [0.03, 0.97] as const;
/** How far beyond its body a series may reach and still be shown whole, as a share of the body's height. */
const reach = 1;

/** What a logarithmic axis has a place for. */
export const isDrawable = (value: number, scale: Scale): boolean =>
  Number.isFinite(value) && (scale === 'linear' || value > 0);

/** The robust range of one series; null where there is nothing to show. */
export function robustRange(values: readonly number[], scale: Scale): Range | null {
  const [to, back] = scale === 'log' ? [Math.log, Math.exp] : [same, same];
  const sorted = values
    .filter((value) => isDrawable(value, scale))
    .map(to)
    .sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  const low = quantile(sorted, body[0]);
  const high = quantile(sorted, body[1]);
  const allowed = reach * (high - low);
  return [back(low - least <= allowed ? least : low), back(most - high <= allowed ? most : high)];
}

const same = (value: number): number => value;

function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? 0) - below);
}

/** The range that holds all of these; null where there are none. */
export function union(ranges: readonly (Range | null)[]): Range | null {
  const there = ranges.filter((range) => range !== null);
  if (there.length === 0) return null;
  return [Math.min(...there.map(([low]) => low)), Math.max(...there.map(([, high]) => high))];
}

/** A value that the axis does not reach. */
export interface Beyond extends Point {
  readonly side: 'above' | 'below';
}

/**
 * Of the points beyond the range the farthest ones, `most` on each side, no two nearer than `apart` steps: where they
 * are marked.
 */
export function beyond(points: readonly Point[], [low, high]: Range, apart: number, most = 3): readonly Beyond[] {
  const pick = (side: Beyond['side'], farther: (a: number, b: number) => number): Beyond[] => {
    const out = points
      .filter(({ value }) => !Number.isNaN(value) && (side === 'above' ? value > high : value < low))
      .sort((a, b) => farther(a.value, b.value));
    const picked: Beyond[] = [];
    for (const { step, value } of out) {
      if (picked.length === most) break;
      if (picked.every((each) => Math.abs(each.step - step) >= apart)) picked.push({ step, value, side });
    }
    return picked;
  };
  return [...pick('above', (a, b) => b - a), ...pick('below', (a, b) => a - b)];
}
