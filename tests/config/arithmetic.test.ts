// The arithmetic of a step, counted by hand for the tutorial's networks.
import { describe, expect, it } from 'vitest';
import { halfStepOperations, layerOperations, stepOperations } from '../../src/config/arithmetic.ts';
import { layersOf } from '../../src/config/networks.ts';
import { presets } from '../../src/config/presets.ts';

const tutorial = presets.tutorial.config;

describe('the arithmetic', () => {
  it('of each generator layer is two operations for each weight that each position meets', () => {
    const counted = layersOf('generator', tutorial)
      .map(layerOperations)
      .filter((count) => count > 0);
    expect(counted).toEqual([
      2 * 100 * 6272,
      2 * 7 * 7 * 16 * 128 * 128,
      2 * 14 * 14 * 16 * 128 * 128,
      2 * 28 * 28 * 49 * 128,
    ]);
  });

  it('of the tutorial’s step is about 130 GFLOP, of Light’s about 2', () => {
    expect(stepOperations(tutorial) / 1e9).toBeCloseTo(129.6, 1);
    expect(stepOperations(presets.light.config) / 1e9).toBeCloseTo(2.3, 0);
  });

  it('of tapered networks is about half', () => {
    for (const filters of [4, 8, 16, 32, 64, 128, 256]) {
      const ratio = stepOperations({ ...tutorial, filters, tapered: 1 }) / stepOperations({ ...tutorial, filters });
      expect(ratio).toBeGreaterThan(0.45);
      expect(ratio).toBeLessThan(0.6);
    }
  });

  it('of the output layer goes with the square of its kernel', () => {
    const output = (outputKernel: number) =>
      layersOf('generator', { ...tutorial, outputKernel })
        .map(layerOperations)
        .at(-1);
    expect(output(5)).toBe(2 * 28 * 28 * 25 * 128);
    expect(output(3)).toBe(2 * 28 * 28 * 9 * 128);
  });

  it('grows with the batch', () => {
    const twice = { ...tutorial, batch: 2 * tutorial.batch };
    for (const network of ['generator', 'discriminator'] as const) {
      expect(halfStepOperations(network, twice)).toBe(2 * halfStepOperations(network, tutorial));
    }
  });
});
