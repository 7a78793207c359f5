// How people write 0 to 4: skeletons designed by hand, none traced from anybody's digits.
import type { Random } from './random.ts';
import { arc, at, corner, type Skeleton } from './stroke.ts';

/** An ellipse that begins near the top and may close early, meet or overlap. */
function oval(random: Random, radiusX: number, gap: number) {
  const start = 0.75 + random.between(-0.1, 0.12);
  return [arc(0.5, 0.5, radiusX, 0.5, start, start - 1 + gap)];
}

export const zero: readonly Skeleton[] = [
  {
    name: 'round',
    weight: 5,
    strokes: (random) => oval(random, random.between(0.36, 0.52), random.between(-0.06, 0.02)),
  },
  {
    name: 'narrow',
    weight: 3,
    strokes: (random) => oval(random, random.between(0.2, 0.36), random.between(-0.05, 0.02)),
  },
  {
    name: 'open',
    weight: 1.2,
    strokes: (random) => oval(random, random.between(0.32, 0.5), random.between(0.02, 0.1)),
  },
  {
    name: 'overlapping',
    weight: 1.6,
    strokes: (random) => {
      const radius = random.between(0.3, 0.48);
      const start = 0.75 + random.between(-0.05, 0.12);
      const around = arc(0.5, 0.5, radius, 0.5, start, start - 1.02);
      return [[...around, at(0.5 - radius * random.between(0.2, 0.6), random.between(0.08, 0.2))]];
    },
  },
];

export const one: readonly Skeleton[] = [
  { name: 'bar', weight: 10, strokes: (random) => [[at(0.5, 0), at(0.5 + 0.03 * random.bell(), 0.5), at(0.5, 1)]] },
  {
    name: 'flag',
    weight: 1.6,
    strokes: (random) => {
      const reach = random.between(0.1, 0.28);
      const drop = random.between(0.08, 0.26);
      return [[at(0.5 - reach, drop), corner(0.5, 0), at(0.5 + 0.02 * random.bell(), 0.5), at(0.5, 1)]];
    },
  },
  {
    name: 'flag and foot',
    weight: 0.9,
    strokes: (random) => {
      const reach = random.between(0.12, 0.3);
      const foot = random.between(0.18, 0.34);
      return [
        [at(0.5 - reach, random.between(0.1, 0.28)), corner(0.5, 0), at(0.5, 0.5), at(0.5, 1)],
        [at(0.5 - foot, 1), at(0.5, 1 + 0.02 * random.bell()), at(0.5 + foot * random.between(0.7, 1.1), 1)],
      ];
    },
  },
];

export const two: readonly Skeleton[] = [
  {
    name: 'plain',
    weight: 4,
    strokes: (random) => {
      const hook = random.between(0.05, 0.3);
      const right = random.between(0.58, 0.78);
      const base = random.between(0.93, 1.03);
      return [
        [
          at(0.06, hook),
          at(0.36, 0),
          at(right, 0.22),
          at(right - random.between(0.08, 0.2), 0.52),
          at(0.26, 0.8),
          corner(0.02, base),
          at(0.4, base - random.between(-0.02, 0.04)),
          at(random.between(0.7, 0.95), base + random.between(-0.08, 0.03)),
        ],
      ];
    },
  },
  {
    name: 'loop',
    weight: 4,
    strokes: (random) => {
      const right = random.between(0.56, 0.76);
      const loop = random.between(0.07, 0.16);
      const low = random.between(0.86, 0.97);
      return [
        [
          at(0.08, random.between(0.08, 0.28)),
          at(0.34, 0),
          at(right, 0.2),
          at(right - random.between(0.04, 0.14), 0.5),
          at(0.32, low - 0.06),
          at(0.12, low + 0.05),
          at(0.02, low - loop * 0.4),
          at(0.12, low - loop),
          at(0.34, low - 0.02),
          at(0.6, low + random.between(0.04, 0.13)),
          at(random.between(0.78, 1), low - random.between(-0.06, 0.08)),
        ],
      ];
    },
  },
  {
    name: 'swan',
    weight: 2.5,
    strokes: (random) => {
      const right = random.between(0.55, 0.8);
      return [
        [
          at(random.between(0.02, 0.16), random.between(0.15, 0.3)),
          at(0.2, 0.05),
          at(0.44, 0),
          at(right, 0.2),
          at(right - 0.08, 0.45),
          at(0.36, 0.72),
          corner(random.between(0, 0.12), random.between(0.9, 1)),
          at(0.3, random.between(0.82, 0.9)),
          at(0.55, random.between(0.9, 1)),
          at(random.between(0.72, 0.98), random.between(0.86, 1)),
        ],
      ];
    },
  },
];

