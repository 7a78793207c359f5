// What a skeleton is made of: strokes through points, in a box about 1 high, x to the right and y down.
import type { Random } from './random.ts';

/** A place that the pen passes; at a corner it changes direction at once. */
export interface Knot {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}

/** What the pen draws without being lifted. */
export type Stroke = readonly Knot[];

/** One way to write a digit. Its own proportions are drawn anew each time. */
export interface Skeleton {
  readonly name: string;
  /** How often people write it so, against the digit's other ways. */
  readonly weight: number;
  readonly strokes: (random: Random) => readonly Stroke[];
}

/** A place that the pen passes smoothly. */
export const at = (x: number, y: number): Knot => ({ x, y, corner: false });

/** A place where the pen turns sharply. */
export const corner = (x: number, y: number): Knot => ({ x, y, corner: true });

/**
 * Sine of an angle in turns by Bhāskara's formula (off by 0.002 at most): pure arithmetic, the same on every engine.
 */
function sine(turns: number): number {
  const phase = turns - Math.floor(turns);
  const half = phase < 0.5 ? phase : phase - 0.5;
  const product = half * (0.5 - half);
  const value = (16 * product) / (1.25 - 4 * product);
  return phase < 0.5 ? value : -value;
}

/**
 * Knots along an ellipse, the first and the last included. Angles are in turns: 0 is right, 0.25 is down, 0.5 left,
 * 0.75 up; from a smaller to a larger angle is clockwise.
 */
export function arc(x: number, y: number, radiusX: number, radiusY: number, from: number, to: number): Knot[] {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) * 8));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = from + ((to - from) * step) / steps;
    return at(x + radiusX * sine(angle + 0.25), y + radiusY * sine(angle));
  });
}
