import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DataProgress } from '../../src/data/dataset.ts';
import { readFiles as readFilesWith } from '../../src/data/own.ts';
import { openZip } from '../../src/files/zip.ts';
import { origin } from '../../src/ui/words/en/progress.ts';
import { rejected } from '../support/sentence.ts';
import { file, gz, idxImages, idxLabels, join, npy, npyHeader, samplePixels } from './samples.ts';

const readFiles = (files: readonly File[], options: Omit<Parameters<typeof readFilesWith>[1], 'openZip'> = {}) =>
  readFilesWith(files, { openZip, ...options });

const images64 = npy(npyHeader('(64, 28, 28)'), samplePixels(64));

/** Compared as buffers: Vitest's own comparison of large arrays takes a second. */
const same = (bytes: Uint8Array, expected: Uint8Array) => Buffer.from(bytes).equals(expected);

describe('readFiles', () => {
  it.each([
    ['as it is', idxImages(64)],
    ['gzipped', gz(idxImages(64))],
  ])('reads an IDX file of images %s, whatever its name', async (_, bytes) => {
    const { dataset, inverted } = await readFiles([file('mine.bin', bytes)]);
    expect(dataset.info).toEqual({
      id: 'own',
      label: 'Your own images',
      count: 64,
      origin: { from: 'files', names: ['mine.bin'], more: 0 },
    });
    expect(dataset.labels).toBeNull();
    expect(same(dataset.images, samplePixels(64))).toBe(true);
    expect(inverted).toBe(0);
  });

  it('reads images with their labels, in any order', async () => {
    const { dataset } = await readFiles([file('l', gz(idxLabels(70))), file('i', idxImages(70))]);
    expect(same(dataset.images, samplePixels(70))).toBe(true);
    expect([...(dataset.labels ?? [])]).toEqual(Array.from({ length: 70 }, (_, i) => i % 10));
    expect(dataset.info.count).toBe(70);
    expect(origin(dataset.info.origin)).toBe('l and i');
  });

  it('joins MNIST’s four files, each images file with its own labels', async () => {
    const { dataset } = await readFiles([
      file('train-labels-idx1-ubyte.gz', gz(idxLabels(60))),
      file('train-images-idx3-ubyte.gz', gz(idxImages(60))),
      file('t10k-images-idx3-ubyte.gz', gz(idxImages(10, { salt: 5 }))),
      file('t10k-labels-idx1-ubyte.gz', gz(idxLabels(10))),
    ]);
    expect(same(dataset.images, join(samplePixels(60), samplePixels(10, 5)))).toBe(true);
    expect(dataset.labels).toHaveLength(70);
    expect(dataset.info.count).toBe(70);
    expect(origin(dataset.info.origin)).toBe('train-labels-idx1-ubyte.gz and 3 more files');
  });

  it('reads .npy and .npz, whatever their names', async () => {
    for (const bytes of [images64, gz(images64), new Uint8Array(zipSync({ 'x.npy': images64 }))]) {
      const { dataset } = await readFiles([file('mine', bytes)]);
      expect(dataset).toMatchObject({ info: { id: 'own', count: 64 }, labels: null });
      expect(same(dataset.images, samplePixels(64))).toBe(true);
    }
  });

  it('passes over what systems leave in folders', async () => {
    const { dataset } = await readFiles([
      file('.DS_Store', 'clutter'),
      file('Thumbs.db', 'clutter'),
      file('desktop.ini', 'clutter'),
      file('i', idxImages(64)),
    ]);
    expect(dataset.info.count).toBe(64);
    expect(origin(dataset.info.origin)).toBe('i');
  });

  it('tells how far it is', async () => {
    const progress: DataProgress[] = [];
    const bytes = idxImages(64);
    await readFiles([file('i', bytes)], { onProgress: (step) => progress.push(step) });
    expect(progress[0]).toEqual({
      stage: 'reading-files',
      loadedBytes: 0,
      totalBytes: bytes.length,
    });
    expect(progress.at(-1)).toMatchObject({ loadedBytes: bytes.length, totalBytes: bytes.length });
  });

  it('stops when cancelled', async () => {
    await expect(readFiles([file('i', idxImages(64))], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'cancelled',
    });
    const controller = new AbortController();
    const work = readFiles([file('i', gz(idxImages(5000)))], { signal: controller.signal });
    controller.abort();
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('readFiles: one sentence for each bad input', () => {
  /** A file that says it is larger than it is: nobody should read it to find out. */
  const large = (bytes: number) => Object.defineProperty(file('large', idxImages(1)), 'size', { value: bytes }) as File;
  const unreadable = Object.defineProperty(file('gone.idx', idxImages(64)), 'slice', {
    value: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) }),
  });

  const cases: [string, File[], string, string][] = [
    ['nothing', [], 'bad-file', 'No files were chosen.'],
    ['clutter only', [file('.DS_Store', 'x')], 'bad-file', 'No files were chosen.'],
    [
      '63 images',
      [file('i', idxImages(63))],
      'too-few-images',
      'Only 63 images were found, and training needs at least 64.',
    ],
    ['1 image', [file('i', idxImages(1))], 'too-few-images', 'Only 1 image was found, and training needs at least 64.'],
    [
      'text',
      [file('a.txt', 'hello, world')],
      'bad-file',
      'a.txt is neither IDX, .npy or .npz nor a picture (PNG, JPEG).',
    ],
    [
      'gzipped text',
      [file('a.gz', gz(new TextEncoder().encode('hello')))],
      'bad-file',
      'a.gz is neither IDX, .npy or .npz nor a picture (PNG, JPEG).',
    ],
    ['an empty file', [file('a.png', '')], 'bad-file', 'a.png is empty.'],
    [
      'some of these beside images',
      [file('a.txt', 'no'), file('x.npy', images64), file('b.png', '')],
      'bad-file',
      'a.txt and b.png (empty) are neither IDX, .npy or .npz nor pictures (PNG, JPEG).',
    ],
    [
      'many of these',
      ['a', 'b', 'c', 'd', 'e'].map((name) => file(`${name}.txt`, name)),
      'bad-file',
      'a.txt, b.txt, c.txt and 2 more are neither IDX, .npy or .npz nor pictures (PNG, JPEG).',
    ],
    [
      'a wrong magic',
      [file('my-idx3-ubyte', new Uint8Array(99).fill(1))],
      'bad-file',
      'my-idx3-ubyte is not an IDX file of images: it begins with the number 16843009, not 2051.',
    ],
    [
      'IDX of floats',
      [file('f', idxImages(64, { magic: 0x0d03 }))],
      'bad-file',
      'f is not an IDX file of images: it begins with the number 3331, not 2051.',
    ],
    [
      'a cut IDX',
      [file('i', idxImages(64).subarray(0, 999))],
      'bad-file',
      'i is cut off: 64 images take 50,192 bytes, it has 999.',
    ],
    [
      'a cut gz',
      [file('i.gz', gz(idxImages(64)).subarray(0, 99))],
      'bad-file',
      'i.gz is damaged or cut off: it cannot be gunzipped.',
    ],
    [
      'a gz of a cut IDX',
      [file('i.gz', gz(idxImages(64).subarray(0, 999)))],
      'bad-file',
      'i.gz is cut off: 64 images take 50,192 bytes, it has 999.',
    ],
    [
      'IDX of another shape',
      [file('i', idxImages(64, { rows: 32, columns: 32 }))],
      'wrong-shape',
      'i holds images of 32×32 pixels, not 28×28.',
    ],
    [
      '.npy of another shape',
      [file('a.npy', npy(npyHeader('(64, 32, 32)'), new Uint8Array(9)))],
      'wrong-shape',
      'a.npy holds an array of shape (64, 32, 32), not (n, 28, 28) or (n, 28, 28, 1).',
    ],
    ['labels only', [file('l', idxLabels(64))], 'bad-file', 'l holds labels only: choose the file of images, too.'],
    [
      'too few labels',
      [file('i', idxImages(64)), file('l', idxLabels(63))],
      'bad-file',
      'l holds 63 labels for the 64 images of i.',
    ],
    [
      'labels of unclear images',
      [file('a', idxImages(64)), file('b', idxImages(64)), file('l', idxLabels(64))],
      'bad-file',
      '2 files of images (a, b) and 1 file of labels (l) were chosen: every file of images needs one of labels, or none does.',
    ],
    [
      'the same labels for two files of images',
      [
        file('train-images-1', idxImages(64)),
        file('train-images-2', idxImages(64)),
        file('train-labels', idxLabels(64)),
      ],
      'bad-file',
      '2 files of images (train-images-1, train-images-2) and 1 file of labels (train-labels) were chosen: every file of images needs one of labels, or none does.',
    ],
    [
      'the same labels for two files of images, and others for none',
      [
        file('train-images-1', idxImages(64)),
        file('train-images-2', idxImages(64)),
        file('train-labels', idxLabels(64)),
        file('other-labels', idxLabels(64)),
      ],
      'bad-file',
      'It is not clear which labels belong to train-images-1: train-labels, other-labels.',
    ],
    [
      'labels of other names than the images',
      [...['a', 'b'].map((name) => file(name, idxImages(64))), ...['k', 'l'].map((name) => file(name, idxLabels(64)))],
      'bad-file',
      'It is not clear which labels belong to a: k, l.',
    ],
    [
      'two files of labels',
      [file('a', idxImages(64)), file('k', idxLabels(64)), file('l', idxLabels(64))],
      'bad-file',
      '1 file of images (a) and 2 files of labels (k, l) were chosen: every file of images needs one of labels, or none does.',
    ],
    [
      'two kinds',
      [file('i', idxImages(64)), file('a.npy', images64)],
      'bad-file',
      'These are IDX files and .npy files together: choose one kind at a time.',
    ],
    [
      'two .npy files',
      [file('a.npy', images64), file('b.npy', images64)],
      'bad-file',
      'These are 2 .npy files: choose one at a time.',
    ],
    [
      'a zip that is not ours',
      [file('a.zip', new Uint8Array(zipSync({ 'a.txt': new Uint8Array(9) })))],
      'bad-file',
      'a.zip is a zip without NumPy arrays (.npy).',
    ],
    [
      'more than the memory holds',
      [large(200 * 2 ** 20), large(100 * 2 ** 20)],
      'too-large',
      'These files have 300 MB together; 256 MB is the most.',
    ],
    ['a file that cannot be read', [unreadable], 'bad-file', 'gone.idx cannot be read.'],
  ];
  it.each(cases)('%s', async (_, files, kind, sentence) => {
    expect(await rejected(readFiles(files))).toMatchObject({ name: 'GanvasError', kind, sentence });
  });

  it('a gz that unpacks to more than the memory holds', async () => {
    const bomb = gz(new Uint8Array(160 * 2 ** 20));
    expect(await rejected(readFiles([file('bomb.gz', bomb)]))).toMatchObject({
      kind: 'too-large',
      sentence: 'bomb.gz unpacks to more than 150 MB.',
    });
  });

  it('gz files that unpack to more than the memory holds together', async () => {
    const half = gz(new Uint8Array(100 * 2 ** 20));
    expect(await rejected(readFiles([file('a-idx.gz', half), file('b-idx.gz', half)]))).toMatchObject({
      kind: 'too-large',
      sentence: 'b-idx.gz and the gzipped files before it unpack to more than 150 MB.',
    });
  });

  it('too many images', async () => {
    const bytes = new Uint8Array(16 + 200_001 * 784);
    bytes.set(idxImages(0).fill(0, 4, 8));
    new DataView(bytes.buffer).setUint32(4, 200_001);
    expect(await rejected(readFiles([file('i', bytes)]))).toMatchObject({
      kind: 'too-large',
      sentence: '200,001 images are too many: 200,000 is the most.',
    });
  });

  it('too few pictures, before any is decoded', async () => {
    const png = file('a.png', '\x89PNG');
    const pictures = Array.from(
      { length: 3 },
      () => new File([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)], 'a.png'),
    );
    await expect(readFiles(pictures)).rejects.toMatchObject({ kind: 'too-few-images' });
    await expect(readFiles([png])).rejects.toMatchObject({ kind: 'bad-file' });
  });
});