export const three: readonly Skeleton[] = [
  {
    name: 'cusp',
    weight: 6,
    strokes: (random) => {
      const top = random.between(0.52, 0.72);
      const bottom = random.between(0.58, 0.8);
      const waist = random.between(0.4, 0.52);
      const cusp = random.between(0.18, 0.4);
      return [
        [
          at(random.between(0, 0.14), random.between(0.04, 0.2)),
          at(0.34, 0),
          at(top, 0.18),
          at(top - 0.1, waist - 0.1),
          corner(cusp, waist),
          at(bottom - 0.12, waist + 0.1),
          at(bottom, 0.72),
          at(bottom - 0.2, 0.95),
          at(0.26, 1),
          at(random.between(-0.02, 0.1), random.between(0.82, 0.97)),
        ],
      ];
    },
  },
  {
    name: 'loop',
    weight: 2.5,
    strokes: (random) => {
      const top = random.between(0.5, 0.7);
      const bottom = random.between(0.55, 0.78);
      const waist = random.between(0.42, 0.52);
      const cusp = random.between(0.2, 0.36);
      return [
        [
          at(random.between(0, 0.12), random.between(0.06, 0.22)),
          at(0.32, 0),
          at(top, 0.16),
          at(top - 0.14, waist - 0.06),
          at(cusp, waist + 0.05),
          at(cusp - 0.04, waist - 0.01),
          at(cusp + 0.08, waist - 0.02),
          at(bottom - 0.08, waist + 0.12),
          at(bottom, 0.74),
          at(bottom - 0.22, 0.96),
          at(0.24, 1),
          at(random.between(-0.04, 0.1), random.between(0.84, 0.96)),
        ],
      ];
    },
  },
  {
    name: 'flat top',
    weight: 0.8,
    strokes: (random) => {
      const right = random.between(0.56, 0.72);
      const middle = random.between(0.36, 0.46);
      const bottom = random.between(0.6, 0.8);
      return [
        [
          at(0.02, random.between(0, 0.06)),
          at(0.3, 0.01),
          corner(right, 0),
          at((right + 0.3) / 2, middle / 2),
          corner(random.between(0.22, 0.36), middle),
          at(bottom - 0.1, middle + 0.1),
          at(bottom, 0.7),
          at(bottom - 0.2, 0.95),
          at(0.26, 1),
          at(random.between(-0.02, 0.08), random.between(0.84, 0.96)),
        ],
      ];
    },
  },
];

export const four: readonly Skeleton[] = [
  {
    name: 'open',
    weight: 5,
    strokes: (random) => {
      const bar = random.between(0.45, 0.62);
      const stem = random.between(0.5, 0.68);
      return [
        [
          at(random.between(0.04, 0.26), random.between(-0.02, 0.14)),
          at(random.between(0.02, 0.14), bar * 0.6),
          corner(random.between(-0.02, 0.1), bar),
          at(0.4, bar + random.between(-0.05, 0.04)),
          at(random.between(0.66, 0.95), bar + random.between(-0.09, 0.03)),
        ],
        [at(stem, random.between(-0.02, 0.22)), at(stem, bar), at(stem - random.between(-0.03, 0.08), 1)],
      ];
    },
  },
  {
    name: 'cup',
    weight: 4,
    strokes: (random) => {
      const bar = random.between(0.44, 0.6);
      const stem = random.between(0.52, 0.66);
      const high = random.between(-0.05, 0.12);
      return [
        [
          at(random.between(0.02, 0.16), random.between(0, 0.14)),
          at(random.between(0, 0.1), bar * 0.6),
          at(0.1, bar),
          at(0.32, bar + random.between(-0.02, 0.04)),
          at(stem, bar - random.between(0.08, 0.2)),
          corner(stem + random.between(0, 0.1), high),
          at(stem, bar),
          at(stem - random.between(0, 0.1), 1),
        ],
      ];
    },
  },
  {
    name: 'closed',
    weight: 2,
    strokes: (random) => {
      const bar = random.between(0.52, 0.7);
      const stem = random.between(0.5, 0.64);
      return [
        [
          corner(stem, 0),
          at(stem / 2, bar * 0.52),
          corner(random.between(-0.02, 0.06), bar),
          at(0.4, bar + random.between(-0.03, 0.03)),
          at(random.between(0.72, 0.95), bar + random.between(-0.05, 0.03)),
        ],
        [at(stem, random.between(-0.02, 0.04)), at(stem, 0.5), at(stem + random.between(-0.06, 0.03), 1)],
      ];
    },
  },
];
