// What holds of every image file that src/data is given, valid or not, tried with values that fast-check makes up.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { gunzip } from '../../src/data/gzip.ts';
import { idxKind, readIdxImages, readIdxLabels } from '../../src/data/idx.ts';
import { readNpyImages } from '../../src/data/npy.ts';
import { readNpzImages } from '../../src/data/npz.ts';
import { pictureKind, pictureSize } from '../../src/data/pictureHeader.ts';
import { openZip } from '../../src/files/zip.ts';
import { rejected, sentenceOf } from '../support/sentence.ts';
import { type Bytes, gz, idxImages, idxLabels, join, npy, npyHeader } from './samples.ts';

/** The same examples in every run. */
const runs = (numRuns: number) => ({ numRuns, seed: 1 });
const sentence = /^[^\p{Cc}]+[^.]\.$/u;

const images = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 255 }), fc.nat())
  .map(([count, most, salt]) =>
    Uint8Array.from({ length: count * 784 }, (_, i) => (i * 31 + salt + (i >> 4)) % (most + 1)),
  );
const ofCount = (pixels: Uint8Array) => pixels.length / 784;

/** What was read, or null for a refusal in a sentence; anything else fails. */
function readOrRefused<Result>(read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(GanvasError);
    expect(sentenceOf(error as GanvasError)).toMatch(sentence);
    return null;
  }
}

describe('IDX', () => {
  it('gives the pixels and labels that are in it', () => {
    fc.assert(
      fc.property(images, fc.uint8Array({ minLength: 1, maxLength: 50 }), (pixels, labels) => {
        const file = join(idxImages(ofCount(pixels)).subarray(0, 16), pixels);
        expect(Buffer.from(readIdxImages(file, 'a')).equals(pixels)).toBe(true);
        expect(readIdxLabels(join(idxLabels(labels.length).subarray(0, 8), labels), 'a')).toEqual(labels);
      }),
      runs(100),
    );
  });

  it('of any bytes is what its header says, or refused in a sentence', () => {
    const head = fc.constantFrom<readonly number[]>(
      [],
      [0, 0, 8, 3],
      [0, 0, 8, 1],
      [0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28],
    );
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 60 }), (start, rest) => {
        const file: Bytes = Uint8Array.from([...start, ...rest]);
        const labels = readOrRefused(() => readIdxLabels(file, 'a'));
        if (labels !== null) expect(labels).toHaveLength(new DataView(file.buffer).getUint32(4));
        // No 60 bytes are an image.
        expect(readOrRefused(() => readIdxImages(file, 'a'))).toBeNull();
        if (idxKind(file) === null) expect(labels).toBeNull();
      }),
      runs(300),
    );
  });
});

describe('.npy and .npz', () => {
  const writers: Readonly<Record<string, (view: DataView, at: number, value: number, little: boolean) => void>> = {
    u1: (view, at, value) => view.setUint8(at, value),
    u2: (view, at, value, little) => view.setUint16(at, value, little),
    i4: (view, at, value, little) => view.setInt32(at, value, little),
    u8: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
    f4: (view, at, value, little) => view.setFloat32(at, value, little),
    f8: (view, at, value, little) => view.setFloat64(at, value, little),
  };
  const written = fc
    .record({ pixels: images, type: fc.constantFrom(...Object.keys(writers)), little: fc.boolean() })
    .map(({ pixels, type, little }) => {
      const size = Number(type[1]);
      const data = new Uint8Array(pixels.length * size);
      const view = new DataView(data.buffer);
      for (const [i, value] of pixels.entries()) writers[type]?.(view, i * size, value, little);
      const header = npyHeader(`(${ofCount(pixels)}, 28, 28)`, `${little ? '<' : '>'}${type}`);
      return { pixels, file: npy(header, data) };
    });
  /** Where no number is above 1, 1 is full ink. */
  const inkOf = (pixels: Uint8Array) =>
    pixels.some((value) => value > 1) ? pixels : pixels.map((value) => value * 255);

  it('give the numbers that are in them, of every type and byte order', () => {
    fc.assert(
      fc.property(written, fc.constantFrom(0, 1, 9), ({ pixels, file }, level) => {
        expect(Buffer.from(readNpyImages(file, 'a')).equals(inkOf(pixels))).toBe(true);
        const zip = zipSync({ 'mine.npy': file }, { level: level as 0 });
        expect(Buffer.from(readNpzImages(zip, 'a', openZip)).equals(inkOf(pixels))).toBe(true);
      }),
      runs(60),
    );
  });

  it('with any header are what it says, or refused in a sentence', () => {
    const places = fc.array(fc.oneof(fc.nat(), fc.constantFrom(1, 2, 28)), { maxLength: 5 });
    const type = fc.oneof(fc.constantFrom('|u1', '<f4', '<constructor', '|__proto__'), fc.string({ maxLength: 80 }));
    const anyHeader = fc.oneof(
      fc.tuple(places, type).map(([shape, name]) => npyHeader(`(${shape.join(', ')},)`, name)),
      fc.string({ maxLength: 100, unit: 'binary-ascii' }),
    );
    fc.assert(
      fc.property(anyHeader, fc.uint8Array({ maxLength: 3 }), (header, data) => {
        // No three bytes are an image; none at all are no image.
        const ink = readOrRefused(() => readNpyImages(npy(header, data), 'a'));
        if (ink !== null) expect([ink.length, data.length]).toEqual([0, 0]);
      }),
      runs(300),
    );
  });
});

