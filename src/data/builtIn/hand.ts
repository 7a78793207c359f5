// The hand: what makes two digits of the same skeleton differ, from wobbling knots to slant, bend and proportions.
import type { Path } from './curve.ts';
import type { Random } from './random.ts';
import type { Knot, Stroke } from './stroke.ts';

/**
 * Moves every knot a little, by `amount` of the digit's height (one standard deviation), and by less where knots lie
 * close together: there the same step would be a kink.
 */
export function wobble(strokes: readonly Stroke[], amount: number, random: Random): Stroke[] {
  return strokes.map((stroke) =>
    stroke.map((knot, index) => {
      const room = Math.min(distance(knot, stroke[index - 1]), distance(knot, stroke[index + 1]));
      const reach = amount * Math.min(1, room / 0.55);
      return { x: knot.x + reach * random.bell(), y: knot.y + reach * random.bell(), corner: knot.corner };
    }),
  );
}

const distance = (a: Knot, b: Knot | undefined): number =>
  b === undefined ? 1 : Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));

/** How a hand distorts what it writes, as one smooth map of the plane. */
export interface Distortion {
  /** Standard deviation of the bend's terms, in digit heights. */
  readonly bend: number;
  /** x moved for each unit of height: positive leans to the right. */
  readonly slant: number;
  /** Tangent of half the angle, clockwise. */
  readonly turn: number;
  /** Width against height. */
  readonly stretch: number;
}

/**
 * Bends, stretches, slants and turns a path in place, around the centre of its box. The bend is a random polynomial of
 * low degree, so that neighbouring places move together.
 */
export function distort(path: Path, { bend, slant, turn, stretch }: Distortion, random: Random): void {
  const { left, right, top, bottom } = boundsOf(path);
  const halfHeight = Math.max(0.05, (bottom - top) / 2);
  const middleX = (left + right) / 2;
  const middleY = (top + bottom) / 2;
  const terms = Array.from({ length: 14 }, () => bend * random.bell());
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = terms;
  const [, , , , , , , h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0] = terms;
  const cosine = (1 - turn * turn) / (1 + turn * turn);
  const sine = (2 * turn) / (1 + turn * turn);
  for (let index = 0; index < path.count; index++) {
    const u = ((path.x[index] ?? 0) - middleX) / halfHeight;
    const v = ((path.y[index] ?? 0) - middleY) / halfHeight;
    const uu = 1.5 * u * u - 0.5;
    const vv = 1.5 * v * v - 0.5;
    const uuu = u * (2.5 * u * u - 1.5);
    const vvv = v * (2.5 * v * v - 1.5);
    const bentX = u + a * uu + b * u * v + c * vv + d * vvv + e * u * vv + f * v * uu + g * uuu;
    const bentY = v + h * uu + i * u * v + j * vv + k * vvv + l * u * vv + m * v * uu + n * uuu;
    const x = stretch * bentX - slant * bentY;
    path.x[index] = cosine * x - sine * bentY;
    path.y[index] = sine * x + cosine * bentY;
  }
}

interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The box of a path's points, or, with `margin`, of its line, which fades out `margin` pixels beyond its width. */
function boundsOf(path: Path, margin?: number): Bounds {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < path.count; index++) {
    const x = path.x[index] ?? 0;
    const y = path.y[index] ?? 0;
    const reach = margin === undefined ? 0 : (path.width[index] ?? 0) / 2 + margin;
    left = Math.min(left, x - reach);
    right = Math.max(right, x + reach);
    top = Math.min(top, y - reach);
    bottom = Math.max(bottom, y + reach);
  }
  return { left, right, top, bottom };
}

/** Scales and moves a path's points: their box's longer side becomes `length` pixels, its middle (middle, middle). */
export function fitPoints(path: Path, length: number, middle: number): void {
  const { left, right, top, bottom } = boundsOf(path);
  move(path, length / Math.max(right - left, bottom - top, 1e-6), (left + right) / 2, (top + bottom) / 2, middle);
}

/** The same for the line that a path's widths make, fading out over `margin` pixels; the widths stay what they are. */
export function fitLine(path: Path, length: number, middle: number, margin: number): void {
  const points = boundsOf(path);
  const line = boundsOf(path, margin);
  const wide = line.right - line.left > line.bottom - line.top;
  const span = wide ? points.right - points.left : points.bottom - points.top;
  const reach = (wide ? line.right - line.left : line.bottom - line.top) - span;
  const scale = Math.max(0.1, length - reach) / Math.max(span, 1e-6);
  move(path, scale, (points.left + points.right) / 2, (points.top + points.bottom) / 2, 0);
  const moved = boundsOf(path, margin);
  move(path, 1, (moved.left + moved.right) / 2, (moved.top + moved.bottom) / 2, middle);
}

function move(path: Path, scale: number, fromX: number, fromY: number, to: number): void {
  for (let index = 0; index < path.count; index++) {
    path.x[index] = ((path.x[index] ?? 0) - fromX) * scale + to;
    path.y[index] = ((path.y[index] ?? 0) - fromY) * scale + to;
  }
}
