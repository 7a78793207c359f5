// Sizes that keep the digits crisp, and axes with round numbers.
import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks, stepTicks } from '../../src/ui/charts/ticks.ts';
import { between, galleryLayout } from '../../src/ui/gallery/galleryLayout.ts';
import { format } from '../../src/ui/words/en/format.ts';

const { axisNumber, bytesOf, duration, rate, setting } = format;

const span = (tiles: number, tile: number, gap: number) => tiles * tile + (tiles - 1) * gap;

describe('the gallery', () => {
  const widths = Array.from({ length: 60 }, (_, i) => 300 + i * 20);

  it.each([
    1, 1.25, 1.5, 2, 2.625, 3,
  ])('never overflows at %f device pixels, and always shows 32 real digits', (ratio) => {
    for (const width of widths) {
      const { tile, realTile, realColumns, realRows, beside, gap } = galleryLayout(width, ratio, 900);
      const own = span(8, tile, gap);
      const real = span(realColumns, realTile, gap);
      expect(realColumns * realRows).toBe(32);
      expect(beside ? own + between + real : Math.max(own, real)).toBeLessThanOrEqual(width + 1e-6);
      expect(Math.abs(tile * ratio - Math.round(tile * ratio))).toBeLessThan(1e-6);
      expect(realTile).toBeGreaterThanOrEqual(20);
    }
  });

  it('draws each image pixel as whole device pixels wherever that does not waste the room', () => {
    expect(galleryLayout(726, 1, 900)).toMatchObject({ tile: 56, realTile: 56, beside: true });
    expect(galleryLayout(612, 1, 900)).toMatchObject({ tile: 56, realTile: 28, beside: true });
    expect(galleryLayout(480, 1, 900)).toMatchObject({ tile: 56, beside: false, realColumns: 16 });
    expect(galleryLayout(358, 2, 844).tile * 2).toBe(28 * 3);
    // At one device pixel for each of the image's, a third of the width would stay empty.
    expect(galleryLayout(358, 1, 844).tile).toBe(43);
  });

  it('leaves room below in a low window', () => {
    expect(galleryLayout(1400, 2, 700).tile).toBeLessThanOrEqual((0.6 * 700) / 8);
  });
});

describe('axes', () => {
  it('have round ticks that hold the numbers', () => {
    expect(linearTicks([0.62, 0.97])).toEqual([0.6, 0.7, 0.8, 0.9, 1]);
    expect(linearTicks([0.69, 0.69]).length).toBeGreaterThanOrEqual(2);
    expect(linearTicks([0, 0]).length).toBeGreaterThanOrEqual(2);
    expect(stepTicks(1, 117_000)).toEqual([50_000, 100_000]);
    expect(stepTicks(1, 1)).toEqual([1]);
    expect(stepTicks(1, 2).every(Number.isInteger)).toBe(true);
  });

  it('have no more than two decimals, and say each number in five characters or fewer', () => {
    const ranges = [0.001, 0.004, 0.03, 0.09, 0.3, 1, 7, 400].map((spread) => linearTicks([0.77, 0.77 + spread]));
    for (const ticks of ranges) {
      expect(ticks.every((tick) => /^\d+(\.\d{1,2})?$/.test(String(tick)))).toBe(true);
      expect(new Set(ticks).size).toBe(ticks.length);
    }
    expect([0.25, 1e-4, 9_999, 12_500, 2e6].map(axisNumber)).toEqual(['0.25', '1e-4', '9999', '12.5K', '2M']);
  });

  it('have powers of ten, and 2 and 5 times them, on the log scale', () => {
    expect(logTicks([0.3, 1.8])).toEqual([0.2, 0.5, 1, 2]);
    expect(logTicks([0, 900])[0]).toBe(1e-4);
    expect(logTicks([1e-4, 1e3]).length).toBeLessThanOrEqual(9);
  });
});

describe('numbers for people', () => {
  it('have a unit that fits', () => {
    expect(bytesOf(3_141_592, 11_594_722)).toBe('3.1 of 11.6 MB');
    expect(duration(41.2)).toBe('42 s');
    expect(duration(200)).toBe('3 min');
    expect(duration(7_200)).toBe('2.0 h');
    expect(rate(4.12)).toBe('4.1 steps/s');
    expect(rate(0.1)).toBe('10.0 s a step');
    expect([2e-4, 1e-6, 0, 64].map(setting)).toEqual(['0.0002', '1e-6', '0', '64']);
  });
});
