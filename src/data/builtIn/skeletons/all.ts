// Every way to write every digit, and the choice among them.
import type { Random } from '../random.ts';
import type { Skeleton } from '../stroke.ts';
import { eight } from './eight.ts';
import { five } from './five.ts';
import { four } from './four.ts';
import { nine } from './nine.ts';
import { one } from './one.ts';
import { seven } from './seven.ts';
import { six } from './six.ts';
import { three } from './three.ts';
import { two } from './two.ts';
import { zero } from './zero.ts';

/** The ways to write each digit, 0 to 9. */
export const skeletons: readonly (readonly Skeleton[])[] = [zero, one, two, three, four, five, six, seven, eight, nine];

/** One of a digit's ways, each as often as its weight says. */
export function chooseSkeleton(digit: number, random: Random): Skeleton {
  const ways = skeletons[digit];
  const usual = ways?.[0];
  if (ways === undefined || usual === undefined)
    throw new RangeError(`Only the digits 0 to 9 can be drawn, not ${digit}.`);
  let left = random.uniform() * ways.reduce((sum, { weight }) => sum + weight, 0);
  for (const way of ways) {
    left -= way.weight;
    if (left < 0) return way;
  }
  return usual;
}
