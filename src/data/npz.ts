// Reads .npz, NumPy's zip of arrays: finds the one that is a set of 28×28 images.
import { type FileName, GanvasError } from '../config/errors.ts';
import { plain } from './bytes.ts';
import { maxArrayBytes, maxNpyHeaderBytes } from './limits.ts';
import { isImageShape, isNpy, npyImagesBytes, readNpyHeader, readNpyImages, shapeText } from './npy.ts';

/**
 * How to open a zip, as src/files does. Handed over, because src/data imports nothing from there, and one careful
 * reader of zips is better than two.
 * @throws GanvasError whose facts name `fileName`
 */
export type OpenZip = (
  archive: Uint8Array,
  fileName: FileName,
) => {
  readonly names: readonly string[];
  read(name: string, limit: number): Uint8Array<ArrayBuffer>;
  peek(name: string, length: number): Uint8Array<ArrayBuffer>;
};

/** How training images are usually called, best first: a zip may hold the test images as well. */
const preferred = ['x_train', 'train_images', 'images', 'x', 'arr_0'];
/** As many arrays of other shapes are named in an error. */
const namedArrays = 8;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The images of the first array of shape [n,28,28] or [n,28,28,1], usual names first: [n,28,28], 0 to 255. Only that
 * array is unpacked; of the others no more than their headers.
 * @param name how errors name the file
 * @throws GanvasError 'bad-file' (not a zip, damaged, no arrays), 'wrong-shape', 'too-large', or what readNpyImages
 * says
 */
export function readNpzImages(bytes: Uint8Array, name: string, openZip: OpenZip): Uint8Array<ArrayBuffer> {
  const zip = open(bytes, name, openZip);
  const arrays = zip.names.filter((entry) => entry.endsWith('.npy')).sort((a, b) => rank(a) - rank(b));
  if (arrays.length === 0) throw new GanvasError('npz-no-arrays', { file: name });
  const others: { name: string; shape: string }[] = [];
  for (const entry of arrays) {
    const within: FileName = { entry: plain(entry), of: name };
    const head = zip.peek(entry, headBytes);
    if (!isNpy(head)) throw new GanvasError('npz-not-npy', { file: within });
    const header = readNpyHeader(head, within);
    const { shape } = header;
    if (isImageShape(shape)) {
      const most = Math.min(maxArrayBytes, npyImagesBytes(header, within));
      return readNpyImages(zip.read(entry, most), within);
    }
    others.push({ name: plain(entry), shape: shapeText(shape) });
  }
  const named = others.slice(0, namedArrays);
  throw new GanvasError('npz-wrong-shapes', { file: name, arrays: named, more: others.length - named.length });
}

/** Any header that is read at all, with the twelve bytes before it. */
const headBytes = maxNpyHeaderBytes + 12;

function open(bytes: Uint8Array, name: string, openZip: OpenZip): ReturnType<OpenZip> {
  try {
    return openZip(bytes, name);
  } catch (error) {
    // What to do about it is another thing here than for weights.
    if (error instanceof GanvasError && error.code === 'zip-none') {
      throw new GanvasError('npz-not-a-zip', { file: name }, { cause: error });
    }
    throw error;
  }
}

function rank(name: string): number {
  const index = preferred.indexOf(name.replace(/\.npy$/, '').toLowerCase());
  return index === -1 ? preferred.length : index;
}
