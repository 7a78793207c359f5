// Reads IDX, the format of MNIST's files: a magic number, sizes (big-endian), then one byte a pixel or a label.
import { GanvasError } from '../config/errors.ts';
import { pixelsPerImage, side } from './dataset.ts';

const imagesMagic = 2051;
const labelsMagic = 2049;
const imagesHeader = 16;
const labelsHeader = 8;

/** What the bytes are by their first four: null if it is not IDX; 'other' if it is IDX of another type or rank. */
export function idxKind(bytes: Uint8Array): 'images' | 'labels' | 'other' | null {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) return null;
  const magic = uint32(bytes, 0);
  if (magic === imagesMagic) return 'images';
  if (magic === labelsMagic) return 'labels';
  const type = bytes[2] ?? 0;
  const rank = bytes[3] ?? 0;
  return type >= 0x08 && type <= 0x0e && rank >= 1 && rank <= 4 ? 'other' : null;
}

/**
 * The images of an IDX file: [n,28,28], a view into `bytes`.
 * @param name how errors name the file
 * @throws GanvasError 'bad-file' (not such a file, cut off, too long, empty) or 'wrong-shape' (not 28×28)
 */
export function readIdxImages(bytes: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  checkMagic(bytes, name, imagesMagic, 'images');
  if (bytes.length < imagesHeader) throw cutOff(name, bytes.length, imagesHeader);
  const count = uint32(bytes, 4);
  const rows = uint32(bytes, 8);
  const columns = uint32(bytes, 12);
  if (rows !== side || columns !== side) {
    throw new GanvasError('idx-wrong-shape', { file: name, rows, columns });
  }
  // count < 2^32 and 784 a piece: far below 2^53, so this product is exact.
  checkLength(bytes, name, count, 'images', imagesHeader + count * pixelsPerImage);
  return bytes.subarray(imagesHeader);
}

/**
 * The labels of an IDX file: [n], a view into `bytes`.
 * @param name how errors name the file
 * @throws GanvasError 'bad-file' (not such a file, cut off, too long, empty)
 */
export function readIdxLabels(bytes: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  checkMagic(bytes, name, labelsMagic, 'labels');
  if (bytes.length < labelsHeader) throw cutOff(name, bytes.length, labelsHeader);
  const count = uint32(bytes, 4);
  checkLength(bytes, name, count, 'labels', labelsHeader + count);
  return bytes.subarray(labelsHeader);
}

function uint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, false);
}

function checkMagic(bytes: Uint8Array, name: string, wanted: number, what: 'images' | 'labels'): void {
  if (bytes.length < 4) throw cutOff(name, bytes.length, 4);
  const found = uint32(bytes, 0);
  if (found !== wanted) throw new GanvasError('idx-magic', { file: name, what, found, wanted });
}

function checkLength(bytes: Uint8Array, name: string, count: number, what: 'images' | 'labels', wanted: number): void {
  if (count === 0) throw new GanvasError('idx-empty', { file: name, what });
  if (bytes.length === wanted) return;
  throw new GanvasError('idx-length', { file: name, what, count, wanted, bytes: bytes.length });
}

const cutOff = (file: string, bytes: number, header: number): GanvasError =>
  new GanvasError('idx-header-cut-off', { file, bytes, header });
