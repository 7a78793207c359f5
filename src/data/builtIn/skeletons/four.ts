// The ways to write 4: open in two strokes, a cup in one stroke, or a closed triangle.
import type { Random } from '../random.ts';
import { at, corner, type Knot, type Skeleton } from '../stroke.ts';

/** From the top left down and then to the right, past the stem. */
function angle(r: Random, bar: number): Knot[] {
  const left = r.between(-0.02, 0.12);
  return [
    at(left + r.between(0, 0.24), r.between(-0.04, 0.2)),
    at(left + r.between(0.01, 0.08), bar * 0.6),
    r.chance(0.6) ? corner(left, bar) : at(left + 0.05, bar - 0.03),
    at(0.4, bar + r.between(-0.05, 0.04)),
    at(r.between(0.64, 1.05), bar + r.between(-0.14, 0.05)),
  ];
}

const stem = (r: Random, x: number, top: number): Knot[] => [
  at(x, top),
  at(x - r.between(-0.03, 0.04), 0.55),
  at(x - r.between(-0.06, 0.14), 1),
];

export const four: readonly Skeleton[] = [
  {
    name: 'open',
    weight: 5,
    strokes: (r) => {
      const bar = r.between(0.42, 0.66);
      return [angle(r, bar), stem(r, r.between(0.48, 0.74), r.between(-0.06, bar - 0.2))];
    },
  },
  {
    name: 'cup',
    weight: 4.5,
    strokes: (r) => {
      const bar = r.between(0.4, 0.62);
      const x = r.between(0.5, 0.7);
      const left = r.between(-0.02, 0.1);
      return [
        [
          at(left + r.between(-0.02, 0.12), r.between(-0.02, 0.16)),
          at(left, bar * 0.6),
          at(left + r.between(0.06, 0.12), bar),
          at(0.32, bar + r.between(-0.02, 0.05)),
          at(x - 0.03, bar - r.between(0.05, 0.2)),
          corner(x + r.between(0, 0.1), r.between(-0.06, 0.14)),
          at(x, bar),
          at(x - r.between(-0.04, 0.14), 1),
        ],
      ];
    },
  },
  {
    name: 'closed',
    weight: 2,
    strokes: (r) => {
      const bar = r.between(0.48, 0.72);
      const x = r.between(0.46, 0.66);
      const across = [at(0.4, bar + r.between(-0.03, 0.03)), at(r.between(0.68, 1), bar + r.between(-0.08, 0.04))];
      return [
        [corner(x, 0), at(x / 2, bar * 0.52), corner(r.between(-0.04, 0.08), bar), ...across],
        stem(r, x, r.between(-0.04, 0.06)),
      ];
    },
  },
];
