// The built-in digits: a whole dataset, or one digit at a time, from a seed and nothing else.
import { Path } from './curve.ts';
import { eight, five, nine, seven, six } from './fiveToNine.ts';
import { distort, fitInto, wobble } from './hand.ts';
import { ink, press } from './pen.ts';
import { Random } from './random.ts';
import type { Skeleton } from './stroke.ts';
import { four, one, three, two, zero } from './zeroToFour.ts';

export { Random };

/** Pixels on each side of an image, and of the box that the digit fills, as in MNIST. */
const size = 28;
const box = 20;
/** The canvas has room to spare, so that moving the digit to its centre of mass never cuts it. */
const canvasSize = 32;

export const skeletons: readonly (readonly Skeleton[])[] = [zero, one, two, three, four, five, six, seven, eight, nine];

export interface BuiltInDigits {
  /** [count, 28, 28], ink 255 on 0. */
  readonly images: Uint8Array;
  /** [count], 0 to 9. */
  readonly labels: Uint8Array;
}

const path = new Path();
const canvas = new Float32Array(canvasSize * canvasSize);

/**
 * Draws one digit into 784 bytes of `out` (ink 255), beginning at `offset`.
 * @returns the name of the way in which it was written
 */
export function drawDigit(digit: number, random: Random, out: Uint8Array, offset: number): string {
  const skeleton = choose(skeletons[digit] ?? [], random);
  const sloppiness = random.between(0.4, 1.4);
  path.clear();
  for (const stroke of wobble(skeleton.strokes(random), 0.022 * sloppiness, random)) path.addStroke(stroke, 0.05);
  const distortion = {
    bend: 0.045 * sloppiness,
    slant: 0.16 + 0.2 * random.bell(),
    turn: 0.04 * random.bell(),
    stretch: Math.max(0.55, 0.95 + 0.16 * random.bell()),
  };
  distort(path, distortion, random);
  const penWidth = Math.max(1.3, 2.5 + 0.65 * random.bell());
  fitInto(path, box - penWidth, canvasSize / 2);
  press(path, penWidth, random);
  canvas.fill(0);
  ink(path, canvas, canvasSize, random.between(1, 1.5));
  centre(out, offset);
  return skeleton.name;
}

function choose(ways: readonly Skeleton[], random: Random): Skeleton {
  let left = random.uniform() * ways.reduce((sum, { weight }) => sum + weight, 0);
  for (const way of ways) {
    left -= way.weight;
    if (left < 0) return way;
  }
  throw new RangeError('Only the digits 0 to 9 can be drawn.');
}

/** Copies the canvas into an image, moved by whole pixels so that the centre of mass is the image's centre. */
function centre(out: Uint8Array, offset: number): void {
  let mass = 0;
  let sumX = 0;
  let sumY = 0;
  for (let row = 0; row < canvasSize; row++) {
    for (let column = 0; column < canvasSize; column++) {
      const value = canvas[row * canvasSize + column] ?? 0;
      mass += value;
      sumX += value * (column + 0.5);
      sumY += value * (row + 0.5);
    }
  }
  const left = Math.round(sumX / mass - size / 2);
  const top = Math.round(sumY / mass - size / 2);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const inside = row + top >= 0 && row + top < canvasSize && column + left >= 0 && column + left < canvasSize;
      const value = inside ? (canvas[(row + top) * canvasSize + column + left] ?? 0) : 0;
      out[offset + row * size + column] = Math.round(255 * value);
    }
  }
}

/**
 * Draws a dataset in pieces, so that a worker can breathe, report and stop in between.
 * Each class is equally frequent (to within one digit); the order is shuffled.
 * @yields after each `chunk` digits how many are done
 */
export function* drawingDigits(count: number, seed: number, chunk = 250): Generator<number, BuiltInDigits> {
  const random = new Random(seed);
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 10);
  for (let index = count - 1; index > 0; index--) {
    const other = random.below(index + 1);
    const label = labels[index] ?? 0;
    labels[index] = labels[other] ?? 0;
    labels[other] = label;
  }
  const images = new Uint8Array(count * size * size);
  for (let index = 0; index < count; index++) {
    drawDigit(labels[index] ?? 0, random, images, index * size * size);
    if ((index + 1) % chunk === 0) yield index + 1;
  }
  return { images, labels };
}

/** Draws `count` digits at once: the same ones for the same count and seed, on every machine. */
export function drawDigits(count: number, seed: number): BuiltInDigits {
  const drawing = drawingDigits(count, seed, Number.POSITIVE_INFINITY);
  for (;;) {
    const step = drawing.next();
    if (step.done) return step.value;
  }
}
