// The one engine that spoils valid files: byte by byte, and along the structure that their format has.
import type { Random } from './random.ts';
import { below, oneOf } from './random.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** A number of a format that says how much there is, where, or of what kind. */
export interface Field {
  readonly at: number;
  /** In bytes. */
  readonly width: 1 | 2 | 3 | 4 | 8;
  readonly little: boolean;
}

/** Where a format keeps what its reader goes by. Called with spoiled bytes too: never reads past their end. */
export interface Format {
  readonly fields: (bytes: Bytes) => readonly Field[];
  /** Stretches that mean something as a whole, [from, to): they are doubled, swapped and left out. */
  readonly blocks: (bytes: Bytes) => readonly (readonly [number, number])[];
  /** What may stand where a block stands, in formats that are text. */
  readonly words?: readonly string[];
  /** What may stand there again and again. */
  readonly items?: readonly string[];
}

/** A valid file, or the part of one that is spoiled before the rest is put around it. */
export interface Seed {
  readonly bytes: Bytes;
  readonly format: Format;
  /**
   * Makes the file of a spoiled part, with the checksums and lengths that fit it, so that what lies deeper is reached.
   */
  readonly pack?: (part: Bytes) => Bytes;
  /** How long it may become: more than other inputs where it is packed, since it is then small all the same. */
  readonly most?: number;
}

export const joined = (...parts: readonly Uint8Array[]): Bytes => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** Inputs stay small, so that what a reader takes beside them is seen. */
const mostBytes = 1 << 18;

/** A file that differs from `seed` in one way, mostly, or in up to four. `others`: what pieces may come from. */
export function mutate(seed: Seed, others: readonly Seed[], random: Random): Bytes {
  const { format, most = mostBytes } = seed;
  let bytes = seed.bytes;
  for (let change = oneOf(random, [1, 1, 1, 1, 2, 2, 3, 4]); change > 0; change--) {
    const structural = random() < 0.6;
    bytes = structural ? spoilStructure(bytes, format, most, random) : spoilBytes(bytes, others, random);
    if (bytes.length > most) bytes = bytes.slice(0, most);
  }
  return seed.pack ? seed.pack(bytes) : bytes;
}

function spoilBytes(bytes: Bytes, others: readonly Seed[], random: Random): Bytes {
  // Headers are at the beginning, tables of contents at the end: there more often than anywhere.
  const near = [below(random, 64), bytes.length - 1 - below(random, 64), below(random, bytes.length)];
  const at = Math.min(Math.max(0, oneOf(random, near)), bytes.length);
  const length = 1 + below(random, oneOf(random, [4, 32, 1024]));
  const rest = bytes.subarray(Math.min(bytes.length, at + length));
  const other = oneOf(random, others).bytes;
  const kinds: (() => Bytes)[] = [
    () => changed(bytes, at, (byte) => byte ^ (1 << below(random, 8))),
    () => changed(bytes, at, () => below(random, 256)),
    () => Uint8Array.from(bytes).fill(oneOf(random, [0, 0xff, 0x30, 0x39, 0x80]), at, at + length),
    () => bytes.slice(0, at),
    () => bytes.slice(at),
    () => joined(bytes.subarray(0, at), rest),
    () => joined(bytes.subarray(0, at), noise(length, random), bytes.subarray(at)),
    () => joined(bytes, noise(length, random)),
    () => joined(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)),
    () => Uint8Array.from(bytes).copyWithin(at, below(random, bytes.length), below(random, bytes.length)),
    () => joined(bytes.subarray(0, at), other.subarray(below(random, other.length))),
    () => joined(bytes.subarray(0, at), other.subarray(at, at + length), rest),
    () => withField(bytes, anyField(at, random), random),
  ];
  return oneOf(random, kinds)();
}

