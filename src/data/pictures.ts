// Decodes the visitor's pictures with the browser's own decoders, some at a time, into images of the dataset.
import { GanvasError } from '../config/errors.ts';
import { throwIfCancelled } from './abort.ts';
import { pixelsPerImage } from './dataset.ts';
import { maxPictureBytes, maxPictureSide } from './limits.ts';
import { type PictureSize, pictureKind, pictureSize } from './pictureHeader.ts';
import { type FittedPicture, fitPicture } from './picturePixels.ts';
import { readsBackTruly } from './readBack.ts';

/** While a run goes on every wait lasts a part of its step: files are not waited for one by one. */
export const filesAtOnce = 32;

export interface ReadPictures {
  /** [n,28,28], 0 (paper) to 255 (ink), in the order of the files. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** How many had a light background and were inverted. */
  readonly inverted: number;
}

/**
 * @param onRead called after each picture with the bytes read so far
 * @throws GanvasError 'canvas-scrambled', 'bad-file' (damaged), 'too-large' (file or picture), 'cancelled'; one bad
 * picture fails them all
 */
export async function readPictures(
  files: readonly File[],
  { signal, onRead }: { signal?: AbortSignal | undefined; onRead?: (bytes: number) => void } = {},
): Promise<ReadPictures> {
  const images = new Uint8Array(files.length * pixelsPerImage);
  let inverted = 0;
  let bytes = 0;
  let index = 0;
  if (files.length > 0 && !readsBackTruly()) {
    throw new GanvasError('canvas-scrambled', {});
  }
  for (let start = 0; start < files.length; start += filesAtOnce) {
    throwIfCancelled(signal);
    const opened = await Promise.all(files.slice(start, start + filesAtOnce).map(openPicture));
    for (const group of groupsOf(opened)) {
      for (const picture of await Promise.all(group.map(decodePicture))) {
        throwIfCancelled(signal);
        images.set(picture.pixels, index * pixelsPerImage);
        if (picture.inverted) inverted += 1;
        bytes += files[index]?.size ?? 0;
        index += 1;
        onRead?.(bytes);
      }
    }
  }
  throwIfCancelled(signal);
  return { images, inverted };
}

interface OpenedPicture {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** As its header says. */
  readonly pixels: number;
}

const damaged = (name: string, cause?: unknown) => new GanvasError('picture-damaged', { file: name }, { cause });

async function openPicture(file: File): Promise<OpenedPicture> {
  const { name } = file;
  if (file.size > maxPictureBytes) {
    throw new GanvasError('picture-file-too-large', { file: name, most: maxPictureBytes });
  }
  const bytes = new Uint8Array(
    await file.arrayBuffer().catch((error) => {
      throw new GanvasError('file-unreadable', { file: name }, { cause: error });
    }),
  );
  const kind = pictureKind(bytes);
  const claimed = kind && pictureSize(bytes, kind);
  if (!claimed || claimed.width === 0 || claimed.height === 0) throw damaged(name);
  checkSize(name, claimed);
  return { name, bytes, pixels: claimed.width * claimed.height };
}

/** @throws GanvasError 'too-large' */
function checkSize(name: string, { width, height }: PictureSize): void {
  if (width <= maxPictureSide && height <= maxPictureSide) return;
  throw new GanvasError('picture-too-large', { file: name, width, height, most: maxPictureSide });
}

/** In their order, as many together as the memory of one large picture holds. */
function groupsOf(pictures: readonly OpenedPicture[]): OpenedPicture[][] {
  const groups: OpenedPicture[][] = [];
  let room = 0;
  for (const picture of pictures) {
    room -= picture.pixels;
    const last = groups.at(-1);
    if (last && room >= 0) {
      last.push(picture);
    } else {
      groups.push([picture]);
      room = maxPictureSide ** 2 - picture.pixels;
    }
  }
  return groups;
}

async function decodePicture({ name, bytes }: OpenedPicture): Promise<FittedPicture> {
  const bitmap = await createImageBitmap(new Blob([bytes])).catch((error) => {
    throw damaged(name, error);
  });
  try {
    // A bitmap's own size: a JPEG's orientation may have turned it.
    const { width, height } = bitmap;
    // And whatever the header claimed: this is what came out.
    checkSize(name, bitmap);
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new GanvasError('picture-memory', { file: name });
    context.drawImage(bitmap, 0, 0);
    return fitPicture(context.getImageData(0, 0, width, height).data, width, height);
  } finally {
    bitmap.close();
  }
}
