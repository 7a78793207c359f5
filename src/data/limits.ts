// How much of the visitor's own the page takes in: past these a tab runs out of memory, or was handed a trap.
import { GanvasError } from '../config/errors.ts';
import { pixelsPerImage } from './dataset.ts';

/** All chosen files together. */
export const maxInputBytes = 256 * 2 ** 20;
export const minImages = 64;
export const maxImages = 200_000;
/** What all chosen gz files together may unpack to: the most images, as bytes, with any headers and labels. */
export const maxGunzippedBytes = maxImages * (pixelsPerImage + 1) + 2 ** 16;
/** What one array of a zip may unpack to: 60,000 images of eight-byte numbers, and some more. */
export const maxArrayBytes = 512 * 2 ** 20;
/** What a header of an .npy may take: NumPy's own are a few hundred bytes at most. */
export const maxNpyHeaderBytes = 2 ** 16;
export const maxPictureBytes = 20 * 2 ** 20;
export const maxPictureSide = 4_096;

/** @throws GanvasError 'too-few-images' or 'too-large' */
export function checkCount(count: number): void {
  if (count < minImages) throw new GanvasError('too-few-images', { count, least: minImages });
  checkNotTooMany(count);
}

/** For a count that a header claims, before memory is taken for it. @throws GanvasError 'too-large' */
export function checkNotTooMany(count: number): void {
  if (count > maxImages) throw new GanvasError('too-many-images', { count, most: maxImages });
}
