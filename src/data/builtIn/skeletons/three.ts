// The ways to write 3: two bellies that meet in a cusp, a loop or a soft bend, the upper one round or flat.
import type { Random } from '../random.ts';
import { at, corner, type Knot, type Skeleton } from '../stroke.ts';

function start(r: Random): Knot[] {
  if (r.chance(0.9)) return [at(r.between(-0.04, 0.16), r.between(0.03, 0.2)), at(r.between(0.28, 0.4), 0)];
  return [at(r.between(0.06, 0.18), r.between(0.2, 0.32)), at(0.06, 0.12), at(r.between(0.28, 0.4), 0)];
}

function upper(r: Random, waist: number): Knot[] {
  const right = r.between(0.5, 0.74);
  return [at(right, waist * 0.42), at(right - r.between(0.06, 0.14), waist - r.between(0.08, 0.12))];
}

function lower(r: Random, waist: number): Knot[] {
  const right = r.between(0.54, 0.82);
  const end = r.chance(0.7)
    ? [at(r.between(-0.08, 0.1), r.between(0.84, 0.99))]
    : [at(0.06, 0.92), at(r.between(-0.06, 0.12), r.between(0.7, 0.84))];
  return [
    at(right - r.between(0.08, 0.14), waist + r.between(0.06, 0.12)),
    at(right, (waist + 1) / 2),
    at(right - r.between(0.16, 0.24), r.between(0.93, 0.98)),
    at(r.between(0.2, 0.32), 1),
    ...end,
  ];
}

export const three: readonly Skeleton[] = [
  {
    name: 'cusp',
    weight: 6,
    strokes: (r) => {
      const waist = r.between(0.38, 0.54);
      return [[...start(r), ...upper(r, waist), corner(r.between(0.18, 0.44), waist), ...lower(r, waist)]];
    },
  },
  {
    name: 'soft',
    weight: 1.5,
    strokes: (r) => {
      const waist = r.between(0.4, 0.52);
      return [[...start(r), ...upper(r, waist), at(r.between(0.3, 0.44), waist), ...lower(r, waist)]];
    },
  },
  {
    name: 'loop',
    weight: 3,
    strokes: (r) => {
      const waist = r.between(0.4, 0.54);
      const left = r.between(0.18, 0.36);
      const half = r.between(0.02, 0.06);
      const loop = [at(left + 0.06, waist + half), at(left, waist), at(left + 0.1, waist - half)];
      return [[...start(r), ...upper(r, waist), ...loop, ...lower(r, waist)]];
    },
  },
  {
    name: 'flat top',
    weight: 0.8,
    strokes: (r) => {
      const right = r.between(0.54, 0.74);
      const waist = r.between(0.34, 0.46);
      const top = [at(0.02, r.between(-0.02, 0.08)), at(0.3, 0.01), corner(right, r.between(-0.03, 0.03))];
      return [[...top, at(right - 0.16, waist / 2), corner(r.between(0.2, 0.38), waist), ...lower(r, waist)]];
    },
  },
];
