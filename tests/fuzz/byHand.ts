// Second opinions for the fuzzer: what a file holds, found out by other code than the page's own.
import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';

const fail = (why: string): never => {
  throw new Error(why);
};

/** Fails unless both are the same bytes. */
export function same(found: Uint8Array, wanted: Uint8Array, what: string): void {
  if (!Buffer.from(found.buffer, found.byteOffset, found.byteLength).equals(wanted)) {
    fail(`${what}: ${found.length} bytes are not the ${wanted.length} that were expected.`);
  }
}

export function isTrue(condition: boolean, what: string): void {
  if (!condition) fail(what);
}

type Numbers = Iterable<number | bigint>;
const arrays: Readonly<Record<string, new (buffer: ArrayBuffer) => Numbers>> = {
  u1: Uint8Array,
  i1: Int8Array,
  b1: Uint8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  u8: BigUint64Array,
  i8: BigInt64Array,
  f2: Uint16Array,
  f4: Float32Array,
  f8: Float64Array,
};

/** A half-precision float by the bits of the single-precision one that has another bias. */
const half = (bits: number): number =>
  new Float32Array(Uint32Array.of(((bits & 0x8000) << 16) | ((bits & 0x7fff) << 13)).buffer)[0] ?? Number.NaN;

/** The ink of an .npy file, its header taken for JSON and its numbers for a typed array of this machine. */
export function npyByHand(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, length] = bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const text = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  const header = JSON.parse(
    text
      // Python knows more kinds of space than JSON.
      .replace(/\s/g, ' ')
      .replace(/(\d)L/g, '$1')
      .replace(/,\s*([)}])/g, '$1')
      .replace(/\(/g, '[')
      .replace(/\)/g, ']')
      .replace(/'/g, '"')
      .replace('False', 'false')
      .replace('True', 'true'),
  );
  const { descr, shape, fortran_order } = header as { descr: string; shape: number[]; fortran_order: boolean };
  const [order, type] = [descr[0], descr.slice(1)];
  const count = shape.reduce((product, size) => product * size, 1);
  const data = Uint8Array.from(bytes.subarray(start + length));
  const size = Number(type[1]);
  isTrue(data.length === count * size && shape[1] === 28 && shape[2] === 28, `${text} with ${data.length} bytes`);
  isTrue(!fortran_order && Object.keys(header).length === 3, text);
  if (order === '>') for (let at = 0; at < data.length; at += size) data.subarray(at, at + size).reverse();
  const made = arrays[type] ?? fail(`type ${descr}`);
  const values = Array.from<number | bigint, number>(new made(data.buffer), (value) => {
    const number = type === 'f2' ? half(Number(value)) * 2 ** 112 : Number(value);
    return type === 'b1' ? Number(number !== 0) : number;
  });
  const scale = values.every((value) => value <= 1) ? 255 : 1;
  isTrue(
    values.every((value) => value >= 0 && value <= 255),
    'a number out of range was accepted',
  );
  return Uint8Array.from(values, (value) => Math.round(value * scale));
}

/** The ink of an IDX file of images: what is behind its 16 bytes, if those say so. */
export function idxByHand(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes);
  const [magic, count, rows, columns] = [0, 4, 8, 12].map((at) => buffer.readUInt32BE(at));
  isTrue(magic === 2051 && rows === 28 && columns === 28, 'an IDX file of another kind was accepted');
  isTrue(16 + (count ?? 0) * 784 === bytes.length, `${count} images in ${bytes.length} bytes`);
  return bytes.slice(16);
}

/**
 * The files of a zip by its table of contents and zlib; those that zlib cannot unpack, or not rightly, are left out.
 */
