// Reads .npy, NumPy's format for one array, when the array is a set of 28×28 images.
import { type FileName, GanvasError } from '../config/errors.ts';
import { plain } from './bytes.ts';
import { pixelsPerImage, side } from './dataset.ts';
import { checkNotTooMany, maxNpyHeaderBytes } from './limits.ts';
import { type NumberReader, numberReader } from './npyNumbers.ts';

export interface NpyHeader {
  /** NumPy's name of the type: '|u1', '<f4'. */
  readonly type: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin, in bytes. */
  readonly dataOffset: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** Whether an array of this shape is a set of images: [n,28,28] or [n,28,28,1]. */
export function isImageShape(shape: readonly number[]): boolean {
  const [, rows, columns, channels = 1] = shape;
  return (shape.length === 3 || shape.length === 4) && rows === side && columns === side && channels === 1;
}

/** (60000, 28, 28), as NumPy writes it. */
export function shapeText(shape: readonly number[]): string {
  return `(${plain(shape.join(', '))}${shape.length === 1 ? ',' : ''})`;
}

/**
 * The header of versions 1, 2 and 3.
 * @param file how errors name the file
 * @throws GanvasError 'bad-file' when it is none, is cut off, or describes what is not one plain array
 */
export function readNpyHeader(bytes: Uint8Array, file: FileName): NpyHeader {
  if (!isNpy(bytes)) throw new GanvasError('npy-magic', { file });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (bytes.length > 6 && (version < 1 || version > 3)) {
    throw new GanvasError('npy-version', { file, version });
  }
  const lengthBytes = version === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  const cutOff = new GanvasError('npy-header-cut-off', { file, bytes: bytes.length });
  if (bytes.length < start) throw cutOff;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > maxNpyHeaderBytes) {
    throw new GanvasError('npy-header-too-long', { file, bytes: length, most: maxNpyHeaderBytes });
  }
  if (bytes.length < start + length) throw cutOff;
  const text = new TextDecoder().decode(bytes.subarray(start, start + length));
  return { ...readDescription(text, file), dataOffset: start + length };
}

/** One member of the Python dictionary that a header is, up to the comma or brace behind it. */
const member = /\s*'(descr|fortran_order|shape)'\s*:\s*(?:'([^']*)'|(True|False)|\(([\d,\sL]*)\))\s*(?:,|(?=\}))/y;
/** Python's tuple of whole numbers; Python 2 wrote an L behind long ones. */
const tuple = /^(?:\s*(?:0|[1-9]\d*)L?\s*,)*(?:\s*(?:0|[1-9]\d*)L?\s*|\s*)$/;

/**
 * Each of the three members once and nothing else: with two shapes Python believes the last one, and other readers
 * another.
 */
function readDescription(text: string, file: FileName): Omit<NpyHeader, 'dataOffset'> {
  let type: string | undefined;
  let order: string | undefined;
  let shape: string | undefined;
  const opened = /^\s*\{/.exec(text)?.[0].length ?? 0;
  let at = opened;
  let members = 0;
  for (;;) {
    member.lastIndex = at;
    const found = member.exec(text);
    if (found === null) break;
    members += 1;
    at = member.lastIndex;
    const [, key] = found;
    if (key === 'descr') type = found[2];
    else if (key === 'fortran_order') order = found[3];
    else shape = found[4];
  }
  const isWhole = opened > 0 && members === 3 && /^\s*\}\s*$/.test(text.slice(at));
  if (!isWhole || type === undefined || order === undefined || shape === undefined || !tuple.test(shape)) {
    throw new GanvasError('npy-no-array', { file });
  }
  const dimensions = shape.split(',').filter((part) => part.trim() !== '');
  return { type, fortranOrder: order === 'True', shape: dimensions.map(Number.parseFloat) };
}

interface NpyImages {
  readonly reader: NumberReader;
  /** Pictures times pixels. */
  readonly numbers: number;
  /** Of the whole file. */
  readonly bytes: number;
}

/** What a header says of the images behind it. @throws GanvasError as readNpyImages does */
function imagesOf({ type, fortranOrder, shape, dataOffset }: NpyHeader, file: FileName): NpyImages {
  if (!isImageShape(shape)) throw new GanvasError('npy-wrong-shape', { file, shape: shapeText(shape) });
  const reader = numberReader(type);
  if (!reader) throw new GanvasError('npy-type', { file, type: plain(type) });
  if (fortranOrder) throw new GanvasError('npy-fortran-order', { file });
  const [count = 0] = shape;
  checkNotTooMany(count);
  const numbers = count * pixelsPerImage;
  return { reader, numbers, bytes: dataOffset + numbers * reader.bytes };
}

/**
 * How long an .npy file of images is by its header, in bytes: what need not be unpacked to be found too long.
 * @throws GanvasError as readNpyImages does for the same header
 */
export const npyImagesBytes = (header: NpyHeader, file: FileName): number => imagesOf(header, file).bytes;

/**
 * The images of an .npy file: [n,28,28], 0 to 255. Where no number is above 1, 1 counts as full ink.
 * @param file how errors name the file
 * @throws GanvasError 'wrong-shape', 'too-large', or 'bad-file' (damaged, a type that is no number, numbers not from 0
 * to 255)
 */
export function readNpyImages(bytes: Uint8Array<ArrayBuffer>, file: FileName): Uint8Array<ArrayBuffer> {
  const header = readNpyHeader(bytes, file);
  const { type, dataOffset } = header;
  const wanted = imagesOf(header, file);
  if (bytes.length !== wanted.bytes) {
    throw new GanvasError('npy-length', {
      file,
      images: wanted.numbers / pixelsPerImage,
      type,
      wanted: wanted.bytes - dataOffset,
      bytes: bytes.length - dataOffset,
    });
  }
  return toInk(bytes.subarray(dataOffset), wanted.numbers, wanted.reader, file);
}

/** Two passes, so that the numbers are never all held as floats. */
function toInk(
  data: Uint8Array<ArrayBuffer>,
  count: number,
  { bytes, read }: NumberReader,
  file: FileName,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const value = read(view, i * bytes);
    if (!Number.isFinite(value)) {
      throw new GanvasError('npy-not-finite', { file, value, image: Math.floor(i / pixelsPerImage) + 1 });
    }
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least < 0 || most > 255) throw new GanvasError('npy-range', { file, least, most });
  const scale = most <= 1 ? 255 : 1;
  const ink = new Uint8Array(count);
  for (let i = 0; i < count; i++) ink[i] = Math.round(read(view, i * bytes) * scale);
  return ink;
}
