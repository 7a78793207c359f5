// Reads .npz, NumPy's zip of arrays: finds the one that is a set of 28×28 images.
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { GanvasError } from '../config/errors.ts';
import { megabytes } from './bytes.ts';
import { maxArrayBytes } from './limits.ts';
import { isImageShape, isNpy, readNpyHeader, readNpyImages, shapeText } from './npy.ts';

/** How training images are usually called, best first: a zip may hold the test images as well. */
const preferred = ['x_train', 'train_images', 'images', 'x', 'arr_0'];

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The images of the first array of shape [n,28,28] or [n,28,28,1], usual names first: [n,28,28], 0 to 255.
 * @param name the file's name, for the sentence of an error
 * @throws GanvasError 'bad-file' (not a zip, damaged, no arrays), 'wrong-shape', 'too-large', or what readNpyImages says
 */
export function readNpzImages(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  const entries = listEntries(bytes, name).filter((entry) => entry.name.endsWith('.npy'));
  if (entries.length === 0) throw new GanvasError('bad-file', `${name} is a zip without NumPy arrays (.npy).`);
  const shapes: string[] = [];
  for (const entry of [...entries].sort((a, b) => rank(a) - rank(b))) {
    const within = `${entry.name} in ${name}`;
    if (entry.originalSize > maxArrayBytes) {
      throw new GanvasError('too-large', `${within} unpacks to more than ${megabytes(maxArrayBytes)}.`);
    }
    const array = unpackEntry(bytes, entry.name, name);
    if (!isNpy(array)) throw new GanvasError('bad-file', `${within} is not an .npy file.`);
    const { shape } = readNpyHeader(array, within);
    if (isImageShape(shape)) return readNpyImages(array, within);
    shapes.push(`${entry.name} ${shapeText(shape)}`);
  }
  throw new GanvasError(
    'wrong-shape',
    `${name} holds no array of shape (n, 28, 28) or (n, 28, 28, 1): it has ${shapes.join(', ')}.`,
  );
}

function rank({ name }: UnzipFileInfo): number {
  const index = preferred.indexOf(name.replace(/\.npy$/, '').toLowerCase());
  return index === -1 ? preferred.length : index;
}

function listEntries(bytes: Uint8Array, name: string): UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  unzip(bytes, name, (entry) => {
    entries.push(entry);
    return false;
  });
  return entries;
}

/** fflate unpacks into a buffer of the size that the zip's list gives, and that size has been checked. */
function unpackEntry(bytes: Uint8Array, entry: string, name: string): Uint8Array<ArrayBuffer> {
  const content = unzip(bytes, name, (found) => found.name === entry)[entry];
  return content ?? new Uint8Array();
}

function unzip(bytes: Uint8Array, name: string, filter: (entry: UnzipFileInfo) => boolean) {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    throw new GanvasError('bad-file', `${name} is damaged or cut off: it cannot be unzipped.`, { cause: error });
  }
}
