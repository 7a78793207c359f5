// Zip archives, both ways: written so that the same files give the same bytes, read so that no bytes can do harm.
// Read by hand, because fflate's unzip trusts the sizes that an archive claims and never checks a CRC.
import { Inflate, zipSync } from 'fflate';
import { GanvasError } from '../config/errors.ts';
import { quote } from './phrases.ts';

export interface Zip {
  /** Every file's path, with forward slashes; each is there once. */
  readonly names: readonly string[];
  /**
   * The bytes of one file, which the caller owns.
   * @param limit the most bytes that it may have, unpacked; checked before memory is taken
   * @throws GanvasError 'bad-file' if it is not there or its bytes are not what was put in, 'too-large' past the limit.
   */
  read(name: string, limit: number): Uint8Array<ArrayBuffer>;
}

/** Files in an archive, counting those that nobody reads. */
const maxEntries = 256;
/** Deflate cannot do better than 1,032 to 1, so an archive that claims more lies. */
const maxRatio = 1040;

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const size = { local: 30, central: 46, end: 22, comment: 0xffff } as const;
const encrypted = 1;

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
type Refuse = (problem: string, code?: 'bad-file' | 'too-large' | 'not-our-weights') => never;

/**
 * Reads an archive's table of contents; no file is unpacked before `read` asks for it.
 * @param fileName how the sentences name the archive
 * @throws GanvasError 'not-our-weights' if it is no zip at all, 'bad-file' if it is a broken one, 'too-large' past the limits.
 */
export function openZip(archive: Uint8Array, fileName: string): Zip {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const refuse: Refuse = (problem, code = 'bad-file') => {
    throw new GanvasError(code, `${fileName} ${problem}.`);
  };
  const entries = new Map<string, Entry>();
  for (const entry of readEntries(view, refuse)) {
    if (entries.has(entry.name)) refuse(`has the file ${quote(entry.name)} twice`);
    entries.set(entry.name, entry);
  }
  return {
    names: [...entries.keys()],
    read(name, limit) {
      const entry = entries.get(name);
      if (!entry) return refuse(`has no file ${quote(name)}`);
      return unpack(archive, view, entry, limit, (problem, code = 'bad-file') => {
        throw new GanvasError(code, `${name} in ${fileName} ${problem}.`);
      });
    },
  };
}

/** Where the end record is: the last 22 bytes, or earlier if the archive has a comment. */
function findEnd(view: DataView, refuse: Refuse): number {
  const last = view.byteLength - size.end;
  for (let at = last; at >= Math.max(0, last - size.comment); at--) {
    if (view.getUint32(at, true) === signature.end) return at;
  }
  const startsAsZip = view.byteLength >= 4 && view.getUint32(0, true) === signature.local;
  if (!startsAsZip) refuse('is not a zip', 'not-our-weights');
  return refuse(`is cut off: it starts as a zip, and no table of contents ends its ${view.byteLength} bytes`);
}

function readEntries(view: DataView, refuse: Refuse): Entry[] {
  const end = findEnd(view, refuse);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff)
    refuse('is a zip of the 64-bit kind, for archives far beyond any weights');
  if (count > maxEntries) refuse(`has ${count} files; the limit is ${maxEntries}`, 'too-large');
  const entries: Entry[] = [];
  for (let at = start, i = 0; i < count; i++) {
    const inside = at + size.central <= end && view.getUint32(at, true) === signature.central;
    if (!inside) refuse(`is damaged: entry ${i + 1} of the ${count} in its table of contents is not there`);
    const nameEnd = at + size.central + view.getUint16(at + 28, true);
    const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) refuse(`is damaged: entry ${i + 1} of the ${count} in its table of contents is cut off`);
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
  return entries;
}

/** Older Windows tools write backslashes. */
function readName(view: DataView, from: number, to: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + from, to - from);
  return new TextDecoder().decode(bytes).replaceAll('\\', '/');
}

function unpack(archive: Uint8Array, view: DataView, entry: Entry, limit: number, refuse: Refuse) {
  const { localAt, packedBytes, bytes } = entry;
  if (entry.flags & encrypted) refuse('is encrypted');
  if (bytes > limit) refuse(`claims ${bytes} bytes; the limit is ${limit}`, 'too-large');
  if (bytes > packedBytes * maxRatio) refuse(`claims ${bytes} bytes out of ${packedBytes}, more than any zip can pack`);
  const inside = localAt + size.local <= archive.length && view.getUint32(localAt, true) === signature.local;
  if (!inside) refuse('is not where the table of contents says');
  const nameEnd = localAt + size.local + view.getUint16(localAt + 26, true);
  const start = nameEnd + view.getUint16(localAt + 28, true);
  if (start + packedBytes > archive.length) {
    refuse(`is cut off: ${Math.max(0, archive.length - start)} of its ${packedBytes} bytes are there`);
  }
  // Two names for one file is how an archive shows other contents to other tools.
  if (readName(view, localAt + size.local, nameEnd) !== entry.name) refuse('has another name where its bytes are');

  const packed = archive.subarray(start, start + packedBytes);
  const contents = new Uint8Array(bytes);
  if (entry.method === 0) {
    if (packedBytes !== bytes) refuse(`is damaged: ${bytes} bytes take ${packedBytes} without being packed`);
    contents.set(packed);
  } else if (entry.method === 8) {
    inflateInto(contents, packed, refuse);
  } else {
    refuse(`is packed with method ${entry.method}; only stored and deflated files can be read`);
  }
  if (crc32(contents) !== entry.crc) refuse('is damaged: its checksum differs');
  return contents;
}

/** In pieces, so that a stream which unpacks to more than it claims is given up at once. */
function inflateInto(contents: Uint8Array, packed: Uint8Array, refuse: Refuse): void {
  const piece = 1 << 16;
  let filled = 0;
  let idle = 0;
  const inflate = new Inflate((chunk) => {
    idle = chunk.length > 0 ? 0 : idle + 1;
    // A block needs at most two pieces before it gives a byte. Behind the last one there is none to wait for.
    if (idle > 2) refuse('is damaged: there is more after its end');
    if (filled + chunk.length > contents.length) refuse(`unpacks to more than the ${contents.length} bytes it claims`);
    contents.set(chunk, filled);
    filled += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length; at += piece) {
      inflate.push(packed.subarray(at, at + piece), at + piece >= packed.length);
    }
  } catch (error) {
    if (error instanceof GanvasError) throw error;
    refuse('is damaged: it cannot be unpacked');
  }
  if (filled < contents.length) refuse(`is damaged: it unpacks to ${filled} of ${contents.length} bytes`);
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
