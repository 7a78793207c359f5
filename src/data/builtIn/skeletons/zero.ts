// The ways to write 0: one turn around, which closes early, in time or too late.
import type { Random } from '../random.ts';
import { arc, at, type Knot, type Skeleton } from '../stroke.ts';

/** Around an ellipse counter-clockwise from near the top; `over` is how many turns more than one. */
function around(r: Random, radius: number, over: number): Knot[] {
  const start = 0.75 + r.between(-0.12, 0.14);
  return arc(0.5, 0.5, radius, 0.5, start, start - 1 - over);
}

/** From the top of the ellipse on into its inside, where the pen stops. */
function tail(r: Random, radius: number, depth: number): Knot[] {
  const lean = r.between(-0.5, 0.15) * radius;
  return [at(0.5 + lean * 0.6, 0.05 + 0.3 * depth), at(0.5 + lean, 0.08 + depth)];
}

export const zero: readonly Skeleton[] = [
  { name: 'round', weight: 4, strokes: (r) => [around(r, r.between(0.36, 0.56), r.between(-0.03, 0.06))] },
  { name: 'narrow', weight: 3, strokes: (r) => [around(r, r.between(0.2, 0.36), r.between(-0.02, 0.05))] },
  { name: 'gaping', weight: 0.7, strokes: (r) => [around(r, r.between(0.3, 0.5), r.between(-0.14, -0.04))] },
  { name: 'overlapping', weight: 1.2, strokes: (r) => [around(r, r.between(0.28, 0.5), r.between(0.06, 0.16))] },
  {
    name: 'tail inside',
    weight: 2.2,
    strokes: (r) => {
      const radius = r.between(0.26, 0.52);
      const start = 0.75 + r.between(-0.04, 0.14);
      const turn = arc(0.5, 0.5, radius, 0.5, start, -0.2);
      return [[...turn, ...tail(r, radius, r.between(0.04, 0.62))]];
    },
  },
  {
    name: 'two halves',
    weight: 0.5,
    strokes: (r) => {
      const radius = r.between(0.28, 0.46);
      const join = r.between(-0.03, 0.05);
      return [
        arc(0.5, 0.5, radius, 0.5, 0.78, 0.25 - join),
        arc(0.5 + 0.03 * r.bell(), 0.5, radius, 0.5, 0.72, 1.25 + join),
      ];
    },
  },
];
