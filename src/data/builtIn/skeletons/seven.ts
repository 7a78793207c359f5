// The ways to write 7: a bar, plain or with a hook, a sharp or round turn, a stem, and for some a second bar across.
import type { Random } from '../random.ts';
import { at, corner, type Knot, type Skeleton } from '../stroke.ts';

const plainBar = (r: Random, tilt: number): Knot[] => [
  at(r.between(-0.06, 0.06), r.between(0, 0.08) + tilt),
  at(r.between(0.28, 0.4), r.between(-0.02, 0.05) + tilt / 2),
];

const hookedBar = (r: Random, tilt: number): Knot[] => {
  const left = r.between(-0.02, 0.08);
  const top = r.between(0, 0.06) + tilt;
  return [
    at(left - r.between(-0.03, 0.07), top + 0.08 + 0.3 * r.uniform() * r.uniform()),
    corner(left, top),
    at(0.34, r.between(0, 0.07) + tilt / 2),
  ];
};

const wavyBar = (r: Random, tilt: number): Knot[] => [
  at(r.between(-0.06, 0.02), r.between(0.1, 0.24) + tilt),
  at(r.between(0.1, 0.18), r.between(0, 0.06) + tilt),
  at(r.between(0.34, 0.46), r.between(0.05, 0.12)),
];

/** The bar at the top. Together with a bar across the stem, a hook would make a 9 of it. */
function bar(r: Random, mayHook: boolean): Knot[] {
  const tilt = r.between(-0.08, 0.16);
  const kind = r.uniform();
  if (kind < 0.5) return plainBar(r, tilt);
  return kind < 0.8 && mayHook ? hookedBar(r, tilt) : wavyBar(r, tilt);
}

/** A whole 7, and where its stem is at half its height. */
function sevenOf(r: Random, mayHook: boolean, isSharp: boolean): { stroke: Knot[]; middle: Knot } {
  const right = isSharp ? r.between(0.54, 0.94) : r.between(0.5, 0.76);
  const turn = isSharp
    ? [corner(right, r.between(-0.04, 0.06))]
    : [at(right - 0.06, r.between(0.01, 0.06)), at(right, r.between(0.13, 0.2))];
  const foot = r.between(0.1, 0.6);
  const middle = at((right + foot) / 2 + r.between(-0.1, 0.05), r.between(0.42, 0.54));
  return { stroke: [...bar(r, mayHook), ...turn, middle, at(foot, 1)], middle };
}

/** With the bar that some put across the stem. */
function barred(r: Random): Knot[][] {
  const { stroke, middle } = sevenOf(r, false, r.chance(0.6));
  const height = middle.y + r.between(-0.02, 0.1);
  const tilt = r.between(-0.03, 0.06);
  const left = at(middle.x - r.between(0.16, 0.32), height + tilt);
  return [stroke, [left, at(middle.x + r.between(0.12, 0.26), height - tilt)]];
}

export const seven: readonly Skeleton[] = [
  { name: 'sharp', weight: 5, strokes: (r) => [sevenOf(r, true, true).stroke] },
  { name: 'round', weight: 3.5, strokes: (r) => [sevenOf(r, true, false).stroke] },
  { name: 'barred', weight: 1, strokes: barred },
];
