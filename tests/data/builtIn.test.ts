// The built-in digits: the same for a seed, shaped like MNIST's, and none like another.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawDigit, drawDigits, drawingDigits, Random } from '../../src/data/builtIn/drawDigits.ts';
import { skeletons } from '../../src/data/builtIn/skeletons/all.ts';

const size = 28;
const pixels = size * size;
const count = 1000;
const { images, labels } = drawDigits(count, 1);
const digits = Array.from({ length: count }, (_, index) => images.subarray(index * pixels, (index + 1) * pixels));

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The first and the last row (or column) with ink, and the centre of mass, in pixels. */
function measure(image: Uint8Array) {
  let [left, right, top, bottom, mass, x, y] = [size, -1, size, -1, 0, 0, 0];
  for (const [index, ink] of image.entries()) {
    if (ink === 0) continue;
    const row = Math.floor(index / size);
    const column = index % size;
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    mass += ink;
    x += ink * (column + 0.5);
    y += ink * (row + 0.5);
  }
  return { width: right - left + 1, height: bottom - top + 1, mass: mass / 255, x: x / mass, y: y / mass };
}

describe('a dataset of built-in digits', () => {
  it('is the same for the same seed, whole or in pieces', () => {
    const again = drawDigits(200, 1);
    const drawing = drawingDigits(200, 1, 60);
    const progress: number[] = [];
    let step = drawing.next();
    while (!step.done) {
      progress.push(step.value);
      step = drawing.next();
    }
    expect(progress).toEqual([60, 120, 180]);
    expect(hash(step.value.images)).toBe(hash(again.images));
    expect(step.value.labels).toEqual(again.labels);
  });

  it('does not change by accident', () => {
    expect(hash(images).slice(0, 16)).toBe('77251f03220a711f');
    expect(hash(labels).slice(0, 16)).toBe('ba72323ea7ec33a5');
  });

  it('is another for another seed', () => {
    const other = drawDigits(count, 2);
    expect(other.labels).not.toEqual(labels);
    const drawn = new Set(digits.map(hash));
    const shared = Array.from({ length: count }, (_, index) =>
      other.images.subarray(index * pixels, (index + 1) * pixels),
    );
    expect(shared.filter((image) => drawn.has(hash(image)))).toHaveLength(0);
  });

  it('has every digit equally often, in no order', () => {
    const frequency = (values: Uint8Array) =>
      Array.from({ length: 10 }, (_, digit) => values.filter((v) => v === digit).length);
    expect(frequency(labels)).toEqual(new Array(10).fill(count / 10));
    expect(Math.max(...frequency(drawDigits(64, 3).labels)) - Math.min(...frequency(drawDigits(64, 3).labels))).toBe(1);
    const sameAsBefore = labels.filter((label, index) => index > 0 && label === labels[index - 1]).length;
    expect(sameAsBefore).toBeGreaterThan(count * 0.05);
    expect(sameAsBefore).toBeLessThan(count * 0.15);
  });

  it('has no two images alike', () => {
    expect(new Set(digits.map(hash)).size).toBe(count);
  });

  it('may be empty', () => {
    expect(drawDigits(0, 1)).toEqual({ images: new Uint8Array(0), labels: new Uint8Array(0) });
  });

  it('takes every seed that a run may have', () => {
    for (const seed of [0, 2 ** 31, 2 ** 32 - 1]) expect(drawDigits(10, seed).images.some((ink) => ink > 0)).toBe(true);
    expect(hash(drawDigits(10, 2 ** 32 - 1).images)).not.toBe(hash(drawDigits(10, 0).images));
  });
});

describe('each built-in digit', () => {
  it('fills a box of 20×20 and is centred by its mass', () => {
    for (const image of digits) {
      const { width, height, x, y } = measure(image);
      expect(Math.max(width, height)).toBe(20);
      expect(Math.abs(x - size / 2)).toBeLessThan(1);
      expect(Math.abs(y - size / 2)).toBeLessThan(1);
    }
  });

  it('has a dark core and grey edges, as much ink as a pen leaves', () => {
    const grey = images.filter((ink) => ink > 0 && ink < 250).length;
    const dark = images.filter((ink) => ink >= 250).length;
    expect(dark / (dark + grey)).toBeGreaterThan(0.3);
    expect(dark / (dark + grey)).toBeLessThan(0.6);
    for (const image of digits) {
      const { mass } = measure(image);
      expect(mass).toBeGreaterThan(15);
      expect(mass).toBeLessThan(330);
      expect(Math.max(...image)).toBeGreaterThan(200);
    }
  });

  it('is written in every one of its ways', () => {
    const random = new Random(5);
    const image = new Uint8Array(pixels);
    for (const [digit, ways] of skeletons.entries()) {
      const reached = new Set(Array.from({ length: 600 }, () => drawDigit(digit, random, image, 0)));
      expect([...reached].sort()).toEqual(ways.map(({ name }) => name).sort());
      expect(reached.size).toBeGreaterThanOrEqual(3);
    }
  });

  it('is drawn where it is told to, and nowhere else', () => {
    const out = new Uint8Array(3 * pixels);
    drawDigit(8, new Random(1), out, pixels);
    expect(out.subarray(0, pixels).every((ink) => ink === 0)).toBe(true);
    expect(out.subarray(pixels, 2 * pixels).some((ink) => ink > 0)).toBe(true);
    expect(out.subarray(2 * pixels).every((ink) => ink === 0)).toBe(true);
  });

  it('is one of ten', () => {
    expect(() => drawDigit(10, new Random(1), new Uint8Array(pixels), 0)).toThrow(RangeError);
  });
});
