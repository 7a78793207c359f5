// Decodes the visitor's pictures with the browser's own decoders, one after the other, into images of the dataset.
import { GanvasError } from '../config/errors.ts';
import { throwIfCancelled } from './abort.ts';
import { megabytes } from './bytes.ts';
import { pixelsPerImage } from './dataset.ts';
import { maxPictureBytes, maxPictureSide } from './limits.ts';
import { pictureKind, pictureSize } from './pictureHeader.ts';
import { type FittedPicture, fitPicture } from './picturePixels.ts';

export interface ReadPictures {
  /** [n,28,28], 0 (paper) to 255 (ink), in the order of the files. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** How many had a light background and were inverted. */
  readonly inverted: number;
}

/**
 * @param onRead called after each picture with the bytes read so far
 * @throws GanvasError 'bad-file' (damaged), 'too-large' (file or picture), 'cancelled'; one bad picture fails them all
 */
export async function readPictures(
  files: readonly File[],
  { signal, onRead }: { signal?: AbortSignal | undefined; onRead?: (bytes: number) => void } = {},
): Promise<ReadPictures> {
  const images = new Uint8Array(files.length * pixelsPerImage);
  let inverted = 0;
  let bytes = 0;
  for (const [index, file] of files.entries()) {
    throwIfCancelled(signal);
    const picture = await readPicture(file);
    images.set(picture.pixels, index * pixelsPerImage);
    if (picture.inverted) inverted += 1;
    bytes += file.size;
    onRead?.(bytes);
  }
  throwIfCancelled(signal);
  return { images, inverted };
}

async function readPicture(file: File): Promise<FittedPicture> {
  if (file.size > maxPictureBytes) {
    throw new GanvasError('too-large', `${file.name} is larger than ${megabytes(maxPictureBytes)}.`);
  }
  const damaged = (cause?: unknown) =>
    new GanvasError('bad-file', `${file.name} is damaged: this browser cannot decode it.`, { cause });
  const bytes = new Uint8Array(
    await file.arrayBuffer().catch((error) => {
      throw new GanvasError('bad-file', `${file.name} cannot be read.`, { cause: error });
    }),
  );
  const kind = pictureKind(bytes);
  const claimed = kind && pictureSize(bytes, kind);
  if (!claimed || claimed.width === 0 || claimed.height === 0) throw damaged();
  if (claimed.width > maxPictureSide || claimed.height > maxPictureSide) {
    const size = `${claimed.width}×${claimed.height}`;
    throw new GanvasError('too-large', `${file.name} has ${size} pixels; ${maxPictureSide} a side is the most.`);
  }
  const bitmap = await createImageBitmap(new Blob([bytes])).catch((error) => {
    throw damaged(error);
  });
  try {
    // A bitmap's own size: a JPEG's orientation may have turned it.
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new GanvasError('out-of-memory', `There is no memory to decode ${file.name}.`);
    context.drawImage(bitmap, 0, 0);
    return fitPicture(context.getImageData(0, 0, width, height).data, width, height);
  } finally {
    bitmap.close();
  }
}
