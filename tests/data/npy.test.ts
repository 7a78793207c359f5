import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readNpyHeader, readNpyImages } from '../../src/data/npy.ts';
import { readNpzImages } from '../../src/data/npz.ts';
import { openZip } from '../../src/files/zip.ts';
import { refused } from '../support/sentence.ts';
import { type Bytes, join, npy, npyHeader, samplePixels } from './samples.ts';

const numpyFile = new Uint8Array(readFileSync(resolve(import.meta.dirname, 'fixtures/numpy.npz')));
const arrays = unzipSync(numpyFile);
/** One array as NumPy wrote it. */
const numpy = (name: string): Bytes => Uint8Array.from(arrays[`${name}.npy`] ?? []);
/** What make.py put in. */
const pixels = Uint8Array.from({ length: 3 * 784 }, (_, i) => {
  const image = Math.floor(i / 784);
  const row = Math.floor((i % 784) / 28);
  return (image * 40 + row * 5 + (i % 28)) % 256;
});

describe('readNpyImages, on what NumPy wrote', () => {
  const plain = ['u1', 'u2', 'i2', 'u4', 'i4', 'u8', 'i8', 'f2', 'f4', 'f8', 'channel'];
  const bigEndian = ['big_u2', 'big_i4', 'big_i8', 'big_f2', 'big_f4', 'big_f8'];
  it.each([...plain, ...bigEndian])('reads %s', (name) => {
    expect(readNpyImages(numpy(name), name)).toEqual(pixels);
  });

  it('reads signed bytes', () => {
    expect(readNpyImages(numpy('i1'), 'i1')).toEqual(pixels.map((pixel) => pixel >> 1));
  });

  it('scales numbers from 0 to 1, and booleans', () => {
    expect(readNpyImages(numpy('unit_f4'), 'unit')).toEqual(pixels);
    expect(readNpyImages(numpy('bool'), 'bool')).toEqual(pixels.map((pixel) => (pixel % 2) * 255));
  });

  const bad: [string, string, string][] = [
    ['fortran', 'bad-file', 'a.npy is in Fortran order: save numpy.ascontiguousarray of it instead.'],
    ['object', 'bad-file', 'a.npy holds values of type |O, which are no plain numbers.'],
    ['complex', 'bad-file', 'a.npy holds values of type <c8, which are no plain numbers.'],
    ['record', 'bad-file', 'a.npy does not hold one plain array of numbers.'],
    ['flat', 'wrong-shape', 'a.npy holds an array of shape (3, 784), not (n, 28, 28) or (n, 28, 28, 1).'],
    ['nan', 'bad-file', 'a.npy holds a number that is not finite (NaN), in image 1.'],
    ['inf', 'bad-file', 'a.npy holds a number that is not finite (-Infinity), in image 1.'],
    ['centred', 'bad-file', 'a.npy holds numbers from -1 to 0.898; images need 0 to 1 or 0 to 255.'],
    ['bright', 'bad-file', 'a.npy holds numbers from 0 to 968; images need 0 to 1 or 0 to 255.'],
  ];
  it.each(bad)('refuses %s', (name, kind, sentence) => {
    expect(refused(() => readNpyImages(numpy(name), 'a.npy'))).toMatchObject({ name: 'GanvasError', kind, sentence });
  });

  it('refuses a file cut off anywhere, and one that is too long', () => {
    const whole = numpy('u2');
    for (const length of [6, 7, 9, 60, 128, whole.length - 1]) {
      expect(refused(() => readNpyImages(whole.subarray(0, length), 'a.npy'))).toMatchObject({
        kind: 'bad-file',
        sentence: expect.stringMatching(/^a\.npy is cut off: .*\.$/),
      });
    }
    expect(refused(() => readNpyImages(join(whole, Uint8Array.of(0)), 'a.npy'))).toMatchObject({
      sentence: 'a.npy is too long: 3 images of type <u2 take 4,704 bytes, it has 4,705.',
    });
  });
});

