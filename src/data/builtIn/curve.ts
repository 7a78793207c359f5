// From knots to a path: a centripetal Catmull-Rom spline (it makes no loops of its own), sampled about a pixel apart.
import type { Knot, Stroke } from './stroke.ts';

/** Room for points; the longest digit takes less than half of it. */
const capacity = 1024;

/** A path as the pen follows it; made once and filled anew for each digit. */
export class Path {
  count = 0;
  readonly x = new Float64Array(capacity);
  readonly y = new Float64Array(capacity);
  /** The pen's width at each point. */
  readonly width = new Float64Array(capacity);
  /** 1 where a stroke begins: the pen did not draw the way to this point. */
  readonly lifted = new Uint8Array(capacity);

  clear(): void {
    this.count = 0;
  }

  add(x: number, y: number, lifted: boolean): void {
    if (this.count === capacity) return;
    this.x[this.count] = x;
    this.y[this.count] = y;
    this.lifted[this.count] = lifted ? 1 : 0;
    this.count++;
  }

  /** Adds a stroke, its points at most `spacing` apart. */
  addStroke(stroke: Stroke, spacing: number): void {
    const first = stroke[0];
    if (first === undefined) return;
    this.add(first.x, first.y, true);
    for (let index = 0; index + 1 < stroke.length; index++) this.#addSpan(stroke, index, spacing);
  }

  #addSpan(stroke: Stroke, index: number, spacing: number): void {
    const from = stroke[index] as Knot;
    const to = stroke[index + 1] as Knot;
    // At an end and at a corner the neighbour beyond has no say in the direction.
    const before = (from.corner ? undefined : stroke[index - 1]) ?? mirrored(to, from);
    const after = (to.corner ? undefined : stroke[index + 2]) ?? mirrored(from, to);
    const t0 = knotDistance(before, from);
    const t1 = knotDistance(from, to);
    const t2 = knotDistance(to, after);
    const x0 = tangent(before.x, from.x, to.x, t0, t1);
    const y0 = tangent(before.y, from.y, to.y, t0, t1);
    const x1 = -tangent(after.x, to.x, from.x, t2, t1);
    const y1 = -tangent(after.y, to.y, from.y, t2, t1);
    const steps = Math.max(1, Math.ceil((t1 * t1) / spacing));
    for (let step = 1; step <= steps; step++) {
      const t = step / steps;
      const s = 1 - t;
      const a = s * s * (1 + 2 * t);
      const b = s * s * t;
      const c = t * t * (3 - 2 * t);
      const d = -t * t * s;
      this.add(a * from.x + b * x0 + c * to.x + d * x1, a * from.y + b * y0 + c * to.y + d * y1, false);
    }
  }
}

const mirrored = (point: Knot, around: Knot): Knot => ({
  x: 2 * around.x - point.x,
  y: 2 * around.y - point.y,
  corner: false,
});

/** The centripetal parameter: the square root of the distance. */
function knotDistance(a: Knot, b: Knot): number {
  const x = b.x - a.x;
  const y = b.y - a.y;
  return Math.max(1e-3, Math.sqrt(Math.sqrt(x * x + y * y)));
}

/** The derivative at `here` of the parabola through three values, times the length of the span that begins here. */
function tangent(before: number, here: number, after: number, t0: number, t1: number): number {
  return t1 * ((here - before) / t0 - (after - before) / (t0 + t1) + (after - here) / t1);
}
