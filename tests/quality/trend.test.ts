// The statistics behind the diagnosis, against numbers worked out by hand.
import { describe, expect, it } from 'vitest';
import { mean, median, trendOf } from '../../src/quality/trend.ts';

describe('what a few numbers come to', () => {
  it('is their median', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('is their mean, those that are no numbers left out', () => {
    expect(mean([1, Number.NaN, 3])).toBe(2);
    expect(mean([Number.NaN])).toBeNaN();
  });
});

describe('the way that numbers go', () => {
  it('is the factor between first and last, without doubt on a straight line', () => {
    const { change, error } = trendOf([100, 50, 25, 12.5]);
    expect(change).toBeCloseTo(Math.log(1 / 8), 10);
    expect(error).toBeCloseTo(0, 10);
    expect(trendOf([5, 5, 5, 5])).toEqual({ change: 0, error: 0 });
  });

  it('comes with its standard error: the textbook’s, by hand', () => {
    // ln values 0, 1, 0 at −1, 0, 1: slope 0, rest 2/3 over one degree of freedom, Σx² = 2.
    const { change, error } = trendOf([1, Math.E, 1]);
    expect(change).toBeCloseTo(0, 10);
    expect(error).toBeCloseTo(2 * Math.sqrt(2 / 3 / 2), 10);
  });

  it('is none for fewer than three, and finite for zeros', () => {
    expect(trendOf([1, 2])).toEqual({ change: 0, error: 0 });
    expect(Number.isFinite(trendOf([0, 0, 1]).change)).toBe(true);
  });
});
