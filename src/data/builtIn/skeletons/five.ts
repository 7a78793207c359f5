// The ways to write 5: the bar drawn first, added last, or one swing with the rest.
import type { Random } from '../random.ts';
import { at, corner, type Knot, type Skeleton } from '../stroke.ts';

/** From the shoulder around the belly to the end at the lower left. */
function belly(r: Random, shoulder: number): Knot[] {
  const right = r.between(0.48, 0.78);
  const end = r.chance(0.75)
    ? [at(r.between(-0.12, 0.08), r.between(0.86, 1))]
    : [at(0, 0.94), at(r.between(-0.12, 0.04), r.between(0.68, 0.86))];
  return [
    at(r.between(0.32, 0.42), shoulder - r.between(-0.02, 0.07)),
    at(right, r.between(0.62, 0.72)),
    at(right - r.between(0.14, 0.24), 0.95),
    at(r.between(0.12, 0.24), 1),
    ...end,
  ];
}

export const five: readonly Skeleton[] = [
  {
    name: 'connected bar',
    weight: 5,
    strokes: (r) => {
      const left = r.between(0.06, 0.28);
      const shoulder = r.between(0.26, 0.5);
      const top = r.between(0, 0.06);
      const end = r.between(0.5, 1.15);
      const bar = [at(end, top - r.between(-0.05, 0.14)), at((end + left) / 2, top - r.between(-0.02, 0.05))];
      return [[...bar, corner(left + r.between(0, 0.08), top), corner(left, shoulder), ...belly(r, shoulder)]];
    },
  },
  {
    name: 'detached bar',
    weight: 4.5,
    strokes: (r) => {
      const left = r.between(0.06, 0.26);
      const top = r.between(0, 0.1);
      const shoulder = r.between(0.32, 0.52);
      const start = left + r.between(-0.05, 0.2);
      const bar = [
        at(start, top + r.between(-0.05, 0.05)),
        at((start + 0.8) / 2, top + r.between(-0.06, 0.03)),
        at(r.between(0.6, 1.25), top - r.between(-0.04, 0.16)),
      ];
      return [[at(left + r.between(0, 0.08), top), corner(left, shoulder), ...belly(r, shoulder)], bar];
    },
  },
  {
    name: 'swing',
    weight: 2.5,
    strokes: (r) => {
      const start = [at(r.between(0.55, 1), r.between(-0.06, 0.1)), at(r.between(0.34, 0.46), r.between(0, 0.06))];
      const back = [at(r.between(0.1, 0.24), r.between(0.14, 0.24)), at(r.between(0.14, 0.28), r.between(0.34, 0.44))];
      return [[...start, ...back, ...belly(r, 0.5).slice(1)]];
    },
  },
];
