import { describe, expect, it } from 'vitest';
import { gunzip, isGzip } from '../../src/data/gzip.ts';
import { emptyBlocks } from '../files/handmade.ts';
import { rejected } from '../support/sentence.ts';
import { gz, join, samplePixels } from './samples.ts';

const content = samplePixels(100);
const options = { name: 'a.gz', maxBytes: content.length };

describe('gunzip', () => {
  it('gives the content, up to the very limit', async () => {
    expect(await gunzip(gz(content), options)).toEqual(content);
  });

  it('reads an empty content', async () => {
    expect(await gunzip(gz(new Uint8Array()), options)).toEqual(new Uint8Array());
  });

  it('refuses what unpacks to more than the limit', async () => {
    const maxBytes = 2 ** 20;
    expect(await rejected(gunzip(gz(new Uint8Array(maxBytes + 1)), { name: 'a.gz', maxBytes }))).toMatchObject({
      kind: 'too-large',
      sentence: 'a.gz unpacks to more than 1 MB.',
    });
  });

  it('stops a bomb at the limit, and not after unpacking it', async () => {
    const bomb = gz(new Uint8Array(200 * 2 ** 20));
    const before = process.memoryUsage().arrayBuffers;
    await expect(gunzip(bomb, { name: 'a.gz', maxBytes: 2 ** 20 })).rejects.toMatchObject({ kind: 'too-large' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 2 ** 20);
  });

  const damages: [string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>][] = [
    ['cut in the middle', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['cut by one byte', (bytes) => bytes.subarray(0, -1)],
    ['cut after the magic', (bytes) => bytes.subarray(0, 2)],
    ['a wrong checksum of its own', (bytes) => bytes.map((byte, i) => (i === bytes.length - 6 ? byte ^ 1 : byte))],
    ['noise after the header', (bytes) => bytes.map((byte, i) => (i > 12 && i < 40 ? byte ^ 0x5a : byte))],
    ['no gzip at all', () => content.slice()],
  ];
  it.each(damages)('refuses a file with %s', async (_, damage) => {
    expect(await rejected(gunzip(damage(gz(content)), options))).toMatchObject({
      kind: 'bad-file',
      sentence: 'a.gz is damaged or cut off: it cannot be gunzipped.',
    });
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const large = { name: 'a.gz', maxBytes: 2 ** 28, signal: controller.signal };
    const work = gunzip(gz(new Uint8Array(2 ** 26)), large);
    controller.abort();
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(gunzip(gz(content), large)).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('stops when cancelled, also where nothing comes out for a long time', async () => {
    // Cut off: what does not stop comes to its end, and finds another fault.
    const blocks = emptyBlocks('stored', 3 * 2 ** 20, new Uint8Array()).subarray(0, -2);
    const empty = join(gz(new Uint8Array()).subarray(0, 10), blocks);
    const controller = new AbortController();
    const work = gunzip(empty, { ...options, signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('isGzip', () => {
  it('goes by the first bytes', () => {
    expect(isGzip(gz(content))).toBe(true);
    expect(isGzip(content)).toBe(false);
    expect(isGzip(Uint8Array.of(0x1f))).toBe(false);
  });
});
