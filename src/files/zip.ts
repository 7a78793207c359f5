// Zip archives, both ways: written so that the same files give the same bytes, read so that no bytes can do harm.
// Read by hand, because fflate's unzip trusts the sizes that an archive claims and never checks a CRC.
import { zipSync } from 'fflate';
import { type FileName, GanvasError } from '../config/errors.ts';
import { DeflateProblem, inflateInto } from './inflate.ts';
import { plain, quote } from './phrases.ts';

export interface Zip {
  /** Every file's path, with forward slashes; each is there once. */
  readonly names: readonly string[];
  /**
   * The bytes of one file, which the caller owns.
   * @param limit the most bytes that it may have, unpacked; checked before memory is taken
   * @throws GanvasError 'bad-file' if it is not there or its bytes are not what was put in, 'too-large' past the limit.
   */
  read(name: string, limit: number): Uint8Array<ArrayBuffer>;
  /**
   * The first `length` bytes of one file, all where it has fewer: what it is, before memory is taken for the whole. The
   * checksum is that of the whole, so `read` alone tells whether these are what was put in.
   * @throws GanvasError 'bad-file' if it is not there or cannot be unpacked.
   */
  peek(name: string, length: number): Uint8Array<ArrayBuffer>;
}

/** Files in an archive, counting those that nobody reads. */
const maxEntries = 256;
/** Deflate cannot do better than 1,032 to 1, so an archive that claims more lies. */
const maxRatio = 1040;
/**
 * What cannot be made smaller is packed as it is, with some bytes for each part: no packer makes more of it than this.
 */
const mostPacked = (bytes: number): number => bytes + bytes / 8 + 1024;

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const size = { local: 30, central: 46, end: 22, comment: 0xffff } as const;
const encrypted = 1;
const stored = 0;
const deflated = 8;

/** Stored, not deflated (weights hardly shrink), and dated 1980 in every time zone. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  return zipSync(Object.fromEntries(files), { level: 0, mtime: new Date(1980, 0, 1) });
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly localAt: number;
}

/** What the end of an archive tells, and where. */
interface Contents {
  readonly entries: readonly Entry[];
  /** The table of contents' first byte: the files' own bytes lie before it. */
  readonly tableAt: number;
}

/**
 * Reads an archive's table of contents; no file is unpacked before `read` asks for it.
 * @param file how errors name the archive
 * @throws GanvasError 'not-our-weights' if it is no zip at all, 'bad-file' if it is a broken one, 'too-large' past the
 * limits.
 */
export function openZip(archive: Uint8Array, file: FileName): Zip {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const entries = new Map<string, Entry>();
  const contents = readContents(view, file);
  for (const entry of contents.entries) {
    if (entries.has(entry.name)) throw new GanvasError('zip-name-twice', { file, name: quote(entry.name) });
    entries.set(entry.name, entry);
  }
  checkOverlap(view, contents, file);
  /** Of a file that is asked for: its entry, its bytes as they are packed, and how errors name it. */
  const find = (name: string, limit: number) => {
    const entry = entries.get(name);
    if (!entry) throw new GanvasError('zip-no-file', { file, name: quote(name) });
    const within: FileName = { entry: plain(name), of: file };
    return { entry, packed: packedBytesOf(archive, view, entry, contents.tableAt, limit, within), within };
  };
  return {
    names: [...entries.keys()],
    read(name, limit) {
      const { entry, packed, within } = find(name, limit);
      const bytes = unpack(packed, entry.method, new Uint8Array(entry.bytes), entry.bytes, within);
      if (crc32(bytes) !== entry.crc) throw new GanvasError('zip-checksum', { file: within });
      return bytes;
    },
    peek(name, length) {
      const { entry, packed, within } = find(name, Number.POSITIVE_INFINITY);
      return unpack(packed, entry.method, new Uint8Array(Math.min(length, entry.bytes)), entry.bytes, within);
    },
  };
}

/** Where the end record is: the last 22 bytes, or earlier if the archive has a comment, which then is its last part. */
function findEnd(view: DataView, file: FileName): number {
  const last = view.byteLength - size.end;
  for (let at = last; at >= Math.max(0, last - size.comment); at--) {
    const ends = at + size.end + view.getUint16(at + 20, true) === view.byteLength;
    if (ends && view.getUint32(at, true) === signature.end) return at;
  }
  const startsAsZip = view.byteLength >= 4 && view.getUint32(0, true) === signature.local;
  throw startsAsZip
    ? new GanvasError('zip-cut-off', { file, bytes: view.byteLength })
    : new GanvasError('zip-none', { file });
}