describe('gzip', () => {
  it('gives what was packed, and nothing past the limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.nat(500), fc.nat(100), async (content, most, taken) => {
        const work = gunzip(gz(content), { name: 'a.gz', maxBytes: most, takenBytes: taken });
        if (taken + content.length <= most || content.length === 0) expect(await work).toEqual(content);
        else {
          const refusal = await rejected(work);
          expect(refusal).toMatchObject({ kind: 'too-large', sentence: expect.stringMatching(sentence) });
        }
      }),
      runs(60),
    );
  });

  it('cut or grown anywhere is refused', async () => {
    const whole = gzipSync(Uint8Array.from({ length: 300 }, (_, i) => i % 7));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        const work = gunzip(Uint8Array.from(whole.subarray(0, length)), { name: 'a.gz', maxBytes: 1000 });
        await expect(work).rejects.toMatchObject({ kind: 'bad-file' });
      }),
      runs(30),
    );
  });
});

describe('a picture’s header', () => {
  it('gives the size that a PNG, GIF or BMP has', () => {
    const uint16 = fc.nat(65_535);
    fc.assert(
      fc.property(uint16, uint16, (width, height) => {
        const view = new DataView(new ArrayBuffer(40));
        const kinds: [string, string, () => void][] = [
          ['PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', () => [view.setUint32(16, width), view.setUint32(20, height)]],
          // Its frame, at 13, has no extent.
          ['GIF', 'GIF89a\0\0\0\0\0\0\0,', () => [view.setUint16(6, width, true), view.setUint16(8, height, true)]],
          [
            'BMP',
            'BM\0\0\0\0\0\0\0\0\0\0\0\0\x28',
            () => [view.setInt32(18, width, true), view.setInt32(22, -height, true)],
          ],
        ];
        for (const [kind, start, write] of kinds) {
          const bytes = new Uint8Array(view.buffer).fill(0);
          bytes.set(Buffer.from(start, 'latin1'));
          write();
          expect(pictureKind(bytes)).toBe(kind);
          expect(pictureSize(bytes, kind as 'PNG')).toEqual({ width, height });
        }
      }),
      runs(100),
    );
  });

  it('of any bytes is a size or none', () => {
    const starts = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF89a', 'BM\0\0\0\0\0\0\0\0', 'RIFF\0\0\0\0WEBPVP8 ', ''];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 60 }), (start, rest) => {
        const bytes = join(Buffer.from(start, 'latin1'), rest);
        const kind = pictureKind(bytes);
        expect(kind === null).toBe(start === '');
        const size = kind && pictureSize(bytes, kind);
        if (size !== null)
          expect([size.width, size.height].every((side) => Number.isInteger(side) && side >= 0)).toBe(true);
      }),
      runs(300),
    );
  });
});
