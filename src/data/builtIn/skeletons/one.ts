// The ways to write 1: a bar, for some with a flag, for some with a foot.
import type { Random } from '../random.ts';
import { at, corner, type Knot, type Skeleton } from '../stroke.ts';

const bar = (r: Random): Knot[] => [at(0.5 + 0.025 * r.bell(), 0.5), at(0.5, 1)];

function flag(r: Random): Knot[] {
  const reach = r.between(0.08, 0.24);
  const drop = reach * r.between(0.6, 1.5);
  return [at(0.5 - reach, drop), at(0.5 - reach * 0.45, drop * 0.55), corner(0.5, 0)];
}

function foot(r: Random): Knot[] {
  const left = r.between(0.12, 0.3);
  const right = r.between(0.1, 0.3);
  const tilt = 0.03 * r.bell();
  return [at(0.5 - left, 1 - tilt), at(0.5, 1 + 0.015 * r.bell()), at(0.5 + right, 1 + tilt)];
}

export const one: readonly Skeleton[] = [
  { name: 'bar', weight: 11, strokes: (r) => [[at(0.5, 0), ...bar(r)]] },
  { name: 'flag', weight: 1.4, strokes: (r) => [[...flag(r), ...bar(r)]] },
  { name: 'flag and foot', weight: 0.7, strokes: (r) => [[...flag(r), ...bar(r)], foot(r)] },
];
