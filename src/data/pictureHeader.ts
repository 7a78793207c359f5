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

/** The size that the header claims, in pixels, or null where it has none that can be read. */
export function pictureSize(bytes: Uint8Array, kind: PictureKind): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (kind === 'PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (kind === 'GIF') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (kind === 'BMP') return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
    return kind === 'JPEG' ? jpegSize(view) : webpSize(view);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

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
    // C0 to CF are frame headers, but for the tables C4, C8 and CC.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) };
    }
    offset += 2 + view.getUint16(offset + 2);
  }
}

/** The three ways in which WebP begins: extended, lossless, lossy. */
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
