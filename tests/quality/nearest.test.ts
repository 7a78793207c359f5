// The nearest real image, against a plain search through all.
import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../src/data/builtIn/drawDigits.ts';
import { nearestReal } from '../../src/quality/nearest.ts';
import { pixels } from './samples.ts';

const { images } = drawDigits(300, 1);
const pictures = drawDigits(5, 2).images;
const at = (all: Uint8Array, index: number) => all.subarray(index * pixels, (index + 1) * pixels);
const distance = (a: Uint8Array, b: Uint8Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + ((value - (b[i] ?? 0)) / 255) ** 2, 0));

describe('the nearest real image', () => {
  it.each([0, 1, 2, 3, 4])('is the one that a plain search finds (%i)', async (index) => {
    const picture = at(pictures, index);
    const distances = Array.from({ length: 300 }, (_, i) => distance(picture, at(images, i)));
    const least = Math.min(...distances);
    const found = await nearestReal(picture, images);
    expect(found.distance).toBeCloseTo(least, 10);
    expect(found.pixels).toEqual(at(images, distances.indexOf(least)).slice());
  });

  it('of a copy is the original, at no distance, in a buffer of its own', async () => {
    const found = await nearestReal(at(images, 123), images);
    expect(found.distance).toBe(0);
    expect(found.pixels).toEqual(at(images, 123).slice());
    expect(found.pixels.buffer.byteLength).toBe(pixels);
  });

  it('comes with the median distance between real neighbours', async () => {
    const few = images.slice(0, 9 * pixels);
    const nearest = Array.from({ length: 9 }, (_, i) =>
      Math.min(...Array.from({ length: 9 }, (_, j) => (i === j ? Infinity : distance(at(few, i), at(few, j))))),
    ).sort((a, b) => a - b);
    expect((await nearestReal(at(pictures, 0), few)).typical).toBeCloseTo(nearest[4] ?? 0, 10);
    const even = few.slice(0, 2 * pixels);
    expect((await nearestReal(at(pictures, 0), even)).typical).toBeCloseTo(distance(at(few, 0), at(few, 1)), 10);
    expect((await nearestReal(at(pictures, 0), few.slice(0, pixels))).typical).toBe(0);
    expect((await nearestReal(at(pictures, 0), new Uint8Array(3 * pixels))).typical).toBe(0);
  });

  it('lets others in, may be called off, and then starts anew', async () => {
    const many = new Uint8Array(20_000 * pixels).fill(9);
    many.set(at(images, 0), 19_999 * pixels);
    let calls = 0;
    const stop = async () => {
      calls += 1;
      if (calls === 3) throw new DOMException('stop', 'AbortError');
    };
    await expect(nearestReal(at(images, 0), many, stop)).rejects.toThrow('stop');
    const found = await nearestReal(at(images, 0), many, stop);
    expect(found.distance).toBe(0);
    expect(found.typical).toBe(0);
    expect(calls).toBeGreaterThan(30);
  });
});