/** The same again and again: a few times, or until it is as long as it may be. */
function repeated(block: Uint8Array, most: number, random: Random): Bytes {
  const fits = Math.floor(most / Math.max(1, block.length));
  const count = Math.max(1, Math.min(fits, oneOf(random, [10, 100, 1_000, 1_000, 25_000, fits])));
  const all = new Uint8Array(block.length * count);
  for (let i = 0; i < count; i++) all.set(block, i * block.length);
  return all;
}

function spoilStructure(bytes: Bytes, { fields, blocks, words, items }: Format, most: number, random: Random): Bytes {
  const [places, stretches] = [fields(bytes), blocks(bytes)];
  const kinds: (() => Bytes)[] = [];
  if (places.length > 0) {
    kinds.push(() => withField(bytes, oneOf(random, places), random));
    kinds.push(() => {
      const [from, to] = [oneOf(random, places), oneOf(random, places)];
      return written(bytes, to, read(bytes, from) + BigInt(below(random, 3) - 1));
    });
  }
  if (stretches.length > 0) {
    const cut = (from: number, to: number, ...middle: Uint8Array[]) =>
      joined(bytes.subarray(0, from), ...middle, bytes.subarray(to));
    const [from, to] = oneOf(random, stretches);
    const block = bytes.subarray(from, to);
    kinds.push(() => cut(from, to));
    kinds.push(() => cut(from, from, block));
    kinds.push(() => cut(from, from, repeated(block, most - bytes.length, random)));
    kinds.push(() => {
      const [otherFrom, otherTo] = oneOf(random, stretches);
      return cut(from, to, bytes.subarray(otherFrom, otherTo));
    });
    if (words) {
      for (let i = 0; i < 3; i++) kinds.push(() => cut(from, to, text.encode(oneOf(random, words))));
    }
    if (items) {
      kinds.push(() => cut(from, from, repeated(text.encode(oneOf(random, items)), most - bytes.length, random)));
    }
  }
  return kinds.length > 0 ? oneOf(random, kinds)() : changed(bytes, below(random, bytes.length), (byte) => byte ^ 1);
}

const text = new TextEncoder();

const changed = (bytes: Bytes, at: number, change: (byte: number) => number): Bytes =>
  bytes.map((byte, i) => (i === at ? change(byte) : byte));

const noise = (length: number, random: Random): Bytes => Uint8Array.from({ length }, () => below(random, 256));

const anyField = (at: number, random: Random): Field => ({
  at,
  width: oneOf(random, [1, 2, 4, 8]),
  little: random() < 0.5,
});

/** Values at which arithmetic and limits give way. */
const extremes = [0n, 1n, 2n, 0x7fn, 0xffn, 0x7fffn, 0xffffn, 0x10000n, 1n << 24n, (1n << 31n) - 1n, 1n << 31n];
const wideExtremes = [(1n << 32n) - 1n, 1n << 32n, (1n << 53n) - 1n, 1n << 53n, (1n << 63n) - 1n, (1n << 64n) - 1n];

function withField(bytes: Bytes, field: Field, random: Random): Bytes {
  const now = read(bytes, field);
  const near = [now + 1n, now - 1n, now * 2n, BigInt(bytes.length), BigInt(bytes.length - field.at), now ^ 8n];
  return written(bytes, field, oneOf(random, [...extremes, ...wideExtremes, ...near]));
}

/** Where each byte of a field lies, the least significant first; those that are past the end of the file left out. */
const placesOf = (bytes: Bytes, { at, width, little }: Field): readonly number[] =>
  Array.from({ length: width }, (_, i) => at + (little ? i : width - 1 - i)).filter((place) => place < bytes.length);

const read = (bytes: Bytes, field: Field): bigint =>
  placesOf(bytes, field).reduceRight((value, place) => (value << 8n) | BigInt(bytes[place] ?? 0), 0n);

function written(bytes: Bytes, field: Field, value: bigint): Bytes {
  const out = Uint8Array.from(bytes);
  let left = BigInt.asUintN(64, value);
  for (const place of placesOf(bytes, field)) {
    out[place] = Number(left & 0xffn);
    left >>= 8n;
  }
  return out;
}
