// Which real images are looked at: fixed, from everywhere, none twice.
import { describe, expect, it } from 'vitest';
import { sampleReal } from '../../src/quality/sample.ts';

describe('a sample of the real images', () => {
  it.each([
    [60_000, 2_048, 512],
    [2_560, 2_048, 512],
    [2_000, 1_488, 512],
    [1_000, 500, 500],
    [65, 33, 32],
    [4, 2, 2],
  ])('of %i are %i to compare with and %i others', (count, reference, others) => {
    const sample = sampleReal(count);
    expect([sample.reference.length, sample.others.length]).toEqual([reference, others]);
    const all = [...sample.reference, ...sample.others];
    expect(new Set(all).size).toBe(all.length);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...all)).toBeLessThan(count);
    expect(sampleReal(count)).toEqual(sample);
  });

  it('has as many of each part and of each residue: neither sorted nor cyclic data mislead it', () => {
    const { reference, others } = sampleReal(60_000);
    for (const [indices, tolerance] of [
      [reference, 60],
      [others, 30],
    ] as const) {
      const tenths = new Array<number>(10).fill(0);
      const residues = new Array<number>(10).fill(0);
      for (const index of indices) {
        tenths[Math.floor(index / 6_000)] = (tenths[Math.floor(index / 6_000)] ?? 0) + 1;
        residues[index % 10] = (residues[index % 10] ?? 0) + 1;
      }
      for (const count of [...tenths, ...residues])
        expect(Math.abs(count - indices.length / 10)).toBeLessThan(tolerance);
    }
  });

  it('cannot be had of three', () => {
    expect(() => sampleReal(3)).toThrow(expect.objectContaining({ kind: 'too-few-images' }));
  });
});
