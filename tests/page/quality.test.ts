// What is drawn of the quality, also where a measure is none: the Fréchet distance of a collapsed generator may be
// anything.
import { describe, expect, it } from 'vitest';
import type { QualityRow } from '../../src/config/quality.ts';
import { logTicks } from '../../src/ui/charts/ticks.ts';
import { frechetPoints, frechetTicks, isDrawable } from '../../src/ui/quality/frechetPoints.ts';

const row = (step: number, frechet: number | null): QualityRow => ({
  step,
  seconds: step,
  digits:
    frechet === null ? null : { classShares: [], covered: 0, divergence: 0, confidence: 0, inceptionScore: 1, frechet },
  diversity: 1,
});

describe('the curve of the Fréchet distance', () => {
  it('has the measurements that a logarithmic axis has a place for, and leaves the others out', () => {
    const values = [310, Number.POSITIVE_INFINITY, Number.NaN, null, 0, -5, 42.5];
    const points = frechetPoints(values.map((value, i) => row(i + 1, value)));
    expect(points).toEqual([
      { step: 1, frechet: 310 },
      { step: 7, frechet: 42.5 },
    ]);
    expect(frechetTicks(points, 4)).toEqual([2, 10, 100, 500]);
    expect([4, Number.POSITIVE_INFINITY, Number.NaN, 0, -1].map(isDrawable)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('has an axis before there is anything to draw on it', () => {
    expect(frechetTicks([], null)).toEqual([100, 200]);
  });
});

describe('the numbers of a logarithmic axis', () => {
  it('hold the extent', () => {
    expect(logTicks([30, 100])).toEqual([20, 50, 100]);
    expect(logTicks([1e-9, 1e308])).toHaveLength(305);
    expect(logTicks([1e308, 1.5e308]).every(Number.isFinite)).toBe(true);
  });

  // Without an end the search for round numbers had none either, and the page stood still.
  it.each([
    ['without an end', [20, Number.POSITIVE_INFINITY], [20, 50]],
    ['without a beginning', [Number.NEGATIVE_INFINITY, 100], [100, 200]],
    ['with a bound that is no number', [Number.NaN, 100], [100, 200]],
    ['without any bound', [Number.NaN, Number.POSITIVE_INFINITY], [1, 2]],
  ] as const)('are those around the bound that there is, for an extent %s', (_, extent, ticks) => {
    expect(logTicks(extent)).toEqual(ticks);
  });
});
