// The ways to write 2: a short hook or a curl to begin with; a corner, a loop or a wave to end on.
import type { Random } from '../random.ts';
import { at, corner, type Knot, type Skeleton } from '../stroke.ts';

function start(r: Random): Knot[] {
  if (r.chance(0.84)) return [at(r.between(0, 0.16), r.between(0.05, 0.25)), at(r.between(0.26, 0.4), 0)];
  const depth = r.between(0.22, 0.38);
  return [
    at(r.between(0.14, 0.32), depth),
    at(r.between(0.02, 0.1), depth * 0.7),
    at(0.14, 0.06),
    at(r.between(0.32, 0.44), 0),
  ];
}

/** Around the head and down to the left. */
function body(r: Random): Knot[] {
  const right = r.between(0.56, 0.82);
  return [
    at(right, r.between(0.18, 0.28)),
    at(right - r.between(0.05, 0.2), r.between(0.4, 0.58)),
    at(r.between(0.22, 0.4), r.between(0.68, 0.82)),
  ];
}

function cornerFoot(r: Random): Knot[] {
  const base = r.between(0.94, 1.04);
  const end = r.between(0.55, 1.15);
  const rise = r.chance(0.75) ? r.between(-0.06, 0.12) : r.between(0.12, 0.34);
  return [
    corner(r.between(-0.16, 0.08), base),
    at(end * 0.5, base - r.between(-0.03, 0.06) - rise * 0.3),
    at(end, base - rise),
  ];
}

function loopFoot(r: Random): Knot[] {
  const loop = r.between(0.07, 0.32);
  const low = r.between(0.88, 0.98);
  const left = r.between(-0.22, 0.06);
  return [
    at(left + 0.14, low + r.between(0.01, 0.06)),
    at(left, low - loop * 0.35),
    at(left + 0.1, low - loop),
    at(left + 0.32, low - loop * 0.45),
    at(r.between(0.5, 0.64), low + r.between(0.02, 0.13)),
    at(r.between(0.74, 1.15), low + r.between(-0.1, 0.14)),
  ];
}

/** Steeply down on the right, then a round loop to the left that the tail crosses. */
function roundLoop(r: Random): Knot[] {
  const right = r.between(0.54, 0.8);
  const top = r.between(0.54, 0.72);
  const left = r.between(-0.14, 0.1);
  const foot = right - r.between(0.12, 0.3);
  return [
    at(right, r.between(0.18, 0.3)),
    at(right - r.between(0.02, 0.14), r.between(0.48, 0.62)),
    at(foot, r.between(0.84, 0.92)),
    at((left + foot) / 2 - 0.02, r.between(0.96, 1.02)),
    at(left, (top + 1) / 2 + 0.02),
    at((left + foot) / 2, top),
    at(foot + r.between(0.04, 0.12), (top + 1) / 2 + r.between(-0.04, 0.06)),
    at(foot + r.between(0.18, 0.4), r.between(0.9, 1.1)),
  ];
}

function waveFoot(r: Random): Knot[] {
  return [
    corner(r.between(-0.04, 0.12), r.between(0.9, 1)),
    at(0.3, r.between(0.8, 0.92)),
    at(0.55, r.between(0.9, 1.02)),
    at(r.between(0.72, 1), r.between(0.84, 1.04)),
  ];
}

export const two: readonly Skeleton[] = [
  { name: 'corner', weight: 4, strokes: (r) => [[...start(r), ...body(r), ...cornerFoot(r)]] },
  { name: 'loop', weight: 4, strokes: (r) => [[...start(r), ...body(r), ...loopFoot(r)]] },
  { name: 'round loop', weight: 2.8, strokes: (r) => [[...start(r), ...roundLoop(r)]] },
  { name: 'wave', weight: 2, strokes: (r) => [[...start(r), ...body(r), ...waveFoot(r)]] },
  {
    name: 'angular',
    weight: 0.7,
    strokes: (r) => {
      const right = r.between(0.56, 0.76);
      const top = r.between(0, 0.1);
      return [[at(0.02, r.between(0, 0.16)), at(0.3, top), at(right, top + 0.08), ...cornerFoot(r)]];
    },
  },
];
