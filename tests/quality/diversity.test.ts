// Diversity: 1 for images like the real ones, 0 for copies, and no penalty for the classes that a generator prefers.
import { describe, expect, it } from 'vitest';
import { diversityOf, spreadOf } from '../../src/quality/diversity.ts';
import { noise, pixels } from './samples.ts';

/** Class 1 differs half as much as class 0. */
function images(classes: Uint8Array, seed: number): Float32Array {
  const values = noise(classes.length, seed);
  return values.map((value, at) => value * (classes[Math.floor(at / pixels)] === 1 ? 0.5 : 1));
}
const cycle = (n: number) => Uint8Array.from({ length: n }, (_, i) => i % 2);
const spread = (classes: Uint8Array, seed: number) => spreadOf(images(classes, seed), classes, 2);

describe('the spread of images', () => {
  it('is the mean distance over all pairs of a group', () => {
    const three = new Float32Array(3 * pixels);
    three[0] = 3;
    three[pixels + 1] = 4;
    // Distances 5, 3 and 4.
    expect(spreadOf(three, null, 1).groups).toEqual([{ pairs: 3, distance: 4 }]);
    expect(spreadOf(three, Uint8Array.of(1, 1, 0), 2).groups).toEqual([
      { pairs: 0, distance: 0 },
      { pairs: 1, distance: 5 },
    ]);
  });

  it('looks at a bounded number of pairs', () => {
    expect(spread(cycle(200), 1).groups.map(({ pairs }) => pairs)).toEqual([780, 780]);
    expect(spreadOf(noise(200), null, 1).groups.map(({ pairs }) => pairs)).toEqual([7750]);
  });
});

describe('diversity', () => {
  const real = spread(cycle(80), 1);

  it('is 1 for images like the real ones, in whatever classes', () => {
    expect(diversityOf(spread(cycle(80), 2), real)).toBeCloseTo(1, 1);
    expect(diversityOf(spread(new Uint8Array(80).fill(1), 2), real)).toBeCloseTo(1, 1);
    expect(diversityOf(spread(new Uint8Array(80), 2), real)).toBeCloseTo(1, 1);
  });

  it('is 0 for copies, and half for half the distances', () => {
    const copies = new Float32Array(10 * pixels).fill(0.7);
    expect(diversityOf(spreadOf(copies, cycle(10), 2), real)).toBe(0);
    const half = images(cycle(80), 1).map((value) => value / 2);
    expect(diversityOf(spreadOf(half, cycle(80), 2), real)).toBeCloseTo(0.5, 6);
  });

  it('is unknown where no class has two images on both sides, and finite where real images do not differ', () => {
    const ones = spread(new Uint8Array(5).fill(1), 1);
    const zeros = spread(new Uint8Array(5), 1);
    expect(diversityOf(ones, zeros)).toBeNull();
    const alike = spreadOf(new Float32Array(5 * pixels), null, 1);
    expect(diversityOf(alike, alike)).toBe(0);
    expect(Number.isFinite(diversityOf(spreadOf(noise(5), null, 1), alike))).toBe(true);
  });
});
