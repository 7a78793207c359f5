// Series that are longer than there is room for: both ends and the newest entries stay, the rest is evenly spaced.
import { describe, expect, it } from 'vitest';
import { thinned, thinnedIndices } from '../../src/files/thinned.ts';

const upTo = (length: number) => Array.from({ length }, (_, i) => i);

describe('a thinned series', () => {
  it('is whole where there is room', () => {
    expect(thinned(['a', 'b', 'c'], 3)).toEqual(['a', 'b', 'c']);
    expect(thinned(['a', 'b', 'c'], 5, 3)).toEqual(['a', 'b', 'c']);
    expect(thinned([], 5)).toEqual([]);
  });

  it('has evenly spaced entries, with the first and the last', () => {
    expect(thinned(upTo(101), 5)).toEqual([0, 25, 50, 75, 100]);
    expect(thinned(upTo(4), 3)).toEqual([0, 1, 3]);
  });

  it('has all of the newest', () => {
    expect(thinned(upTo(100), 8, 4)).toEqual([0, 24, 48, 72, 96, 97, 98, 99]);
  });

  it.each([
    [11, 10, 1],
    [1_000, 7, 1],
    [1_001, 1_000, 500],
    [12_345, 300, 299],
  ])('of %i entries has %i, each once and in order, with gaps that differ by one', (length, most, newest) => {
    const kept = thinnedIndices(length, most, newest);
    expect(kept).toHaveLength(most);
    expect([kept[0], kept.at(-1)]).toEqual([0, length - 1]);
    expect(kept.slice(-newest)).toEqual(upTo(length).slice(-newest));
    const gaps = kept.slice(1, most - newest + 1).map((index, i) => index - (kept[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
  });
});
