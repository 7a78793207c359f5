// What a picture’s first bytes say of it, and that no bytes say 28×28 to us and more to the decoder.
import { describe, expect, it } from 'vitest';
import { pictureKind, pictureSize } from '../../src/data/pictureHeader.ts';

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part)));

const twoBytes = (...values: readonly number[]) => values.flatMap((value) => [value & 255, value >> 8]);
/** A GIF up to its first frame; `colours`: in the table of the screen. */
const gif = ({
  screen = [28, 28],
  colours = 0,
  before = [],
  frame = [0, 0, 28, 28],
}: Partial<Record<'screen' | 'before' | 'frame', number[]>> & { colours?: number }) =>
  bytes(
    'GIF89a',
    [...twoBytes(...screen), colours === 0 ? 0 : 0x80 | (Math.log2(colours) - 1), 0, 0],
    // Commas, with which a frame begins as well.
    Array.from({ length: 3 * colours }, () => 0x2c),
    [...before, 0x2c, ...twoBytes(...frame), 0],
  );
const control = [0x21, 0xf9, 4, 0, 10, 0, 0, 0];
const comment = [0x21, 0xfe, 3, 0x2c, 0x2c, 0x2c, 1, 0x2c, 0];
/** A frame of a JPEG. */
const sof = (width: number, height: number) => [
  255,
  192,
  0,
  11,
  8,
  height >> 8,
  height & 255,
  width >> 8,
  width & 255,
  1,
  1,
  17,
  0,
];