describe('readNpyHeader', () => {
  it('reads versions 1, 2 and 3', () => {
    const one = npy(npyHeader('(2, 28, 28)'), new Uint8Array(2));
    const [shape, type] = [[2, 28, 28], '|u1'];
    expect(readNpyHeader(one, 'x')).toEqual({ type, fortranOrder: false, shape, dataOffset: 128 });
    for (const version of [2, 3]) {
      const later = join(one.subarray(0, 6), Uint8Array.of(version, 0, 118, 0, 0, 0), one.subarray(10));
      expect(readNpyHeader(later, 'x')).toEqual({ type, fortranOrder: false, shape, dataOffset: 130 });
    }
  });

  const bad: [string, Bytes, string][] = [
    ['another file', new TextEncoder().encode('hello, world'), 'a does not begin'],
    [
      'version 9',
      Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9, 0, 0, 0),
      'a is of .npy version 9; 1 to 3 are known.',
    ],
    ['a header that says nothing', npy('{}', new Uint8Array(1)), 'a does not hold one plain array of numbers.'],
  ];
  it.each(bad)('refuses %s', (_, bytes, sentence) => {
    const refusal = refused(() => readNpyHeader(bytes, 'a'));
    expect(refusal).toMatchObject({ kind: 'bad-file' });
    expect(refusal.sentence).toContain(sentence.replace('a does not begin', 'does not begin'));
  });

  it.each([
    ['a shape twice', "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 28, 28), 'shape': (1, 28, 28), }"],
    ['two numbers in one place', npyHeader('(2, 28 1, 28)')],
    ['a number with a letter inside', npyHeader('(2L8, 28, 28)')],
    ['an empty place', npyHeader('(2,, 28, 28)')],
    ['another member', "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 28, 28), 'more': True}"],
    ['something behind the brace', `${npyHeader('(2, 28, 28)')} x`],
  ])('refuses a header with %s', (_, header) => {
    expect(refused(() => readNpyHeader(npy(header, new Uint8Array(1568)), 'a'))).toMatchObject({
      kind: 'bad-file',
      sentence: 'a does not hold one plain array of numbers.',
    });
  });

  it.each(['<constructor', '|__proto__', '<toString'])('refuses a type called %s', (type) => {
    const sentence = `a holds values of type ${type}, which are no plain numbers.`;
    const bytes = npy(npyHeader('(2, 28, 28)', type), new Uint8Array(1568));
    expect(refused(() => readNpyImages(bytes, 'a'))).toMatchObject({ kind: 'bad-file', sentence });
  });

  it('refuses a header of megabytes before it reads it as text', () => {
    const one = npy(npyHeader('(2, 28, 28)'), new Uint8Array(1 << 20));
    const claims = join(one.subarray(0, 6), Uint8Array.of(2, 0, 0, 0, 8, 0), one.subarray(10));
    expect(refused(() => readNpyHeader(claims, 'a'))).toMatchObject({
      sentence: 'a claims a header of 524,288 bytes; 65,536 is the most.',
    });
  });

  it('refuses more images than can be trained on, before it takes memory for them', () => {
    const many = npy(npyHeader('(200001, 28, 28)'), new Uint8Array(784));
    expect(refused(() => readNpyImages(many, 'a'))).toMatchObject({ kind: 'too-large' });
  });

  it('refuses a shape that no memory holds', () => {
    const huge = npy(npyHeader('(99999999999999999999, 28, 28)', '<f8'), new Uint8Array(784));
    expect(refused(() => readNpyImages(huge, 'a'))).toMatchObject({ kind: 'too-large' });
  });
});

