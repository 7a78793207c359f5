// Random numbers for the fuzzer: those of one input depend on its target, its number and the campaign's seed alone.
import { randomNumbers } from '../support/randomNumbers.ts';

/** Numbers in [0, 1). */
export type Random = () => number;

export function randomOf(seed: number, target: string, input: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(input + 1, 0x85ebca6b);
  for (const character of target) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  return randomNumbers(state);
}

/** A whole number from 0 to `limit` − 1; 0 where there is none. */
export const below = (random: Random, limit: number): number => Math.floor(random() * Math.max(0, limit));

export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  if (items.length === 0) throw new Error('There is nothing to choose from.');
  return items[below(random, items.length)] as Item;
}
