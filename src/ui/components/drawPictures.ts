// Pixels onto a canvas: ink on paper in the colours of the theme, each image pixel as large as the tile makes it, never
// blurred.
import { fixed } from '../../config/run.ts';

const size = fixed.imageSize;
const area = size * size;

export interface Sheet {
  readonly columns: number;
  readonly rows: number;
  /** In CSS pixels. */
  readonly tile: number;
  readonly gap: number;
}

type Rgb = readonly [number, number, number];

/** Ink and paper by the canvas's CSS: 'rgb(…)' of its color and background. */
function inkAndPaper(canvas: HTMLCanvasElement): { ink: Rgb; paper: Rgb } {
  const style = getComputedStyle(canvas);
  const numbers = (css: string): Rgb => {
    const [r = 0, g = 0, b = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b];
  };
  return { ink: numbers(style.color), paper: numbers(style.backgroundColor) };
}

let scratch: HTMLCanvasElement | null = null;

/**
 * `pixels`: images of 28×28 one after the other, 0 (paper) to 255 (ink); tiles without an image stay as they were
 * cleared.
 */
export function drawPictures(canvas: HTMLCanvasElement, pixels: Uint8Array, sheet: Sheet): void {
  const ratio = window.devicePixelRatio;
  const { columns, rows } = sheet;
  const tile = Math.round(sheet.tile * ratio);
  const gap = Math.round(sheet.gap * ratio);
  const width = columns * tile + (columns - 1) * gap;
  const height = rows * tile + (rows - 1) * gap;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  const count = Math.min(columns * rows, Math.floor(pixels.length / area));
  if (context === null || count === 0 || tile < 1) return;

  const { ink, paper } = inkAndPaper(canvas);
  const image = new ImageData(size, count * size);
  const data = image.data;
  for (let i = 0; i < count * area; i++) {
    const share = (pixels[i] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel++) {
      const from = paper[channel] ?? 0;
      data[4 * i + channel] = from + ((ink[channel] ?? 0) - from) * share;
    }
    data[4 * i + 3] = 255;
  }
  scratch ??= document.createElement('canvas');
  // One image below the other, each pixel as it is.
  scratch.width = size;
  scratch.height = count * size;
  scratch.getContext('2d')?.putImageData(image, 0, 0);

  const whole = tile % size === 0;
  context.imageSmoothingEnabled = !whole;
  context.clearRect(0, 0, width, height);
  const source = whole ? scratch : enlarged(scratch, Math.ceil(tile / size), count);
  const step = source.width;
  for (let i = 0; i < count; i++) {
    const x = (i % columns) * (tile + gap);
    const y = Math.floor(i / columns) * (tile + gap);
    context.drawImage(source, 0, i * step, step, step, x, y, tile, tile);
  }
}

let larger: HTMLCanvasElement | null = null;

/**
 * Where a tile is no whole multiple, it is made from one a little too large: edges soft by less than a device pixel.
 */
function enlarged(source: HTMLCanvasElement, factor: number, count: number): HTMLCanvasElement {
  larger ??= document.createElement('canvas');
  larger.width = size * factor;
  larger.height = size * count * factor;
  const context = larger.getContext('2d');
  if (context !== null) {
    context.imageSmoothingEnabled = false;
    context.drawImage(source, 0, 0, larger.width, larger.height);
  }
  return larger;
}
