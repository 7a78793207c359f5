// Sizes at which pictures stay crisp: whole device pixels for each of the 28, wherever that does not waste the room.
import { fixed } from '../../config/run.ts';

export interface GalleryLayout {
  /** Side of a generated tile, in CSS pixels. */
  readonly tile: number;
  readonly realTile: number;
  readonly realColumns: number;
  readonly realRows: number;
  /** Whether the real digits stand beside the generated ones, or below. */
  readonly beside: boolean;
  /** Between tiles, in CSS pixels. */
  readonly gap: number;
}

const size = fixed.imageSize;
export const between = 24;
const largest = 84;
/** Smaller than this, a digit cannot be read. */
const smallest = 22;

const span = (tiles: number, tile: number, gap: number): number => tiles * tile + (tiles - 1) * gap;

/**
 * The best sizes for a part of the page that is `width` CSS pixels wide, on a screen of `ratio` device pixels each, in
 * a window that is `windowHeight` high: the curves and the status stay in sight with the digits.
 */
export function galleryLayout(width: number, ratio: number, windowHeight: number): GalleryLayout {
  const unit = size / ratio;
  const gap = Math.max(1, Math.round(2 * ratio)) / ratio;
  const most = Math.max(1, Math.floor(Math.min(largest, (0.6 * windowHeight) / 8) / unit));
  const fits = (tiles: number, tile: number, room: number): boolean => span(tiles, tile, gap) <= room;

  let alone = 0;
  for (let k = most; k >= 1 && alone === 0; k--) if (fits(8, k * unit, width)) alone = k;
  for (let k = alone; k >= 1 && k * unit >= smallest; k--) {
    for (let j = k; j >= 1 && j * unit >= smallest; j--) {
      // Beside is worth something smaller, not something half as large.
      const room = width - between - span(8, k * unit, gap);
      if (fits(4, j * unit, room) && k * unit >= 0.75 * alone * unit) {
        return { tile: k * unit, realTile: j * unit, realColumns: 4, realRows: 8, beside: true, gap };
      }
    }
  }
  // Below. Where whole multiples would leave much room unused, any multiple of a device pixel will do.
  let tile = alone * unit;
  if (span(8, tile, gap) < 0.88 * Math.min(width, span(8, 56, gap))) {
    tile = Math.floor(((width - 7 * gap) / 8) * ratio) / ratio;
  }
  const half = Math.floor(((tile - gap) / 2) * ratio) / ratio;
  const wide = half >= smallest;
  const realTile = wide ? half : tile;
  const realColumns = wide ? 16 : 8;
  return { tile, realTile, realColumns, realRows: 32 / realColumns, beside: false, gap };
}
