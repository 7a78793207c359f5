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

function stem(r: Random, right: number): Knot[] {
  const foot = r.between(0.1, 0.6);
  const middle = (right + foot) / 2 + r.between(-0.1, 0.05);
  return [at(middle, r.between(0.42, 0.54)), at(foot, 1)];
}

function sharp(r: Random, mayHook: boolean): Knot[] {
  const right = r.between(0.54, 0.94);
  return [...bar(r, mayHook), corner(right, r.between(-0.04, 0.06)), ...stem(r, right)];
}

function round(r: Random, mayHook: boolean): Knot[] {
  const right = r.between(0.5, 0.76);
  return [
    ...bar(r, mayHook),
    at(right - 0.06, r.between(0.01, 0.06)),
    at(right, r.between(0.13, 0.2)),
    ...stem(r, right),
  ];
}

/** The bar that some put across the stem. */
function across(r: Random): Knot[] {
  const height = r.between(0.42, 0.62);
  const tilt = r.between(-0.08, 0.08);
  return [at(r.between(0, 0.28), height + tilt), at(r.between(0.6, 0.98), height - tilt)];
}

export const seven: readonly Skeleton[] = [
  { name: 'sharp', weight: 5, strokes: (r) => [sharp(r, true)] },
  { name: 'round', weight: 3.5, strokes: (r) => [round(r, true)] },
  { name: 'barred', weight: 1.3, strokes: (r) => [r.chance(0.6) ? sharp(r, false) : round(r, false), across(r)] },
];
