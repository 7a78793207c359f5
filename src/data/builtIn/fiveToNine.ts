// How people write 5 to 9: skeletons designed by hand, none traced from anybody's digits.
import { arc, at, corner, type Skeleton } from './stroke.ts';

export const five: readonly Skeleton[] = [
  {
    name: 'connected bar',
    weight: 5,
    strokes: (random) => {
      const left = random.between(0.08, 0.26);
      const shoulder = random.between(0.36, 0.48);
      const belly = random.between(0.56, 0.74);
      return [
        [
          at(random.between(0.55, 0.9), random.between(-0.06, 0.05)),
          corner(left + 0.04, random.between(0, 0.05)),
          corner(left, shoulder),
          at(0.38, shoulder - random.between(0, 0.06)),
          at(belly, 0.66),
          at(belly - 0.18, 0.94),
          at(0.2, 1),
          at(random.between(-0.06, 0.08), random.between(0.86, 0.98)),
        ],
      ];
    },
  },
  {
    name: 'detached bar',
    weight: 4,
    strokes: (random) => {
      const left = random.between(0.08, 0.24);
      const top = random.between(0, 0.08);
      const shoulder = random.between(0.36, 0.5);
      const belly = random.between(0.52, 0.7);
      const start = left + random.between(-0.04, 0.12);
      return [
        [
          at(left + 0.04, top),
          corner(left, shoulder),
          at(0.36, shoulder - random.between(0, 0.05)),
          at(belly, 0.68),
          at(belly - 0.18, 0.95),
          at(0.18, 1),
          at(random.between(-0.06, 0.06), random.between(0.86, 0.98)),
        ],
        [
          at(start, top + random.between(-0.02, 0.04)),
          at((start + 0.8) / 2, top + random.between(-0.04, 0.03)),
          at(random.between(0.66, 1), top - random.between(0, 0.12)),
        ],
      ];
    },
  },
  {
    name: 'curved',
    weight: 2.5,
    strokes: (random) => {
      const belly = random.between(0.5, 0.68);
      return [
        [
          at(random.between(0.6, 0.95), random.between(-0.05, 0.06)),
          at(0.4, 0.03),
          at(random.between(0.14, 0.24), random.between(0.14, 0.24)),
          at(random.between(0.18, 0.3), random.between(0.36, 0.44)),
          at(belly - 0.06, 0.54),
          at(belly, 0.72),
          at(belly - 0.2, 0.95),
          at(0.16, 1),
          at(random.between(-0.06, 0.04), random.between(0.88, 0.98)),
        ],
      ];
    },
  },
];

export const six: readonly Skeleton[] = [
  {
    name: 'curved stem',
    weight: 6,
    strokes: (random) => {
      const right = random.between(0.5, 0.7);
      const high = random.between(0.46, 0.62);
      return [
        [
          at(random.between(0.42, 0.66), random.between(-0.02, 0.06)),
          at(random.between(0.18, 0.3), 0.22),
          at(random.between(0, 0.1), 0.56),
          at(0.08, 0.86),
          at(0.3, 1),
          at(right - 0.06, 0.9),
          at(right, (high + 1) / 2),
          at(right - 0.14, high + 0.02),
          at(0.26, high + 0.08),
          at(random.between(0.06, 0.18), random.between(0.72, 0.86)),
        ],
      ];
    },
  },
  {
    name: 'straight stem',
    weight: 2,
    strokes: (random) => {
      const right = random.between(0.42, 0.6);
      const high = random.between(0.52, 0.68);
      return [
        [
          at(random.between(0.24, 0.5), 0),
          at(0.16, 0.4),
          at(random.between(0.02, 0.08), 0.74),
          at(0.12, 0.96),
          at(0.3, 1),
          at(right, 0.86),
          at(right - 0.06, high + 0.02),
          at(0.28, high),
          at(random.between(0.06, 0.14), random.between(0.74, 0.86)),
        ],
      ];
    },
  },
  {
    name: 'open',
    weight: 1.5,
    strokes: (random) => {
      const right = random.between(0.46, 0.66);
      const high = random.between(0.54, 0.66);
      return [
        [
          at(random.between(0.36, 0.6), 0),
          at(0.16, 0.28),
          at(0.02, 0.62),
          at(0.1, 0.92),
          at(0.32, 1),
          at(right, 0.86),
          at(right - 0.04, high + 0.06),
          at(right - 0.2, high),
          at(random.between(0.18, 0.3), high + random.between(0.04, 0.12)),
        ],
      ];
    },
  },
];

