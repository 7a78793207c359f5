// The safetensors format: named float32 arrays in one file that Python, Rust and this page all read.
// https://github.com/huggingface/safetensors#format: 8 bytes of header length, a JSON header, the numbers.
import * as z from 'zod/mini';
import { type FileName, GanvasError } from '../config/errors.ts';
import type { Shape } from '../config/networks.ts';
import { sizeOf, type WeightArray } from '../config/weights.ts';
import { JsonProblem, readJson } from './json.ts';
import { listOf } from './listOf.ts';
import { dimensions, quote } from './phrases.ts';

export interface Safetensors {
  /** In the order of the header. Each owns its buffer, so it can be transferred. */
  readonly tensors: Map<string, WeightArray>;
  /** The free text beside the tensors; it has no prototype. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Our headers take a few kB; the limit keeps a hostile one from costing seconds. */
const maxHeaderBytes = 1 << 20;
/** Ours have four at most. */
const maxDimensions = 32;
const lengthBytes = 8;
const floatBytes = 4;

const whole = z.int().check(z.nonnegative());
const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: listOf(whole, maxDimensions),
  data_offsets: z.tuple([whole, whole]),
});
const metadataName = '__metadata__';

/**
 * The bytes of a safetensors file; the same tensors and metadata in the same order give the same bytes.
 * @param tensors in the order in which the file keeps them
 * @throws GanvasError 'internal' if an array is not as long as its shape says, or a name is taken by the format.
 */
export function encode(
  tensors: ReadonlyMap<string, WeightArray>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [[metadataName, metadata]] : [];
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    if (name === metadataName || data.length !== sizeOf(shape)) {
      const facts = { tensor: quote(name), shape: dimensions(shape), count: data.length };
      throw new GanvasError('cannot-save-tensor', facts);
    }
    header.push([name, { dtype: 'F32', shape, data_offsets: [end, end + data.byteLength] }]);
    end += data.byteLength;
  }
  // Not an object turned to text as a whole: that would lose a tensor named '__proto__' and sort names like '7' first.
  const json = `{${header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const text = new TextEncoder().encode(json);
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, lengthBytes, lengthBytes + headerBytes);
  bytes.set(text, lengthBytes);
  let at = lengthBytes + headerBytes;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * The most bytes that a file of tensors of these shapes may have, whatever else its header says: none of more need be
 * unpacked.
 */
export function mostBytes(shapes: ReadonlyMap<string, Shape>): number {
  const numbers = [...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0);
  return lengthBytes + maxHeaderBytes + floatBytes * numbers;
}

/**
 * Reads a safetensors file of float32 tensors. Everything that the header claims is checked against the bytes before a
 * number is copied; the numbers themselves may be anything, NaN and infinity too.
 * @param file how errors name the file
 * @throws GanvasError 'bad-file' for any bytes that are not such a file, whole and to the letter.
 */
export function decode(bytes: Uint8Array, file: FileName = { unnamed: 'safetensors' }): Safetensors {
  if (bytes.length < lengthBytes) throw new GanvasError('safetensors-too-short', { file, bytes: bytes.length });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const claimed = view.getBigUint64(0, true);
  if (claimed > maxHeaderBytes) {
    throw new GanvasError('safetensors-header-too-long', { file, bytes: String(claimed), most: maxHeaderBytes });
  }
  const dataStart = lengthBytes + Number(claimed);
  if (dataStart > bytes.length) {
    throw new GanvasError('safetensors-header-cut-off', { file, header: dataStart, bytes: bytes.length });
  }

  const { entries, metadata } = readHeader(bytes.subarray(lengthBytes, dataStart), file);
  const dataBytes = bytes.length - dataStart;
  checkLayout(entries, dataBytes, file);

  const tensors = new Map<string, WeightArray>();
  for (const { name, shape, begin, end } of entries) {
    // A copy: the file's offsets need not be multiples of 4 in memory, and the caller may transfer it.
    const data = new Float32Array((end - begin) / floatBytes);
    new Uint8Array(data.buffer).set(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, { shape, data });
  }
  return { tensors, metadata };
}

interface Entry {
  readonly name: string;
  readonly shape: Shape;
  /** Bytes from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

function readHeader(bytes: Uint8Array, file: FileName) {
  const entries: Entry[] = [];
  const metadata = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(parseObject(bytes, file))) {
    if (name === metadataName) {
      if (typeof value !== 'object' || value === null) throw new GanvasError('safetensors-metadata', { file });
      for (const [key, text] of Object.entries(value)) {
        if (typeof text !== 'string') throw new GanvasError('safetensors-metadata-text', { file, key: quote(key) });
        metadata[key] = text;
      }
      continue;
    }
    const tensor = quote(name);
    const parsed = entrySchema.safeParse(value);
    if (!parsed.success) throw new GanvasError('safetensors-entry', { file, tensor });
    const { dtype, shape, data_offsets } = parsed.data;
    if (dtype !== 'F32') throw new GanvasError('safetensors-type', { file, tensor, type: quote(dtype) });
    const [begin, end] = data_offsets;
    // Beyond 2^53 the product is no longer exact, but then it is also far more than any file holds.
    if (sizeOf(shape) * floatBytes !== end - begin) {
      throw new GanvasError('safetensors-size', { file, tensor, shape: dimensions(shape), bytes: end - begin });
    }
    entries.push({ name, shape, begin, end });
  }
  return { entries, metadata };
}

function parseObject(bytes: Uint8Array, file: FileName): object {
  // The format wants the brace first: no space, no byte order mark.
  if (bytes[0] !== 0x7b) throw new GanvasError('safetensors-header-brace', { file });
  try {
    return readJson(bytes) as object;
  } catch (error) {
    if (error instanceof JsonProblem) throw new GanvasError('safetensors-header-json', { file, json: error.fault });
    throw error;
  }
}

/** The tensors must cover the data from its first byte to its last, each byte once. */
function checkLayout(entries: readonly Entry[], dataBytes: number, file: FileName): void {
  let covered = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    const tensor = quote(name);
    if (begin < covered) throw new GanvasError('safetensors-overlap', { file, tensor });
    if (begin > covered) throw new GanvasError('safetensors-gap', { file, tensor, bytes: begin - covered });
    covered = end;
  }
  if (covered > dataBytes) throw new GanvasError('safetensors-cut-off', { file, wanted: covered, bytes: dataBytes });
  if (covered < dataBytes) throw new GanvasError('safetensors-more', { file, bytes: dataBytes - covered });
}
