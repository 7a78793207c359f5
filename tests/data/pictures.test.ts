import { describe, expect, it } from 'vitest';
import { fitPicture } from '../../src/data/picturePixels.ts';

type Colour = readonly [number, number, number, number];
const white: Colour = [255, 255, 255, 255];
const black: Colour = [0, 0, 0, 255];
const clear: Colour = [0, 0, 0, 0];

/** RGBA of a picture that is `colour(x, y)` everywhere. */
function paint(width: number, height: number, colour: (x: number, y: number) => Colour): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
    const pixel = Math.floor(i / 4);
    return colour(pixel % width, Math.floor(pixel / width))[i % 4] ?? 0;
  });
}

/** A filled square in the middle half of the picture. */
const square = (size: number, ink: Colour, paper: Colour) =>
  paint(size, size, (x, y) => (Math.min(x, y) >= size / 4 && Math.max(x, y) < (size * 3) / 4 ? ink : paper));

/** The same at 28×28, ink 255. */
const squareInk = Uint8Array.from({ length: 784 }, (_, i) => {
  const [x, y] = [i % 28, Math.floor(i / 28)];
  return Math.min(x, y) >= 7 && Math.max(x, y) < 21 ? 255 : 0;
});

describe('fitPicture', () => {
  it('leaves light ink on black as it is', () => {
    expect(fitPicture(square(28, white, black), 28, 28)).toEqual({ pixels: squareInk, inverted: false });
  });

  it('inverts dark ink on white', () => {
    expect(fitPicture(square(28, black, white), 28, 28)).toEqual({ pixels: squareInk, inverted: true });
  });

  it('keeps every pixel of a 28×28 picture', () => {
    const grey = (x: number, y: number): Colour => {
      const value = x === 0 || y === 0 || x === 27 || y === 27 ? 0 : (x * 9 + y * 3) % 256;
      return [value, value, value, 255];
    };
    const expected = Uint8Array.from({ length: 784 }, (_, i) => grey(i % 28, Math.floor(i / 28))[0]);
    expect(fitPicture(paint(28, 28, grey), 28, 28).pixels).toEqual(expected);
  });

  it.each([8, 28, 56, 112, 280])('fits a square of %i pixels', (size) => {
    expect(fitPicture(square(size, black, white), size, size).pixels.map((pixel) => (pixel > 127 ? 255 : 0))).toEqual(
      squareInk,
    );
  });

  it('takes transparent pixels for the background: dark ink', () => {
    expect(fitPicture(square(56, black, clear), 56, 56)).toEqual({ pixels: squareInk, inverted: true });
  });

  it('takes transparent pixels for the background: light ink', () => {
    expect(fitPicture(square(56, white, clear), 56, 56)).toEqual({ pixels: squareInk, inverted: false });
  });

  it('takes transparent holes in a white picture for white', () => {
    const holed = paint(28, 28, (x, y) => (x > 9 && x < 18 && y > 9 && y < 18 ? clear : white));
    expect(fitPicture(holed, 28, 28)).toEqual({ pixels: new Uint8Array(784), inverted: true });
  });

  it('weighs colours as the eye does', () => {
    const at = 14 * 28 + 14;
    const grey = (colour: Colour) =>
      fitPicture(
        paint(28, 28, (x, y) => (x === 14 && y === 14 ? colour : black)),
        28,
        28,
      ).pixels[at];
    expect(grey([255, 0, 0, 255])).toBe(76);
    expect(grey([0, 255, 0, 255])).toBe(150);
    expect(grey([0, 0, 255, 255])).toBe(29);
    expect(grey([255, 255, 255, 128])).toBe(128);
  });

  it.each([
    ['wide', 56, 28],
    ['tall', 28, 56],
  ])('keeps the proportions of a %s picture, in the middle', (_, width, height) => {
    const { pixels } = fitPicture(
      paint(width, height, () => white),
      width,
      height,
    );
    expect(pixels).toEqual(new Uint8Array(784));
    const framed = fitPicture(
      paint(width, height, (x, y) => (x > 0 && y > 0 && x < width - 1 && y < height - 1 ? white : black)),
      width,
      height,
    ).pixels;
    const lit = (x: number, y: number) => (framed[y * 28 + x] ?? 0) > 100;
    const along = Array.from({ length: 28 }, (_, i) => (width > height ? lit(14, i) : lit(i, 14)));
    const across = Array.from({ length: 28 }, (_, i) => (width > height ? lit(i, 14) : lit(14, i)));
    // Half a pixel of the frame is left at the ends of the long side, and of the short one.
    expect(along.map(Number).join('')).toBe(`${'0'.repeat(7)}${'1'.repeat(14)}${'0'.repeat(7)}`);
    expect(across.map(Number).join('')).toBe('1'.repeat(28));
  });

  it('fills the room beside a picture with its background', () => {
    const grey: Colour = [30, 30, 30, 255];
    expect(
      fitPicture(
        paint(40, 20, () => grey),
        40,
        20,
      ),
    ).toEqual({ pixels: new Uint8Array(784).fill(30), inverted: false });
  });

  it('keeps the mean brightness of fine detail, which a filter that skips pixels would not', () => {
    const stripes = paint(280, 280, (x) => (x % 2 === 0 ? white : black));
    const { pixels } = fitPicture(stripes, 280, 280);
    expect(pixels.every((pixel) => pixel === 127 || pixel === 128)).toBe(true);
  });

  it('gives something sane for one pixel, a line and nothing visible', () => {
    expect(fitPicture(Uint8ClampedArray.from(white), 1, 1)).toEqual({ pixels: new Uint8Array(784), inverted: true });
    expect(
      fitPicture(
        paint(500, 1, () => black),
        500,
        1,
      ),
    ).toEqual({ pixels: new Uint8Array(784), inverted: false });
    expect(
      fitPicture(
        paint(9, 9, () => clear),
        9,
        9,
      ),
    ).toEqual({ pixels: new Uint8Array(784), inverted: false });
  });
});
