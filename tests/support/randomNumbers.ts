// Random numbers for tests, from the generator that draws the built-in digits.
import { Random } from '../../src/data/builtIn/random.ts';

/** Numbers in [0, 1), the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  const random = new Random(seed);
  return () => random.uniform();
}