export function unzipByHand(bytes: Uint8Array): ReadonlyMap<string, Buffer> {
  const buffer = Buffer.from(bytes);
  const files = new Map<string, Buffer>();
  const end = buffer.lastIndexOf('PK\x05\x06');
  let at = buffer.readUInt32LE(end + 16);
  for (let left = buffer.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed, size] = [
      buffer.readUInt16LE(at + 10),
      buffer.readUInt32LE(at + 20),
      buffer.readUInt32LE(at + 24),
    ];
    const name = buffer.toString('utf8', at + 46, at + 46 + buffer.readUInt16LE(at + 28));
    try {
      const local = buffer.readUInt32LE(at + 42);
      const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
      const content = buffer.subarray(start, start + packed);
      const file = method === 0 ? content : inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
      if (file.length === size && crc32(file) === buffer.readUInt32LE(at + 16)) files.set(name, file);
    } catch {
      // Damaged. Whoever has read it all the same will find no second opinion here.
    }
    at += 46 + buffer.readUInt16LE(at + 28) + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return files;
}

/** Whether some array of an .npz holds this ink. */
export function isInNpz(bytes: Uint8Array, ink: Uint8Array): boolean {
  return [...unzipByHand(bytes)].some(([name, array]) => {
    if (!name.endsWith('.npy')) return false;
    try {
      return Buffer.from(npyByHand(array)).equals(ink);
    } catch {
      // Another array of the zip, which is no set of images.
      return false;
    }
  });
}

/** Fails unless some reading by hand of the visitor's file gives this ink. */
export function checkOwn(bytes: Uint8Array, ink: Uint8Array): void {
  const content = bytes[0] === 0x1f && bytes[1] === 0x8b ? new Uint8Array(gunzipSync(bytes)) : bytes;
  if (content[0] === 0x50) isTrue(isInNpz(content, ink), 'no array of the .npz holds these images');
  else same(ink, content[0] === 0x93 ? npyByHand(content) : idxByHand(content), 'the images');
}

/**
 * The frame of a JPEG as decoders find it, who search for the next marker: what stands alone has no length, and what is
 * between two segments is skipped.
 */
function jpegFrame(buffer: Buffer): { width: number; height: number } | null {
  for (let at = 2; at + 9 <= buffer.length; ) {
    const marker = buffer[at] === 0xff ? (buffer[at + 1] ?? 0) : 0xff;
    if (marker === 0 || marker === 0xff) at += 1;
    else if (marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: buffer.readUInt16BE(at + 5), width: buffer.readUInt16BE(at + 7) };
    else at += 2 + buffer.readUInt16BE(at + 2);
  }
  return null;
}

/** Fails unless the width and height are those that a decoder takes memory for. */
export function checkPicture(bytes: Uint8Array, kind: string, width: number, height: number): void {
  const buffer = Buffer.from(bytes);
  // Somewhere a frame must begin that reaches so far, or less far than the screen.
  const gifFrame = () =>
    Array.from(buffer.keys()).some(
      (at) =>
        at >= 13 &&
        at + 9 <= buffer.length &&
        buffer[at] === 0x2c &&
        Math.max(buffer.readUInt16LE(6), buffer.readUInt16LE(at + 1) + buffer.readUInt16LE(at + 5)) === width &&
        Math.max(buffer.readUInt16LE(8), buffer.readUInt16LE(at + 3) + buffer.readUInt16LE(at + 7)) === height,
    );
  const core = buffer.length > 15 && buffer.readUInt32LE(14) === 12;
  const stands: Readonly<Record<string, () => boolean>> = {
    PNG: () =>
      buffer.toString('latin1', 12, 16) === 'IHDR' &&
      buffer.readUInt32BE(16) === width &&
      buffer.readUInt32BE(20) === height,
    GIF: gifFrame,
    BMP: () =>
      core
        ? buffer.readUInt16LE(18) === width && buffer.readUInt16LE(20) === height
        : Math.abs(buffer.readInt32LE(18)) === width && Math.abs(buffer.readInt32LE(22)) === height,
    JPEG: () => jpegFrame(buffer)?.width === width && jpegFrame(buffer)?.height === height,
    WebP: () => width >= 0 && width <= 2 ** 24 && height >= 0 && height <= 2 ** 24,
  };
  isTrue(stands[kind]?.() ?? false, `a ${kind} of ${width}×${height}`);
}
