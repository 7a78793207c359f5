// The ways to write 8: an S and back up, a figure from the waist, or two circles.
import type { Random } from '../random.ts';
import { arc, at, type Knot, type Skeleton } from '../stroke.ts';

/** An S from the top right and back up to it; `close` makes the end. */
function figure(r: Random, close: (top: number) => Knot[], start: (top: number) => Knot[]): Knot[] {
  const top = r.between(0.19, 0.38);
  const bottom = r.between(0.14, 0.32);
  const waist = r.between(0.38, 0.58);
  const shift = 0.03 * r.bell();
  return [
    ...start(top),
    at(0.5 + shift, r.between(-0.02, 0.02)),
    at(0.5 - top, waist * r.between(0.4, 0.52)),
    at(0.48, waist),
    at(0.5 + bottom, (waist + 1) / 2 + 0.02),
    at(0.48 - shift, 1),
    at(0.5 - bottom, (waist + 1) / 2 + r.between(0, 0.08)),
    at(0.47, waist + r.between(0.02, 0.06)),
    at(0.5 + top * r.between(0.8, 1.1), waist * r.between(0.4, 0.54)),
    ...close(top),
  ];
}

export const eight: readonly Skeleton[] = [
  {
    name: 'closed',
    weight: 6,
    strokes: (r) => [
      figure(
        r,
        (top) => [at(0.5 + top * r.between(0.3, 0.9), r.between(-0.02, 0.12))],
        (top) => [at(0.5 + top * r.between(0.6, 1.1), r.between(0.06, 0.2))],
      ),
    ],
  },
  {
    name: 'horned',
    weight: 3,
    strokes: (r) => [
      figure(
        r,
        (top) => [at(0.5 + top * r.between(1, 2), r.between(-0.18, 0.06))],
        (top) => [at(0.5 + top * r.between(0.6, 1.3), r.between(-0.02, 0.16))],
      ),
    ],
  },
  {
    name: 'swung in',
    weight: 2,
    strokes: (r) => [
      figure(
        r,
        (top) => [at(0.5 + top * r.between(0.7, 1.3), r.between(-0.04, 0.1))],
        (top) => [at(0.5 + top * r.between(1.2, 2.1), r.between(-0.08, 0.1))],
      ),
    ],
  },
  {
    name: 'gaping',
    weight: 1.2,
    strokes: (r) => [
      figure(
        r,
        (top) => [at(0.5 + top * r.between(0.9, 1.2), r.between(0.08, 0.16))],
        (top) => [at(0.5 + top * r.between(0.3, 0.6), r.between(0, 0.06))],
      ),
    ],
  },
  {
    name: 'from the waist',
    weight: 1.8,
    strokes: (r) => {
      const top = r.between(0.2, 0.36);
      const bottom = r.between(0.16, 0.32);
      const waist = r.between(0.4, 0.56);
      return [
        [
          at(0.52, waist),
          at(0.5 - top, waist * 0.5),
          at(0.5, 0),
          at(0.5 + top, waist * 0.46),
          at(0.52, waist),
          at(0.5 - bottom, (waist + 1) / 2),
          at(0.48, 1),
          at(0.5 + bottom, (waist + 1) / 2),
          at(0.52, waist + r.between(-0.02, 0.04)),
        ],
      ];
    },
  },
  {
    name: 'two circles',
    weight: 0.6,
    strokes: (r) => {
      const waist = r.between(0.4, 0.54);
      const start = r.between(0.1, 0.4);
      const lower = (1 - waist) / 2 + 0.02;
      return [
        arc(0.5, waist / 2, r.between(0.22, 0.32), waist / 2, start, start - 1.02),
        arc(0.5 + 0.03 * r.bell(), 1 - lower, r.between(0.18, 0.32), lower, 0.74, -0.28),
      ];
    },
  },
];