describe('pictureKind and pictureSize', () => {
  const heads: [ReturnType<typeof pictureKind>, Uint8Array, number, number][] = [
    ['PNG', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 2, 0, 1, 0, 3]), 258, 65539],
    // JFIF's own segment, padding, a table of the quantiser, and then a progressive frame.
    [
      'JPEG',
      bytes([255, 216, 255, 224, 0, 4, 1, 2, 255, 255, 219, 0, 3, 9, 255, 194, 0, 17, 8, 1, 4, 2, 5, 3]),
      517,
      260,
    ],
    ['GIF', gif({ screen: [260, 517] }), 260, 517],
    ['GIF', gif({ colours: 4, before: [...control, ...comment], frame: [5, 6, 255, 511] }), 260, 517],
    [
      'BMP',
      bytes(
        'BM',
        [9, 9, 9, 9, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 4, 1, 0, 0, 0xfb, 0xff, 0xff, 0xff, 1, 0, 24, 0, 0, 0, 0, 0],
      ),
      260,
      5,
    ],
    // The oldest header: two bytes a number.
    ['BMP', bytes('BM', [9, 9, 9, 9, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0, 4, 1, 5, 0, 1, 0, 24, 0]), 260, 5],
    ['WebP', bytes('RIFF', [9, 9, 9, 9], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 3, 1, 0, 4, 2, 0]), 260, 517],
    ['WebP', bytes('RIFF', [9, 9, 9, 9], 'WEBPVP8L', [9, 0, 0, 0, 0x2f, 0x1b, 0xc0, 0x06, 0]), 28, 28],
    ['WebP', bytes('RIFF', [9, 9, 9, 9], 'WEBPVP8 ', [9, 0, 0, 0, 1, 2, 3, 0x9d, 1, 0x2a, 28, 0, 29, 0]), 28, 29],
  ];
  it.each(heads)('%s', (kind, head, width, height) => {
    expect(pictureKind(head)).toBe(kind);
    expect(kind && pictureSize(head, kind)).toEqual({ width, height });
    // Twelve bytes tell the kind; what is cut off has no size.
    expect(pictureKind(head.subarray(0, 12))).toBe(kind);
    expect(kind && pictureSize(head.subarray(0, 9), kind)).toBeNull();
  });

  it('takes other files for no picture', () => {
    for (const other of ['BMW is a brand.', '<svg xmlns="">', 'RIFF\0\0\0\0WAVEfmt ', 'GIF is a format', '']) {
      expect(pictureKind(bytes(other))).toBeNull();
    }
  });

  // Decoders take memory for the larger one.
  it.each([
    ['its first frame is larger', gif({ frame: [0, 0, 16_000, 16_000] }), 16_000, 16_000],
    ['its first frame begins outside', gif({ frame: [9_000, 20, 28, 28] }), 9_028, 48],
    [
      'behind a table and comments its frame is larger',
      gif({ colours: 256, before: [...control, ...comment], frame: [0, 0, 5_000, 1] }),
      5_000,
      28,
    ],
  ])('says of a GIF what its decoder needs: %s', (_, head, width, height) => {
    expect(pictureSize(head, 'GIF')).toEqual({ width, height });
  });

  // Each shows 28×28 to whoever walks on by a length that is none, and has something else for its decoder.
  const planted = sof(28, 28);
  const large = sof(16_000, 16_000);
  it.each<[string, 'JPEG' | 'GIF' | 'PNG' | 'BMP', Uint8Array]>([
    // 01 has no length: the two bytes behind it are the next marker, and would lead into its contents.
    [
      'a JPEG with a marker that has no length',
      'JPEG',
      bytes(
        [255, 216, 255, 1, 255, 224, 255, 255],
        Array.from({ length: 65_500 }, () => 0),
        planted,
        Array.from({ length: 16 }, () => 0),
        large,
      ),
    ],
    [
      'a JPEG with a restart before its frame',
      'JPEG',
      bytes([255, 216, 255, 208, 0, 6, 255, 224, 0, 15], planted, large),
    ],
    ['a JPEG with an end before its frame', 'JPEG', bytes([255, 216, 255, 217, 0, 2], planted)],
    ['a JPEG with a scan before its frame', 'JPEG', bytes([255, 216, 255, 218, 0, 2], planted)],
    ['a JPEG with a marker of no kind', 'JPEG', bytes([255, 216, 255, 240, 0, 2], planted)],
    ['a GIF with a control of no bytes', 'GIF', gif({ before: [0x21, 0xf9, 0] })],
    ['a GIF with something else before its frame', 'GIF', gif({ before: [0] })],
    [
      'a GIF without a frame',
      'GIF',
      bytes(
        'GIF89a',
        [28, 0, 28, 0, 0, 0, 0, 0x3b],
        Array.from({ length: 20 }, () => 0),
      ),
    ],
    ['a GIF whose comment has no end', 'GIF', bytes('GIF89a', [28, 0, 28, 0, 0, 0, 0, 0x21, 0xfe, 200, 1, 2, 3])],
    [
      'a PNG with something before its header',
      'PNG',
      bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'aaAa', [0, 0, 0, 28, 0, 0, 0, 28, 8, 0, 0, 0, 0]),
    ],
    [
      'a BMP with a PNG in it',
      'BMP',
      bytes('BM', [9, 9, 9, 9, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 28, 0, 0, 0, 28, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0]),
    ],
  ])('finds no size where a decoder may find another: %s', (_, kind, head) => {
    expect(pictureKind(head)).toBe(kind);
    expect(pictureSize(head, kind)).toBeNull();
  });

  it('knows whatever may stand before the frame of a JPEG', () => {
    const before = [0xe0, 0xe1, 0xee, 0xef, 0xfe, 0xdb, 0xc4, 0xcc, 0xdd].flatMap((marker) => [
      255,
      255,
      marker,
      0,
      4,
      255,
      192,
    ]);
    for (const frame of [0xc0, 0xc1, 0xc2, 0xc9]) {
      const head = bytes([255, 216], before, sof(300, 200).with(1, frame));
      expect(pictureSize(head, 'JPEG')).toEqual({ width: 300, height: 200 });
    }
  });

  it('does not run on through a JPEG without a frame', () => {
    const noFrame = bytes([255, 216], ...Array.from({ length: 50 }, () => [255, 224, 0, 2]));
    expect(pictureSize(noFrame, 'JPEG')).toBeNull();
    expect(pictureSize(bytes([255, 216, 255, 224, 0, 2, 7, 7, 7]), 'JPEG')).toBeNull();
  });
});
