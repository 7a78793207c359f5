// Images and features for the tests of the measures, from a seed.
import { Random } from '../../src/data/builtIn/random.ts';

export const pixels = 28 * 28;

/** [n, 784] in 0 … 1 of images in 0 … 255. */
export const asShares = (images: Uint8Array): Float32Array => Float32Array.from(images, (value) => value / 255);

/** Independent bell-shaped numbers with the given mean and standard deviation of each column: [n, d]. */
export function bells(n: number, columns: readonly (readonly [mean: number, deviation: number])[], seed = 1) {
  const random = new Random(seed);
  return Float32Array.from({ length: n * columns.length }, (_, at) => {
    const [mean, deviation] = columns[at % columns.length] ?? [0, 1];
    return mean + deviation * random.bell();
  });
}

export const noise = (n: number, seed = 1): Float32Array => {
  const random = new Random(seed);
  return Float32Array.from({ length: n * pixels }, () => random.uniform());
};
