// What kind of picture the bytes are, and how large, before anyone decodes it: a small file may claim a huge picture.

export type PictureKind = 'PNG' | 'JPEG' | 'GIF' | 'BMP' | 'WebP';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The kind by its first bytes (12 are enough), or null. */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (text.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'GIF';
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return 'WebP';
  // 'BM' alone begins many a text; a bitmap has its reserved bytes zero.
  if (text.startsWith('BM') && text.slice(6, 10) === '\0\0\0\0') return 'BMP';
  return null;
}

/**
 * The size that a decoder takes memory for, in pixels, or null where none can be read, or none that every decoder
 * finds: where two readers of the bytes may see two sizes, the small one is for us and the large one for the memory.
 */
export function pictureSize(bytes: Uint8Array, kind: PictureKind): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return sizes[kind](view);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const sizes: Readonly<Record<PictureKind, (view: DataView) => PictureSize | null>> = {
  PNG: pngSize,
  JPEG: jpegSize,
  GIF: gifSize,
  BMP: bmpSize,
  WebP: webpSize,
};

/** The header comes first, by the format; decoders look for it further on. */
function pngSize(view: DataView): PictureSize | null {
  const isHeader = view.getUint32(8) === 13 && view.getUint32(12) === 0x49484452;
  return isHeader ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
}

/**
 * What may stand before a frame: tables (C4, CC, DB), the interval of restarts (DD), applications' own (E0 to EF), a
 * comment (FE).
 */
const isSegment = (marker: number): boolean =>
  [0xc4, 0xcc, 0xdb, 0xdd, 0xfe].includes(marker) || (marker >= 0xe0 && marker <= 0xef);

/** Walks the segments to the first frame header. */
function jpegSize(view: DataView): PictureSize | null {
  let offset = 2;
  for (;;) {
    if (view.getUint8(offset) !== 0xff) return null;
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1; // padding
      continue;
    }
    if (isSegment(marker)) {
      offset += 2 + view.getUint16(offset + 2);
      continue;
    }
    // C0 to CF are frame headers, but for the tables and C8. Other markers have no length behind them, and nothing to
    // do here.
    if (marker < 0xc0 || marker > 0xcf || marker === 0xc8) return null;
    return { width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) };
  }
}

/** A colour table's bytes, by the flags that announce it. */
const colourBytes = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
const graphicControl = 0xf9;

/** The screen or the first frame, whichever reaches further: where the frame does, decoders enlarge the screen. */
function gifSize(view: DataView): PictureSize | null {
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  let offset = 13 + colourBytes(view.getUint8(10));
  for (; view.getUint8(offset) === 0x21; offset += 1) {
    const length = view.getUint8(offset + 2);
    // Decoders read four bytes of the control, whatever its length, and go on behind them.
    if (view.getUint8(offset + 1) === graphicControl && length !== 4) return null;
    offset += 2;
    while (view.getUint8(offset) > 0) offset += 1 + view.getUint8(offset);
  }
  if (view.getUint8(offset) !== 0x2c) return null;
  const right = view.getUint16(offset + 1, true) + view.getUint16(offset + 5, true);
  const bottom = view.getUint16(offset + 3, true) + view.getUint16(offset + 7, true);
  return { width: Math.max(screen.width, right), height: Math.max(screen.height, bottom) };
}

/**
 * The oldest header has half as many bytes for its numbers; the newer ones may announce a JPEG or PNG, with a size of
 * its own.
 */
function bmpSize(view: DataView): PictureSize | null {
  const header = view.getUint32(14, true);
  if (header === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  const compression = header < 20 ? 0 : view.getUint32(30, true);
  if (header < 16 || compression === 4 || compression === 5) return null;
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/**
 * The three ways in which WebP begins: extended, lossless, lossy. Decoders refuse a frame beyond the extended header's
 * size.
 */
function webpSize(view: DataView): PictureSize | null {
  const uint24 = (offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
  const chunk = view.getUint32(12);
  if (chunk === 0x56503858) return { width: 1 + uint24(24), height: 1 + uint24(27) };
  if (chunk === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (chunk === 0x56503820) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return null;
}
