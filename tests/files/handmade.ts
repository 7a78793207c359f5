// Zips and deflated streams as no packer makes them, but as anybody may: what says one thing and is another.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** What stands for it in the archive, deflated; zlib's own where it is left out. */
  readonly packed?: Uint8Array;
}

/** A zip of deflated files; the sizes and checksums that it claims are those of the contents. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const files: Buffer[] = [];
  const table: Buffer[] = [];
  let at = 0;
  for (const { name, content, packed = deflateRawSync(content, { level: 9 }) } of entries) {
    // What the local header and the table of contents have in common: flags to the lengths of name and extra part.
    const common = Buffer.alloc(24);
    common.writeUInt16LE(8, 2);
    common.writeUInt32LE(crc32(content), 8);
    common.writeUInt32LE(packed.length, 12);
    common.writeUInt32LE(content.length, 16);
    common.writeUInt16LE(name.length, 20);
    const places = Buffer.alloc(14);
    places.writeUInt32LE(at, 10);
    files.push(Buffer.from('PK\x03\x04\x14\0'), common, Buffer.from(name), Buffer.from(packed));
    table.push(Buffer.from('PK\x01\x02\x14\0\x14\0'), common, places, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(table).length, 12);
  end.writeUInt32LE(at, 16);
  return Uint8Array.from(Buffer.concat([...files, ...table, end]));
}

/** Text of zeros and ones, spaces between them, as bytes: the first is the lowest bit. */
const bitsToBytes = (bits: string): Uint8Array => {
  const plain = bits.replaceAll(' ', '');
  return Uint8Array.from({ length: Math.ceil(plain.length / 8) }, (_, i) =>
    Number.parseInt([...plain.slice(8 * i, 8 * i + 8).padEnd(8, '0')].reverse().join(''), 2),
  );
};
/** A number as deflate writes it: its lowest bit first. */
const number = (value: number, bits: number) => [...value.toString(2).padStart(bits, '0')].reverse().join('');

/**
 * A block with codes of its own, of up to 15 bits, that holds nothing: 21 bytes, for which a table of 2 to the 15
 * entries can be made.
 */
function deepBlock(): string {
  // The lengths of codes are written in codes of four bits each: no length 0 but in runs (18).
  const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18];
  const listed = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const length = (value: number) => lengths.indexOf(value).toString(2).padStart(4, '0');
  const zeros = (count: number) => length(18) + number(count - 11, 7);
  const literals = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15].map(length).join('');
  return [
    ...['0', number(2, 2), number(0, 5), number(0, 5), number(15, 4)],
    listed.map((each) => number(lengths.includes(each) ? 4 : 0, 3)).join(''),
    // 15 literals, none of the other 241, a code of one bit for the end of the block, and one distance.
    ...[literals, zeros(138), zeros(103), length(1), length(1), '0'],
  ].join('');
}

const eightEmpty = {
  stored: bitsToBytes(`000 00000 ${number(0, 16)} ${number(0xffff, 16)}`.repeat(8)),
  fixed: bitsToBytes(`010 0000000`.repeat(8)),
  deep: bitsToBytes(deepBlock().repeat(8)),
};

/**
 * A deflated stream of so many blocks (a multiple of eight) that hold nothing, and then the content. zlib unpacks it.
 */
export function emptyBlocks(kind: keyof typeof eightEmpty, count: number, content: Uint8Array): Uint8Array {
  const blocks = Array.from({ length: count / 8 }, () => eightEmpty[kind]);
  return Buffer.concat([...blocks, deflateRawSync(content)]);
}
