// The random streams: the statistics that training relies on, and that each number depends on its index alone.
import { describe, expect, it } from 'vitest';
import { maskValues, purposes, RandomStream } from '../../src/gan/random/stream.ts';

const count = 100_000;
const stream = (seed = 1, step = 0, part = 0) => new RandomStream(seed, purposes.realImages, step, part);

function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const da = value - meanA;
    const db = (b[i] ?? 0) - meanB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('RandomStream', () => {
  it('is uniform: 256 bins pass a chi-squared test', () => {
    const bins = new Float64Array(256);
    const random = stream();
    for (let i = 0; i < count; i++)
      bins[Math.floor(random.uniform(i) * 256)] = (bins[Math.floor(random.uniform(i) * 256)] ?? 0) + 1;
    const chi = bins.reduce((sum, n) => sum + (n - count / 256) ** 2 / (count / 256), 0);
    // 255 degrees of freedom: within five standard deviations of the mean.
    expect(Math.abs(chi - 255)).toBeLessThan(5 * Math.sqrt(2 * 255));
  });

  it('is standard normal in mean, variance and fourth moment', () => {
    const values = stream().normals(count);
    const moment = (n: number) => values.reduce((sum, value) => sum + value ** n, 0) / count;
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });

  it.each([
    ['seeds', stream(1), stream(2)],
    ['steps', stream(1, 5), stream(1, 6)],
    ['parts', stream(1, 5, 1), stream(1, 5, 2)],
    ['purposes', stream(), new RandomStream(1, purposes.generatorLatents, 0)],
  ])('does not correlate between %s', (_, a, b) => {
    expect(Math.abs(correlation(a.normals(count), b.normals(count)))).toBeLessThan(0.015);
  });

  it('does not correlate between neighbours', () => {
    const values = stream().uniforms(count + 1, 1);
    expect(Math.abs(correlation(values.slice(0, count), values.slice(1)))).toBeLessThan(0.015);
  });

  it.each([0, 1, 6, 7])('gives the same numbers from any start (%i)', (start) => {
    expect(stream().normals(11, start)).toEqual(
      stream()
        .normals(30)
        .slice(start, start + 11),
    );
  });

  it.each([0, 2, 6])('gives the same masks from any even start (%i)', (start) => {
    const all = maskValues(stream().maskWords(0.4), 30);
    expect(maskValues(stream().maskWords(0.4, start), 11)).toEqual(all.slice(start, start + 11));
  });

  it.each([0, 0.25, 0.4, 0.9])('drops a share of %f and keeps the mean', (rate) => {
    const mask = maskValues(stream().maskWords(rate), count);
    expect(mask.filter((value) => value === 0).length / count).toBeCloseTo(rate, 2);
    expect(new Set(mask).size).toBe(rate === 0 ? 1 : 2);
    expect(mask.reduce((sum, value) => sum + value, 0) / count).toBeCloseTo(1, 1);
  });

  it('draws whole numbers over the whole range', () => {
    const random = stream();
    const drawn = new Set(Array.from({ length: 2000 }, (_, i) => random.integer(i, 10)));
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
