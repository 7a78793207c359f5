// The ways to write 9: a head, closed or not, and a tail, straight, bent or hooked.
import type { Random } from '../random.ts';
import { at, corner, type Knot, type Skeleton } from '../stroke.ts';

/** From the top right around the head, back up to the right side. */
function head(r: Random, right: number, low: number, start: Knot): Knot[] {
  const left = r.between(-0.06, 0.08);
  return [
    start,
    at(right * r.between(0.46, 0.62), r.between(-0.02, 0.03)),
    at(left, low * r.between(0.44, 0.62)),
    at(right * r.between(0.36, 0.5), low),
    at(right - r.between(0.02, 0.08), low * r.between(0.5, 0.72)),
  ];
}

const straightTail = (r: Random, right: number): Knot[] => [
  at(right - r.between(-0.03, 0.06), 0.52),
  at(right - r.between(-0.05, 0.24), 1),
];

const hookedTail = (r: Random, right: number): Knot[] => [
  at(right - r.between(0, 0.04), 0.56),
  at(right - r.between(0.06, 0.14), r.between(0.82, 0.9)),
  at(r.between(0.14, 0.28), 1),
  at(r.between(-0.06, 0.1), r.between(0.88, 0.98)),
];

const tail = (r: Random, right: number): Knot[] => (r.chance(0.86) ? straightTail(r, right) : hookedTail(r, right));

export const nine: readonly Skeleton[] = [
  {
    name: 'cornered',
    weight: 5,
    strokes: (r) => {
      const right = r.between(0.44, 0.68);
      const start = at(right - r.between(-0.02, 0.06), r.between(0.04, 0.2));
      const turn = corner(right + r.between(-0.02, 0.04), r.between(0, 0.16));
      return [
        [
          ...head(r, right, r.chance(0.8) ? r.between(0.36, 0.58) : r.between(0.58, 0.74), start),
          turn,
          ...tail(r, right),
        ],
      ];
    },
  },
  {
    name: 'gaping',
    weight: 2,
    strokes: (r) => {
      const right = r.between(0.5, 0.7);
      const start = at(right * r.between(0.55, 0.85), r.between(0, 0.1));
      const turn = corner(right + r.between(-0.02, 0.06), r.between(0.02, 0.2));
      return [[...head(r, right, r.between(0.38, 0.58), start), turn, ...tail(r, right)]];
    },
  },
  {
    name: 'swung in',
    weight: 1.5,
    strokes: (r) => {
      const right = r.between(0.44, 0.64);
      const start = at(right + r.between(0.05, 0.34), r.between(-0.06, 0.08));
      const turn = corner(right + r.between(-0.04, 0.06), r.between(0.06, 0.26));
      return [[...head(r, right, r.between(0.36, 0.58), start), turn, ...tail(r, right)]];
    },
  },
  {
    name: 'rounded',
    weight: 3,
    strokes: (r) => {
      const right = r.between(0.46, 0.66);
      const start = at(right, r.between(0.1, 0.22));
      const turn = at(right + r.between(-0.01, 0.03), r.between(0.14, 0.26));
      return [[...head(r, right, r.between(0.38, 0.58), start), turn, ...tail(r, right)]];
    },
  },
  {
    name: 'from the right',
    weight: 2.5,
    strokes: (r) => {
      const right = r.between(0.44, 0.66);
      const low = r.between(0.36, 0.6);
      const start = at(right - r.between(0, 0.08), low * r.between(0.7, 0.95));
      return [
        [
          start,
          at(right * 0.45, low),
          at(r.between(-0.04, 0.08), low * r.between(0.44, 0.6)),
          at(right * 0.5, r.between(-0.02, 0.03)),
          at(right, low * r.between(0.36, 0.5)),
          ...tail(r, right),
        ],
      ];
    },
  },
];
