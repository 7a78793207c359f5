// The built-in digits: a whole dataset, or one digit at a time, from a seed and nothing else.
import { Path } from './curve.ts';
import { distort, fitLine, fitPoints, wobble } from './hand.ts';
import { ink, press } from './pen.ts';
import { Random } from './random.ts';
import { chooseSkeleton } from './skeletons/all.ts';

export { Random };

/** Pixels on each side of an image, and of the box that the digit fills, as in MNIST. */
const size = 28;
const box = 20;
/** The digit is drawn in the middle of this canvas; the image is the part of it around the centre of mass. */
const canvasSize = 32;

/**
 * What is usual for each digit: its lean to the right, and the pen's width in pixels. A digit that people write
 * smaller is enlarged more to fill its box, and its line with it.
 */
const habits = [
  { slant: 0.26, pen: 2.85 },
  { slant: 0.25, pen: 2.8 },
  { slant: 0.12, pen: 2.6 },
  { slant: 0.09, pen: 2.5 },
  { slant: 0.29, pen: 2.4 },
  { slant: 0.08, pen: 2.35 },
  { slant: 0.13, pen: 2.5 },
  { slant: 0.07, pen: 2.6 },
  { slant: 0.16, pen: 2.4 },
  { slant: 0.2, pen: 2.4 },
];

export interface BuiltInDigits {
  /** [count, 28, 28], ink 255 on 0. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** [count], 0 to 9. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

const path = new Path();
const canvas = new Float32Array(canvasSize * canvasSize);

/** Equally often above 1 as below it: 1.2 for 0.2, and 1 / 1.2 for −0.2. */
const proportion = (amount: number): number => (amount > 0 ? 1 + amount : 1 / (1 - amount));

/**
 * Draws one digit into 784 bytes of `out` (ink 255), beginning at `offset`.
 * @returns the name of the way in which it was written
 */
export function drawDigit(digit: number, random: Random, out: Uint8Array, offset: number): string {
  const skeleton = chooseSkeleton(digit, random);
  const habit = habits[digit] ?? { slant: 0.14, pen: 2.5 };
  const sloppiness = random.between(0.3, 1.05);
  path.clear();
  for (const stroke of wobble(skeleton.strokes(random), 0.026 * sloppiness, random)) path.addStroke(stroke, 0.05);
  const distortion = {
    bend: 0.05 * sloppiness,
    slant: habit.slant + 0.21 * random.bell(),
    turn: 0.03 * random.bell(),
    stretch: proportion(0.18 * random.bell()),
  };
  distort(path, distortion, random);
  const penWidth = habit.pen * proportion(0.24 * random.bell());
  fitPoints(path, box - penWidth, canvasSize / 2);
  press(path, penWidth, random);
  const edge = random.between(0.95, 1.35);
  fitLine(path, box, canvasSize / 2, edge / 2);
  canvas.fill(0);
  ink(path, canvas, canvasSize, edge);
  centre(out, offset);
  return skeleton.name;
}

/** Where on the canvas the image begins, for a centre of mass: never so far off that the box would be cut. */
function windowStart(centreOfMass: number): number {
  const boxStart = (canvasSize - box) / 2;
  return Math.min(boxStart, Math.max(boxStart + box - size, Math.round(centreOfMass - size / 2)));
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
  const left = windowStart(sumX / mass);
  const top = windowStart(sumY / mass);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const y = row + top;
      const x = column + left;
      const inside = y >= 0 && y < canvasSize && x >= 0 && x < canvasSize;
      const value = inside ? (canvas[y * canvasSize + x] ?? 0) : 0;
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