function readContents(view: DataView, file: FileName): Contents {
  const end = findEnd(view, file);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff) throw new GanvasError('zip-64-bit', { file });
  if (count > maxEntries) throw new GanvasError('zip-too-many-files', { file, count, most: maxEntries });
  const entries: Entry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const inside = at + size.central <= end && view.getUint32(at, true) === signature.central;
    if (!inside) throw new GanvasError('zip-entry-missing', { file, at: i + 1, of: count });
    const nameEnd = at + size.central + view.getUint16(at + 28, true);
    const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw new GanvasError('zip-entry-cut-off', { file, at: i + 1, of: count });
    const name = readName(view, at + size.central, nameEnd);
    if (!name.endsWith('/')) {
      entries.push({
        name,
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packedBytes: view.getUint32(at + 20, true),
        bytes: view.getUint32(at + 24, true),
        localAt: view.getUint32(at + 42, true),
      });
    }
    at = next;
  }
  if (at !== start + view.getUint32(end + 12, true)) {
    throw new GanvasError('zip-table-length', { file, count });
  }
  return { entries, tableAt: start };
}

/**
 * Two files that share bytes are how a small archive unpacks to any size, and how it shows one content to some tools
 * and
 * another to others. What lies outside is refused when it is asked for, with an error of its own.
 */
function checkOverlap(view: DataView, { entries, tableAt }: Contents, file: FileName): void {
  const spans = entries.flatMap(({ name, localAt, packedBytes }) => {
    if (localAt + size.local > tableAt) return [];
    const head = size.local + view.getUint16(localAt + 26, true) + view.getUint16(localAt + 28, true);
    const end = localAt + head + packedBytes;
    return end > tableAt ? [] : [{ name, localAt, end }];
  });
  spans.sort((a, b) => a.localAt - b.localAt);
  for (const [i, { name, localAt }] of spans.entries()) {
    const before = spans[i - 1];
    if (before && before.end > localAt) {
      throw new GanvasError('zip-overlap', { file, names: [quote(before.name), quote(name)] });
    }
  }
}

/** Older Windows tools write backslashes. */
function readName(view: DataView, from: number, to: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + from, to - from);
  return new TextDecoder().decode(bytes).replaceAll('\\', '/');
}

/** A file's bytes as they are packed, after all that can be checked without unpacking them. */
function packedBytesOf(
  archive: Uint8Array,
  view: DataView,
  entry: Entry,
  tableAt: number,
  limit: number,
  file: FileName,
): Uint8Array {
  const { localAt, packedBytes, bytes, method } = entry;
  if (entry.flags & encrypted) throw new GanvasError('zip-encrypted', { file });
  if (bytes > limit) throw new GanvasError('zip-entry-too-large', { file, bytes, most: limit });
  if (bytes > packedBytes * maxRatio) throw new GanvasError('zip-packs-too-well', { file, bytes, packed: packedBytes });
  const inside = localAt + size.local <= tableAt && view.getUint32(localAt, true) === signature.local;
  if (!inside) throw new GanvasError('zip-entry-misplaced', { file });
  const nameEnd = localAt + size.local + view.getUint16(localAt + 26, true);
  const start = nameEnd + view.getUint16(localAt + 28, true);
  if (start + packedBytes > tableAt) {
    throw new GanvasError('zip-data-cut-off', { file, bytes: Math.max(0, tableAt - start), packed: packedBytes });
  }
  // Two names for one file is how an archive shows other contents to other tools.
  if (readName(view, localAt + size.local, nameEnd) !== entry.name) throw new GanvasError('zip-other-name', { file });
  if (method !== stored && method !== deflated) throw new GanvasError('zip-method', { file, method });
  if (method === stored && packedBytes !== bytes) {
    throw new GanvasError('zip-stored-length', { file, bytes, packed: packedBytes });
  }
  if (packedBytes > mostPacked(bytes)) {
    throw new GanvasError('zip-packs-too-badly', { file, bytes, packed: packedBytes });
  }
  return archive.subarray(start, start + packedBytes);
}

/** Fills `into` with the first bytes of a file that has `bytes` in all. */
function unpack(packed: Uint8Array, method: number, into: Uint8Array<ArrayBuffer>, bytes: number, file: FileName) {
  if (method === stored) {
    into.set(packed.subarray(0, into.length));
    return into;
  }
  try {
    inflateInto(into, packed, into.length < bytes);
  } catch (error) {
    if (!(error instanceof DeflateProblem)) throw error;
    const { found, bytes: claimed } = error;
    if (error.fault === 'longer') throw new GanvasError('deflate-longer', { file, bytes: claimed });
    if (error.fault === 'shorter') throw new GanvasError('deflate-shorter', { file, found, bytes: claimed });
    throw new GanvasError(`deflate-${error.fault}`, { file });
  }
  return into;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) {
    crc = (crcTable[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