describe('readNpzImages', () => {
  const images = (salt: number) => npy(npyHeader('(2, 28, 28)'), samplePixels(2, salt));
  const labels = npy(npyHeader('(2,)'), new Uint8Array(2));

  it('reads what NumPy wrote: the first array that fits', () => {
    expect(readNpzImages(numpyFile, 'a.npz', openZip)).toEqual(pixels);
  });

  it('prefers the usual names of training images', () => {
    const zip = zipSync({ 'x_test.npy': images(1), 'y_train.npy': labels, 'x_train.npy': images(2) });
    expect(readNpzImages(zip, 'a.npz', openZip)).toEqual(samplePixels(2, 2));
  });

  it('takes any name where none is usual, and passes over arrays of other shapes', () => {
    expect(readNpzImages(zipSync({ 'y.npy': labels, 'mine.npy': images(3) }), 'a.npz', openZip)).toEqual(
      samplePixels(2, 3),
    );
    expect(readNpzImages(zipSync({ 'x_train.npy': labels, 'z.npy': images(4) }), 'a.npz', openZip)).toEqual(
      samplePixels(2, 4),
    );
  });

  it('says which array is bad', () => {
    const bad = npy(npyHeader('(2, 28, 28)'), new Uint8Array(9));
    expect(refused(() => readNpzImages(zipSync({ 'x.npy': bad }), 'a.npz', openZip))).toMatchObject({
      kind: 'bad-file',
      sentence: 'x.npy in a.npz is cut off: 2 images of type |u1 take 1,568 bytes, it has 9.',
    });
  });

  const zip = zipSync({ 'x.npy': images(0) });
  const bad: [string, Uint8Array, string, string][] = [
    [
      'a cut zip',
      zip.subarray(0, 140),
      'bad-file',
      'a.npz is cut off: it starts as a zip, and no table of contents ends its 140 bytes.',
    ],
    [
      'a zip cut to its beginning',
      zip.subarray(0, 10),
      'bad-file',
      'a.npz is cut off: it starts as a zip, and no table of contents ends its 10 bytes.',
    ],
    ['no zip', new Uint8Array(50), 'bad-file', 'a.npz is not a zip.'],
    [
      'another zip',
      zipSync({ 'readme.txt': strToU8('hello') }),
      'bad-file',
      'a.npz is a zip without NumPy arrays (.npy).',
    ],
    ['a false array', zipSync({ 'x.npy': strToU8('hello') }), 'bad-file', 'x.npy in a.npz is not an .npy file.'],
    [
      'other shapes',
      zipSync({ 'y.npy': labels, 'z.npy': npy(npyHeader('(1, 28, 28, 3)'), new Uint8Array(2352)) }),
      'wrong-shape',
      'a.npz holds no array of shape (n, 28, 28) or (n, 28, 28, 1): it has y.npy (2,), z.npy (1, 28, 28, 3).',
    ],
  ];
  it.each(bad)('refuses %s', (_, bytes, kind, sentence) => {
    expect(refused(() => readNpzImages(bytes, 'a.npz', openZip))).toMatchObject({
      name: 'GanvasError',
      kind,
      sentence,
    });
  });

  it('refuses an array that claims to be huge, before unpacking it', () => {
    const claims = Uint8Array.from(zip);
    const view = new DataView(claims.buffer);
    // The zip's list of entries: signature PK\1\2, the size after unpacking 24 bytes on.
    const entry = claims.findIndex((_, i) => i + 4 <= claims.length && view.getUint32(i, false) === 0x504b0102);
    view.setUint32(entry + 24, 0x7fffffff, true);
    expect(refused(() => readNpzImages(claims, 'a.npz', openZip))).toMatchObject({
      kind: 'bad-file',
      sentence: expect.stringMatching(
        /^x\.npy in a\.npz claims 2147483647 bytes out of \d+, more than any zip can pack\.$/,
      ),
    });
  });

  it('refuses an array whose entry claims more than its header, before unpacking it', () => {
    const longer = zipSync({ 'x.npy': npy(npyHeader('(2, 28, 28)'), new Uint8Array(20_000_000)) });
    const before = process.memoryUsage().arrayBuffers;
    expect(refused(() => readNpzImages(longer, 'a.npz', openZip))).toMatchObject({
      kind: 'too-large',
      sentence: 'x.npy in a.npz claims 20000128 bytes; the limit is 1696.',
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  it('refuses an array that unpacks to more than its entry claims, and takes no memory for it', () => {
    const claims = Uint8Array.from(zipSync({ 'x.npy': npy(npyHeader('(2, 28, 28)'), new Uint8Array(2_500_000)) }));
    const view = new DataView(claims.buffer);
    const entry = claims.findIndex((_, i) => i + 4 <= claims.length && view.getUint32(i, false) === 0x504b0102);
    view.setUint32(entry + 24, 128 + 2 * 784, true);
    const before = process.memoryUsage().arrayBuffers;
    expect(refused(() => readNpzImages(claims, 'a.npz', openZip))).toMatchObject({
      kind: 'bad-file',
      sentence: 'x.npy in a.npz unpacks to more than the 1696 bytes it claims.',
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it('unpacks no more than the headers of arrays that are no images', () => {
    const bomb = npy(npyHeader('(9,)'), new Uint8Array(8 << 20));
    const bombs = zipSync(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}.npy`, bomb])));
    const before = process.memoryUsage().arrayBuffers;
    expect(refused(() => readNpzImages(bombs, 'a.npz', openZip))).toMatchObject({
      kind: 'wrong-shape',
      sentence: expect.stringMatching(/ it has 0\.npy \(9,\), .* 7\.npy \(9,\) and 2 more\.$/),
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });
});