export const seven: readonly Skeleton[] = [
  {
    name: 'plain',
    weight: 5,
    strokes: (random) => {
      const right = random.between(0.6, 0.8);
      return [
        [
          at(0, random.between(0, 0.12)),
          at(0.34, random.between(0, 0.05)),
          corner(right, random.between(-0.02, 0.06)),
          at(right - random.between(0.12, 0.26), 0.46),
          at(random.between(0.2, 0.44), 1),
        ],
      ];
    },
  },
  {
    name: 'hook',
    weight: 2.5,
    strokes: (random) => {
      const right = random.between(0.6, 0.8);
      return [
        [
          at(random.between(-0.03, 0.04), random.between(0.16, 0.32)),
          corner(random.between(0, 0.06), 0.04),
          at(0.34, random.between(0, 0.06)),
          corner(right, random.between(-0.02, 0.05)),
          at(right - random.between(0.12, 0.26), 0.46),
          at(random.between(0.2, 0.44), 1),
        ],
      ];
    },
  },
  {
    name: 'round',
    weight: 3,
    strokes: (random) => {
      const right = random.between(0.52, 0.7);
      return [
        [
          at(0, random.between(0.06, 0.2)),
          at(0.24, 0.02),
          at(right - 0.08, 0.03),
          at(right, 0.18),
          at(right - random.between(0.08, 0.18), 0.52),
          at(random.between(0.22, 0.4), 1),
        ],
      ];
    },
  },
  {
    name: 'barred',
    weight: 1.4,
    strokes: (random) => {
      const right = random.between(0.58, 0.78);
      const bar = random.between(0.44, 0.58);
      return [
        [
          at(0, random.between(0, 0.14)),
          at(0.34, 0.02),
          corner(right, 0),
          at(right - random.between(0.12, 0.24), 0.46),
          at(random.between(0.2, 0.4), 1),
        ],
        [at(random.between(0.12, 0.28), bar + 0.03), at(random.between(0.66, 0.9), bar + random.between(-0.04, 0.04))],
      ];
    },
  },
];

export const eight: readonly Skeleton[] = [
  {
    name: 'one stroke',
    weight: 7,
    strokes: (random) => {
      const top = random.between(0.2, 0.32);
      const bottom = random.between(0.22, 0.36);
      const waist = random.between(0.42, 0.54);
      return [
        [
          at(0.5 + top * random.between(0.7, 1.1), random.between(0.08, 0.2)),
          at(0.5, 0),
          at(0.5 - top, waist * 0.44),
          at(0.48, waist),
          at(0.5 + bottom, (waist + 1) / 2 + 0.02),
          at(0.48, 1),
          at(0.5 - bottom, (waist + 1) / 2 + 0.04),
          at(0.46, waist + 0.04),
          at(0.5 + top, waist * 0.5),
          at(0.5 + top * random.between(0.4, 0.9), random.between(0.02, 0.12)),
        ],
      ];
    },
  },
  {
    name: 'two circles',
    weight: 1.5,
    strokes: (random) => {
      const waist = random.between(0.42, 0.52);
      const start = random.between(0.15, 0.35);
      const top = random.between(0.19, 0.28);
      const bottom = random.between(0.22, 0.34);
      return [
        arc(0.5, waist / 2, top, waist / 2, start, start - 1.02),
        arc(0.5 + 0.02 * random.bell(), (1 + waist) / 2, bottom, (1 - waist) / 2, 0.74, -0.28),
      ];
    },
  },
  {
    name: 'from the waist',
    weight: 2,
    strokes: (random) => {
      const top = random.between(0.18, 0.3);
      const bottom = random.between(0.2, 0.32);
      const waist = random.between(0.44, 0.54);
      return [
        [
          at(0.5, waist),
          at(0.5 - top, waist * 0.5),
          at(0.5, 0),
          at(0.5 + top, waist * 0.46),
          at(0.52, waist),
          at(0.5 - bottom, (waist + 1) / 2),
          at(0.48, 1),
          at(0.5 + bottom, (waist + 1) / 2),
          at(0.52, waist + random.between(-0.02, 0.04)),
        ],
      ];
    },
  },
];

export const nine: readonly Skeleton[] = [
  {
    name: 'straight tail',
    weight: 5,
    strokes: (random) => {
      const right = random.between(0.48, 0.64);
      const low = random.between(0.4, 0.54);
      return [
        [
          at(right, random.between(0.08, 0.2)),
          at(right * 0.56, 0),
          at(0.02, low * 0.54),
          at(right * 0.46, low),
          at(right - 0.04, low * 0.6),
          corner(right, random.between(0.02, 0.14)),
          at(right + random.between(-0.06, 0.02), 0.5),
          at(right - random.between(0, 0.14), 1),
        ],
      ];
    },
  },
  {
    name: 'curved tail',
    weight: 3,
    strokes: (random) => {
      const right = random.between(0.5, 0.64);
      const low = random.between(0.42, 0.54);
      return [
        [
          at(right, random.between(0.1, 0.2)),
          at(right * 0.56, 0),
          at(0.04, low * 0.5),
          at(right * 0.46, low),
          at(right, low * 0.6),
          at(right + 0.02, random.between(0.16, 0.24)),
          at(right, 0.56),
          at(right - 0.1, 0.86),
          at(0.2, 1),
          at(random.between(-0.04, 0.1), random.between(0.84, 0.96)),
        ],
      ];
    },
  },
  {
    name: 'closed loop',
    weight: 3,
    strokes: (random) => {
      const radius = random.between(0.22, 0.32);
      const high = random.between(0.2, 0.27);
      const start = random.between(-0.1, 0.02);
      return [
        [
          ...arc(radius, high, radius, high, start, start - 0.96),
          at(2 * radius - random.between(0, 0.06), 0.58),
          at(2 * radius - random.between(0.04, 0.2), 1),
        ],
      ];
    },
  },
];
