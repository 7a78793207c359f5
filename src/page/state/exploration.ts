// What is being explored, as plain data: digits A and B, how far between them, and the numbers that were turned by
// hand.
import { slerp } from './slerp.ts';

export interface Exploration {
  readonly a: Float32Array<ArrayBuffer>;
  readonly b: Float32Array<ArrayBuffer>;
  /** 0 is A, 1 is B. */
  readonly morph: number;
  /** Values set by hand, over those of the way from A to B: dimension (from 0) → value. */
  readonly edits: ReadonlyMap<number, number>;
  /** The dimension that the slider turns, from 0. */
  readonly dimension: number;
  /** What A is: a tile of the grid (from 0), a random vector, or one that the visitor made. */
  readonly source: number | 'random' | 'made';
}

/** The range of the slider; a standard normal number is outside it once in 370 times. */
export const latentRange = { min: -3, max: 3, step: 0.01 } as const;

export function latentOf({ a, b, morph, edits }: Exploration): Float32Array<ArrayBuffer> {
  const latent = morph === 0 ? a.slice() : morph === 1 ? b.slice() : slerp(a, b, morph);
  for (const [dimension, value] of edits) if (dimension < latent.length) latent[dimension] = value;
  return latent;
}

/**
 * A standard normal vector (Box and Muller). It need not be reproducible, so it does not use the run's random numbers.
 */
export function randomLatent(size: number, random: () => number = Math.random): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: size }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
}

/** Tile `index` (from 0) of the grid as A, anything as B, and the slider on the dimension that it was on. */
export function exploreTile(gridLatents: Float32Array, latentSize: number, index: number, dimension = 0): Exploration {
  const a = gridLatents.slice(index * latentSize, (index + 1) * latentSize) as Float32Array<ArrayBuffer>;
  return { a, b: randomLatent(latentSize), morph: 0, edits: new Map(), dimension, source: index };
}
