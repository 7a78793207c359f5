// The ways to write 6: a stem, bent or straight, into a loop that closes, crosses or stays open.
import type { Random } from '../random.ts';
import { at, type Knot, type Skeleton } from '../stroke.ts';

/** Down the left side, around the bottom and up to the loop's top. */
function loop(r: Random, high: number, left: number): Knot[] {
  const right = r.between(0.46, 0.76);
  const middle = (left + right) / 2;
  return [
    at(left + r.between(0.06, 0.1), r.between(0.84, 0.9)),
    at(middle + r.between(-0.06, 0.06), 1),
    at(right - r.between(0.03, 0.08), r.between(0.84, 0.9)),
    at(right, (high + 1) / 2 - r.between(0, 0.05)),
    at(middle + r.between(0.06, 0.16), high + r.between(0, 0.03)),
  ];
}

const bentStem = (r: Random, left: number): Knot[] => [
  at(r.between(0.3, 0.54), r.between(-0.04, 0.02)),
  at(left + r.between(0.12, 0.22), r.between(0.18, 0.26)),
  at(left + r.between(0, 0.06), r.between(0.5, 0.6)),
];

const straightStem = (r: Random, left: number, lean: number): Knot[] => [
  at(left + lean, 0),
  at(left + lean * r.between(0.3, 0.55), 0.36),
  at(left, r.between(0.64, 0.74)),
];

/** The stem and the loop; beside a straight stem the loop may stand high. */
function stemAndLoop(r: Random, close: (high: number, left: number) => Knot[]): Knot[] {
  const left = r.between(0, 0.08);
  const bent = r.chance(0.65);
  const high = bent ? r.between(0.42, 0.68) : r.between(0.38, 0.66);
  const stem = bent ? bentStem(r, left) : straightStem(r, left, r.between(-0.06, 0.45));
  return [...stem, ...loop(r, high, left), ...close(high, left)];
}

export const six: readonly Skeleton[] = [
  {
    name: 'closed',
    weight: 5,
    strokes: (r) => [
      stemAndLoop(r, (high, left) => [
        at(r.between(0.2, 0.3), high + r.between(0.04, 0.12)),
        at(left + 0.06, r.between(0.7, 0.84)),
      ]),
    ],
  },
  {
    name: 'crossing',
    weight: 2.5,
    strokes: (r) => [
      stemAndLoop(r, (high, left) => [
        at(0.24, high + r.between(0, 0.06)),
        at(left - r.between(0.02, 0.08), high + r.between(0.08, 0.2)),
      ]),
    ],
  },
  {
    name: 'open',
    weight: 2,
    strokes: (r) => [stemAndLoop(r, (high) => [at(r.between(0.2, 0.34), high + r.between(0.02, 0.12))])],
  },
];
