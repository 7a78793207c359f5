// The pen: how wide the line is at each place of a path, and the ink that it leaves in the pixels.
import type { Path } from './curve.ts';
import type { Random } from './random.ts';

/** Sets the path's widths, in pixels: a pen of the given width with pressure, tapering ends and a slightly flat nib. */
export function press(path: Path, penWidth: number, random: Random): void {
  const nib = random.between(0, 0.22);
  const nibX = random.between(-1, 1);
  const nibY = Math.sqrt(1 - nibX * nibX);
  let start = 0;
  while (start < path.count) {
    let end = start + 1;
    while (end < path.count && path.lifted[end] === 0) end++;
    pressStroke(path, start, end, penWidth, random);
    start = end;
  }
  for (let index = 0; index < path.count; index++) {
    const next = Math.min(path.count - 1, index + 1);
    const from = path.lifted[next] === 1 || next === index ? Math.max(0, index - 1) : index;
    const x = (path.x[from + 1] ?? 0) - (path.x[from] ?? 0);
    const y = (path.y[from + 1] ?? 0) - (path.y[from] ?? 0);
    const along = x * nibX + y * nibY;
    const share = (along * along) / (x * x + y * y + 1e-9);
    path.width[index] = (path.width[index] ?? 0) * (1 + nib * (0.5 - share));
  }
}

/** How rough the line is: a share of its width, and pixels off its course. Paper and scanner leave no smooth edge. */
const tremor = 0.14;

function pressStroke(path: Path, start: number, end: number, penWidth: number, random: Random): void {
  const first = random.between(0.82, 1.18);
  const middle = random.between(0.86, 1.14);
  const last = random.between(0.82, 1.18);
  const taperIn = random.chance(0.3) ? random.between(0.15, 0.45) : 0;
  const taperOut = random.chance(0.45) ? random.between(0.2, 0.6) : 0;
  for (let index = start; index < end; index++) {
    const t = (index - start) / Math.max(1, end - start - 1);
    const s = 1 - t;
    let pressure = first * s * s + 2 * middle * s * t + last * t * t;
    if (t < 0.15) pressure *= 1 - taperIn * (1 - t / 0.15);
    if (t > 0.8) pressure *= 1 - taperOut * ((t - 0.8) / 0.2);
    path.width[index] = Math.max(0.9, penWidth * pressure * (1 + tremor * random.between(-1, 1)));
    path.x[index] = (path.x[index] ?? 0) + tremor * random.between(-1, 1);
    path.y[index] = (path.y[index] ?? 0) + tremor * random.between(-1, 1);
  }
}

/**
 * Inks a path onto a square canvas of `size`×`size` (0 to 1, zeroed by the caller). Each pixel takes the densest ink
 * that any part of the line gives it; `edge` is the width in pixels over which the line's border fades.
 */
export function ink(path: Path, canvas: Float32Array, size: number, edge: number): void {
  for (let index = 0; index < path.count; index++) {
    const from = path.lifted[index] === 1 ? index : index - 1;
    inkSegment(path, from, index, canvas, size, edge);
  }
}

function inkSegment(path: Path, from: number, to: number, canvas: Float32Array, size: number, edge: number): void {
  const ax = path.x[from] ?? 0;
  const ay = path.y[from] ?? 0;
  const bx = path.x[to] ?? 0;
  const by = path.y[to] ?? 0;
  const aRadius = (path.width[from] ?? 0) / 2;
  const bRadius = (path.width[to] ?? 0) / 2;
  const reach = Math.max(aRadius, bRadius) + edge / 2;
  const left = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const right = Math.min(size - 1, Math.floor(Math.max(ax, bx) + reach));
  const top = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const bottom = Math.min(size - 1, Math.floor(Math.max(ay, by) + reach));
  const dx = bx - ax;
  const dy = by - ay;
  const scale = 1 / (dx * dx + dy * dy + 1e-12);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - ax;
      const py = row + 0.5 - ay;
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) * scale));
      const ex = px - t * dx;
      const ey = py - t * dy;
      const radius = aRadius + t * (bRadius - aRadius);
      const limit = radius + edge / 2;
      const squared = ex * ex + ey * ey;
      if (squared >= limit * limit) continue;
      const density = Math.min(1, (limit - Math.sqrt(squared)) / edge);
      const pixel = row * size + column;
      if (density > (canvas[pixel] ?? 0)) canvas[pixel] = density;
    }
  }
}
