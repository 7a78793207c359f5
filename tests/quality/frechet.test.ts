// The Fréchet distance against closed forms that share nothing with how it is computed.
import { describe, expect, it } from 'vitest';
import { frechetDistance, type Gaussian, gaussianOf, referenceOf } from '../../src/quality/frechet.ts';
import { bells } from './samples.ts';

const distance = (a: Gaussian, b: Gaussian) => frechetDistance(referenceOf(a), b);

describe('a Gaussian', () => {
  it('has the mean and the unbiased covariance of its vectors', () => {
    const { mean, covariance } = gaussianOf(Float32Array.of(1, 2, 3, 6, 5, 4), 2);
    expect([...mean]).toEqual([3, 4]);
    expect(covariance.to2DArray()).toEqual([
      [4, 2],
      [2, 4],
    ]);
  });

  it('keeps its covariance far from zero', () => {
    const near = gaussianOf(bells(500, [[0, 1]]), 1).covariance.get(0, 0);
    const far = gaussianOf(
      bells(500, [[0, 1]]).map((value) => value + 4096),
      1,
    ).covariance.get(0, 0);
    expect(far / near).toBeCloseTo(1, 3);
  });
});

describe('the Fréchet distance', () => {
  it('of columns that do not depend on each other is Σ (m₁ − m₂)² + (σ₁ − σ₂)²', () => {
    const one = bells(40_000, [[0, 1], [1, 2], [-1, 0.5]], 1); // biome-ignore format: a table
    const other = bells(40_000, [[2, 3], [1, 2], [0, 0.25]], 2); // biome-ignore format: a table
    expect(distance(gaussianOf(one, 3), gaussianOf(other, 3)) / (4 + 4 + 1 + 0.0625)).toBeCloseTo(1, 1);
  });

  it('in two dimensions follows from trace and determinant', () => {
    // For a 2×2 matrix M with positive eigenvalues tr √M = √(tr M + 2·√det M).
    const mix = (values: Float32Array, a: number) => values.map((v, i) => (i % 2 ? v + a * (values[i - 1] ?? 0) : v));
    const one = gaussianOf(mix(bells(50, [[0, 1], [0, 2]], 3), 0.7), 2); // biome-ignore format: a table
    const other = gaussianOf(mix(bells(60, [[1, 2], [0, 1]], 4), -1.5), 2); // biome-ignore format: a table
    const product = one.covariance.mmul(other.covariance);
    const determinant = product.get(0, 0) * product.get(1, 1) - product.get(0, 1) * product.get(1, 0);
    const root = Math.sqrt(product.trace() + 2 * Math.sqrt(determinant));
    const means = one.mean.reduce((sum, value, i) => sum + (value - (other.mean[i] ?? 0)) ** 2, 0);
    const expected = means + one.covariance.trace() + other.covariance.trace() - 2 * root;
    expect(distance(one, other)).toBeCloseTo(expected, 8);
    expect(distance(other, one)).toBeCloseTo(expected, 8);
  });

  it('is 0 from itself, and with a shift alone the shift squared', () => {
    const columns = Array.from({ length: 64 }, (_, i) => [i / 10, 1 + (i % 5)] as const);
    const features = bells(512, columns);
    const gaussian = gaussianOf(features, 64);
    expect(distance(gaussian, gaussian)).toBeLessThan(1e-6);
    const shifted = gaussianOf(
      features.map((value) => value + 0.5),
      64,
    );
    expect(distance(gaussian, shifted)).toBeCloseTo(64 * 0.25, 3);
  });

  it('is finite and not negative where features never fire, or vectors are fewer than dimensions', () => {
    const dead = gaussianOf(
      bells(20, [
        ...Array.from({ length: 32 }, () => [1, 1] as const),
        ...Array.from({ length: 32 }, () => [0, 0] as const),
      ]),
      64,
    );
    const none = gaussianOf(new Float32Array(10 * 64), 64);
    expect(distance(none, none)).toBe(0);
    const far = distance(dead, none);
    expect(far).toBeCloseTo(dead.covariance.trace() + dead.mean.reduce((sum, value) => sum + value ** 2, 0), 6);
    expect(distance(none, dead)).toBeCloseTo(far, 6);
    expect(distance(dead, dead)).toBeLessThan(1e-6);
  });
});
