import { describe, expect, it } from 'vitest';
import { idxKind, readIdxImages, readIdxLabels } from '../../src/data/idx.ts';
import { refused } from '../support/sentence.ts';
import { type Bytes, idxImages, idxLabels, samplePixels } from './samples.ts';

describe('readIdxImages', () => {
  it('gives the pixels as they are in the file', () => {
    expect(readIdxImages(idxImages(3), 'x')).toEqual(samplePixels(3));
  });

  it('reads a file that is a view into a larger buffer', () => {
    const buffer = new Uint8Array(5 + idxImages(2).length);
    buffer.set(idxImages(2), 5);
    expect(readIdxImages(buffer.subarray(5), 'x')).toEqual(samplePixels(2));
  });

  const bad: [string, Bytes, string, string][] = [
    [
      'labels',
      idxLabels(3),
      'bad-file',
      'a.idx is not an IDX file of images: it begins with the number 2049, not 2051.',
    ],
    [
      'a wrong magic',
      idxImages(1, { magic: 1234 }),
      'bad-file',
      'a.idx is not an IDX file of images: it begins with the number 1234, not 2051.',
    ],
    [
      'another byte order',
      idxImages(1, { magic: 0x03080000 }),
      'bad-file',
      'a.idx is not an IDX file of images: it begins with the number 50855936, not 2051.',
    ],
    [
      'three bytes',
      idxImages(1).subarray(0, 3),
      'bad-file',
      'a.idx is cut off: it has 3 bytes, and an IDX file begins with 4 that tell its size.',
    ],
    [
      'a cut header',
      idxImages(1).subarray(0, 15),
      'bad-file',
      'a.idx is cut off: it has 15 bytes, and an IDX file begins with 16 that tell its size.',
    ],
    [
      'a cut image',
      idxImages(100).subarray(0, -1),
      'bad-file',
      'a.idx is cut off: 100 images take 78,416 bytes, it has 78,415.',
    ],
    [
      'a byte too many',
      new Uint8Array([...idxImages(2), 0]),
      'bad-file',
      'a.idx is too long: 2 images take 1,584 bytes, it has 1,585.',
    ],
    ['no images', idxImages(0), 'bad-file', 'a.idx holds no images.'],
    [
      'a count that no memory holds',
      idxImages(1).fill(255, 4, 8),
      'bad-file',
      'a.idx is cut off: 4,294,967,295 images take 3,367,254,359,296 bytes, it has 800.',
    ],
    [
      'another shape',
      idxImages(1, { rows: 32, columns: 24 }),
      'wrong-shape',
      'a.idx holds images of 32×24 pixels, not 28×28.',
    ],
  ];
  it.each(bad)('refuses %s', (_, bytes, kind, sentence) => {
    expect(refused(() => readIdxImages(bytes, 'a.idx'))).toMatchObject({ name: 'GanvasError', kind, sentence });
  });
});

describe('readIdxLabels', () => {
  it('gives the labels', () => {
    expect([...readIdxLabels(idxLabels(12), 'x')]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  });

  const bad: [string, Bytes, string][] = [
    ['images', idxImages(1), 'l is not an IDX file of labels: it begins with the number 2051, not 2049.'],
    [
      'a cut header',
      idxLabels(1).subarray(0, 6),
      'l is cut off: it has 6 bytes, and an IDX file begins with 8 that tell its size.',
    ],
    ['cut labels', idxLabels(10).subarray(0, 12), 'l is cut off: 10 labels take 18 bytes, it has 12.'],
    ['too many bytes', new Uint8Array([...idxLabels(2), 7, 7]), 'l is too long: 2 labels take 10 bytes, it has 12.'],
    ['no labels', idxLabels(0), 'l holds no labels.'],
  ];
  it.each(bad)('refuses %s', (_, bytes, sentence) => {
    expect(refused(() => readIdxLabels(bytes, 'l'))).toMatchObject({ kind: 'bad-file', sentence });
  });
});

describe('idxKind', () => {
  it('tells images, labels and other IDX from the rest', () => {
    expect(idxKind(idxImages(1))).toBe('images');
    expect(idxKind(idxLabels(1))).toBe('labels');
    expect(idxKind(Uint8Array.of(0, 0, 0x0d, 3))).toBe('other');
    expect(idxKind(Uint8Array.of(0, 0, 0, 0))).toBeNull();
    expect(idxKind(Uint8Array.of(0, 0, 8))).toBeNull();
    expect(idxKind(new TextEncoder().encode('<!doctype html>'))).toBeNull();
  });
});
