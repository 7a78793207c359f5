// From digit A to digit B along the sphere, with numbers turned by hand on top.
import { describe, expect, it } from 'vitest';
import { exploreTile, latentOf, randomLatent } from '../../src/page/state/exploration.ts';
import { slerp } from '../../src/page/state/slerp.ts';

const length = (v: Float32Array) => Math.hypot(...v);
const vector = (...values: number[]) => Float32Array.from(values) as Float32Array<ArrayBuffer>;

describe('slerp', () => {
  const a = vector(3, 0, 0);
  const b = vector(0, 5, 0);

  it('starts at A and ends at B', () => {
    expect([...slerp(a, b, 0)]).toEqual([...a]);
    expect(slerp(a, b, 1)[0]).toBeCloseTo(0, 6);
    expect(slerp(a, b, 1)[1]).toBeCloseTo(5, 6);
  });

  it('keeps to the sphere half-way, where a straight line would cut through', () => {
    const half = slerp(a, b, 0.5);
    expect(length(half)).toBeCloseTo(4, 5);
    expect((half[0] ?? 0) / (half[1] ?? 1)).toBeCloseTo(1, 5);
  });

  it('turns at an even pace', () => {
    const angles = [0.25, 0.5, 0.75].map((t) => {
      const v = slerp(a, b, t);
      return Math.atan2(v[1] ?? 0, v[0] ?? 0);
    });
    expect(angles).toEqual([0.25, 0.5, 0.75].map((t) => expect.closeTo((t * Math.PI) / 2, 5)));
  });

  it.each([
    ['the same', vector(1, 2), vector(1, 2)],
    ['parallel', vector(1, 2), vector(2, 4)],
    ['opposite', vector(1, 2), vector(-1, -2)],
    ['zero', vector(0, 0), vector(1, 2)],
    ['of length 1', vector(0.3), vector(-2)],
  ])('gives finite numbers between vectors that are %s', (_, from, to) => {
    for (const t of [0, 0.3, 0.5, 1]) expect([...slerp(from, to, t)].every(Number.isFinite)).toBe(true);
    expect([...slerp(from, to, 1)]).toEqual([...to].map((x) => expect.closeTo(x, 5)));
  });

  it('keeps the length of normal vectors of 100 numbers', () => {
    const from = randomLatent(100);
    const to = randomLatent(100);
    const wanted = (length(from) + length(to)) / 2;
    expect(length(slerp(from, to, 0.5))).toBeCloseTo(wanted, 3);
  });
});

describe('exploration', () => {
  const grid = Float32Array.from({ length: 64 * 4 }, (_, i) => i);

  it('takes a tile’s latent, and never changes it', () => {
    const tile = exploreTile(grid, 4, 2);
    expect([...tile.a]).toEqual([8, 9, 10, 11]);
    expect(tile.source).toBe(2);
    const edited = { ...tile, edits: new Map([[1, -3]]) };
    expect([...latentOf(edited)]).toEqual([8, -3, 10, 11]);
    expect([...tile.a]).toEqual([8, 9, 10, 11]);
    expect([...latentOf({ ...edited, morph: 1 })]).toEqual([tile.b[0], -3, tile.b[2], tile.b[3]]);
    expect(latentOf(tile).buffer).not.toBe(tile.a.buffer);
  });

  it('draws normal numbers', () => {
    const many = randomLatent(20_000);
    const mean = many.reduce((sum, x) => sum + x, 0) / many.length;
    const variance = many.reduce((sum, x) => sum + (x - mean) ** 2, 0) / many.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
    expect([...randomLatent(100, () => 0)].every(Number.isFinite)).toBe(true);
  });
});
