import { beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset.ts';
import { loadSource } from '../../src/data/fetchDataset.ts';
import type { Source, SourceFile } from '../../src/data/sources.ts';
import { openStore } from '../../src/data/store.ts';

const file = (name: string, bytes: number, sha256: string): SourceFile => ({ name, gzBytes: 400, bytes, sha256 });

/** fixtures/tiny, with the checksums that make.py printed. */
const files = {
  trainLabels: file(
    'train-labels-idx1-ubyte.gz',
    88,
    '54487aa68eae0b1988a8ba184b02fe837669fa0f07e609d3854eae891d0d4dc0',
  ),
  trainImages: file(
    'train-images-idx3-ubyte.gz',
    62_736,
    'f64e5e270d57bcafcceeadc279860c3d94928e6a4720616f38d4d9be28ad7b10',
  ),
  testLabels: file('t10k-labels-idx1-ubyte.gz', 18, '7fb941263a85687d080a3ba53d246dc51e2cd63316f98fbb8ecdbb54ef081e6c'),
  testImages: file(
    't10k-images-idx3-ubyte.gz',
    7_856,
    '5a562b0fab1f965712cee2cd7b2122fb36cfda4837b0ca611f9832fba1117b19',
  ),
};

/** Vite serves the project's own files; it lets the browser gunzip these on the way, as some hosts do. */
const tiny = new URL('/tests/data/fixtures/tiny/', location.href).href;
/** A page without a copy of its own: this test's server answers for it as it does for any missing file. */
const baseUrl = new URL('/nowhere/', location.href).href;
const source: Source = { id: 'mnist', label: 'MNIST', folder: 'data/mnist/', addresses: [tiny], files };

/** Loads, and tells which addresses were asked. */
async function load(from = source, localOnly = false): Promise<{ dataset: Dataset | null; asked: string[] }> {
  performance.clearResourceTimings();
  const dataset = await loadSource(from, { baseUrl, signal: new AbortController().signal, localOnly });
  const asked = performance.getEntriesByType('resource').map(({ name }) => name);
  return { dataset, asked: asked.filter((name) => /idx\d/.test(name)) };
}

function expectWhole(dataset: Dataset | null): void {
  expect(dataset?.info.count).toBe(80);
  expect(dataset?.images.every((pixel, i) => pixel === (Math.floor(i / 784) * 31 + (i % 784) * 7) % 256)).toBe(true);
  expect(dataset?.test?.labels).toHaveLength(10);
}

/** The browser's cache, as a visitor's extension or a half-written disk could change it. */
async function poison(change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Promise<void> {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const kept = await cache.match(request);
      if (kept) await cache.put(request, new Response(change(new Uint8Array(await kept.arrayBuffer()))));
    }
  }
}

describe('loadSource in the browser', () => {
  beforeEach(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });

  it('takes the server’s answer for a missing file for none, and goes on to the address', async () => {
    const { dataset, asked } = await load();
    expectWhole(dataset);
    expect(dataset?.info.origin).toEqual({ from: 'host', host: location.host });
    expect(asked.filter((name) => name.startsWith(baseUrl))).toHaveLength(1);
    expect(asked.filter((name) => name.startsWith(tiny))).toHaveLength(4);
  });

  it('keeps what was right, and asks nobody the next time', async () => {
    await load();
    const { dataset, asked } = await load();
    expectWhole(dataset);
    expect(dataset?.info.origin).toEqual({ from: 'cache' });
    expect(asked).toEqual([]);
  });

  it('takes the kept copy when it may only look nearby, and gives null without one', async () => {
    expect((await load(source, true)).dataset).toBeNull();
    await load();
    expectWhole((await load(source, true)).dataset);
  });

  it.each([
    [
      'changed',
      (bytes: Uint8Array<ArrayBuffer>) => bytes.map((byte, i) => (i === bytes.length - 12 ? byte ^ 1 : byte)),
    ],
    ['cut off', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, bytes.length / 2)],
    ['empty', () => new Uint8Array()],
  ])('drops a kept copy that is %s, and fetches it again', async (_, change) => {
    await load();
    await poison(change);
    const again = await load();
    expectWhole(again.dataset);
    expect(again.asked.filter((name) => name.startsWith(tiny))).toHaveLength(4);
    const third = await load();
    expectWhole(third.dataset);
    expect(third.asked).toEqual([]);
  });

  it('does not keep what was wrong', async () => {
    const other = { ...source, files: { ...files, trainImages: { ...files.trainImages, sha256: '0'.repeat(64) } } };
    await expect(load(other)).rejects.toMatchObject({ kind: 'checksum' });
    const store = await openStore(baseUrl);
    const signal = new AbortController().signal;
    expect(await store?.take(files.trainLabels, signal)).toHaveLength(88);
    expect(await store?.take(files.trainImages, signal)).toBeNull();
    const keys = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    expect(keys.flat()).toHaveLength(1);
  });

  it('fetches only what is missing', async () => {
    await load();
    const store = await caches.open((await caches.keys())[0] ?? '');
    const images = (await store.keys()).find(({ url }) => url.includes('train-images'));
    await store.delete(images ?? '');
    const { dataset, asked } = await load();
    expectWhole(dataset);
    expect(asked.filter((name) => name.startsWith(tiny))).toEqual([`${tiny}train-images-idx3-ubyte.gz`]);
  });
});
