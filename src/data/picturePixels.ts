// From a decoded picture to an image of the dataset: grey, fitted to 28×28, ink on empty paper. Pure arithmetic.
import { pixelsPerImage, side } from './dataset.ts';

export interface FittedPicture {
  /** [28,28], 0 (paper) to 255 (ink). */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** The background was light: dark ink became light ink, as MNIST has it. */
  readonly inverted: boolean;
}

/**
 * @param rgba [height,width,4], not premultiplied, as ImageData has it
 */
export function fitPicture(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): FittedPicture {
  const background = backgroundOf(rgba, width, height);
  const inverted = background > 127.5;
  const ink = new Float32Array(width * height);
  for (let i = 0; i < ink.length; i++) {
    const alpha = (rgba[i * 4 + 3] ?? 0) / 255;
    const grey = alpha * luma(rgba, i) + (1 - alpha) * background;
    ink[i] = inverted ? 255 - grey : grey;
  }
  const scale = side / Math.max(width, height);
  const fittedWidth = Math.max(1, Math.round(width * scale));
  const fittedHeight = Math.max(1, Math.round(height * scale));
  const rows = resampleRows(ink, width, height, fittedWidth);
  // Turned over, columns are rows.
  const fitted = resampleRows(transpose(rows, fittedWidth, height), height, fittedWidth, fittedHeight);
  const pixels = new Uint8Array(pixelsPerImage).fill(Math.round(inverted ? 255 - background : background));
  const left = Math.floor((side - fittedWidth) / 2);
  const top = Math.floor((side - fittedHeight) / 2);
  for (let y = 0; y < fittedHeight; y++) {
    for (let x = 0; x < fittedWidth; x++) {
      pixels[(top + y) * side + left + x] = Math.round(fitted[x * fittedHeight + y] ?? 0);
    }
  }
  return { pixels, inverted };
}

/** Rec. 601, the weights of 'grey' in most image tools; 0 to 255. */
function luma(rgba: Uint8ClampedArray | Uint8Array, pixel: number): number {
  const at = pixel * 4;
  return 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
}

/**
 * The background's brightness, 0 to 255: that of the border. A border that is mostly transparent has none of its own,
 * so the background is then what the drawing stands out from: white behind dark ink, black behind light ink.
 */
function backgroundOf(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): number {
  const pixels = width * height;
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(x, pixels - 1 - x);
  for (let y = 1; y < height - 1; y++) border.push(y * width, y * width + width - 1);
  const edge = meanOf(rgba, border.length, (index) => border[index] ?? 0);
  if (edge.alpha >= 127.5) return edge.light;
  const all = meanOf(rgba, pixels, (index) => index);
  if (all.alpha === 0) return 0;
  return all.light < 127.5 ? 255 : 0;
}

/** The mean opacity of `count` pixels, and the mean brightness of what is opaque of them; both 0 to 255. */
function meanOf(rgba: Uint8ClampedArray | Uint8Array, count: number, pixelAt: (index: number) => number) {
  let light = 0;
  let alpha = 0;
  for (let i = 0; i < count; i++) {
    const pixel = pixelAt(i);
    const opacity = rgba[pixel * 4 + 3] ?? 0;
    alpha += opacity;
    light += opacity * luma(rgba, pixel);
  }
  return { alpha: alpha / count, light: alpha === 0 ? 0 : light / alpha };
}

/**
 * Each row of [height,width] resampled to `target` pixels, each the mean of the stretch of the row that it covers.
 * Exact where sizes are equal; thin strokes grow faint but never vanish, as they do where a filter skips pixels.
 */
function resampleRows(pixels: Float32Array, width: number, height: number, target: number): Float32Array {
  const out = new Float32Array(target * height);
  const step = width / target;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < target; x++) {
      const from = x * step;
      const to = Math.min(width, from + step);
      let sum = 0;
      for (let source = Math.floor(from); source < to; source++) {
        const covered = Math.min(to, source + 1) - Math.max(from, source);
        sum += covered * (pixels[y * width + source] ?? 0);
      }
      out[y * target + x] = sum / step;
    }
  }
  return out;
}

function transpose(pixels: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[x * height + y] = pixels[y * width + x] ?? 0;
  }
  return out;
}
