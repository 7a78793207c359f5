import { describe, expect, it } from 'vitest';
import { readFiles as readFilesWith } from '../../src/data/own.ts';
import { openZip } from '../../src/files/zip.ts';
import { rejected } from '../support/sentence.ts';

const readFiles = (files: readonly File[], options: Omit<Parameters<typeof readFilesWith>[1], 'openZip'> = {}) =>
  readFilesWith(files, { openZip, ...options });

interface PictureOptions {
  type: string;
  size: number;
  ink: string;
  /** Null leaves it transparent. */
  paper: string | null;
}

/** Draws a black (or white) disc on a paper and encodes it as the browser does. */
async function picture(
  name: string,
  { type = 'image/png', size = 56, ink = 'black', paper = 'white' }: Partial<PictureOptions> = {},
): Promise<File> {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  if (paper !== null) {
    context.fillStyle = paper;
    context.fillRect(0, 0, size, size);
  }
  context.fillStyle = ink;
  context.beginPath();
  context.arc(size / 2, size / 2, size / 4, 0, 2 * Math.PI);
  context.fill();
  return new File([await canvas.convertToBlob({ type, quality: 0.95 })], name);
}

const many = (count: number, first: File) =>
  Array.from({ length: count }, (_, index) => new File([first], `${index}-${first.name}`));

/** Whether the image is a disc of ink on empty paper. */
function expectDisc(image: Uint8Array): void {
  const at = (x: number, y: number) => image[y * 28 + x] ?? Number.NaN;
  for (const [x, y] of [
    [14, 14],
    [9, 14],
    [18, 14],
    [14, 9],
    [14, 18],
  ] as const)
    expect(at(x, y)).toBeGreaterThan(240);
  for (const [x, y] of [
    [0, 0],
    [27, 27],
    [14, 4],
    [4, 14],
    [24, 14],
  ] as const)
    expect(at(x, y)).toBeLessThan(15);
}

describe('pictures, decoded by the browser', () => {
  it('reads PNG, JPEG and WebP, dark on light, light on dark and transparent, and counts what it inverted', async () => {
    const kinds = await Promise.all([
      picture('dark.png'),
      picture('dark.jpg', { type: 'image/jpeg' }),
      picture('dark.webp', { type: 'image/webp' }),
      picture('dark-clear.png', { paper: null }),
      picture('light.png', { ink: 'white', paper: 'black' }),
      picture('light.jpg', { type: 'image/jpeg', ink: 'white', paper: 'black' }),
      picture('light-clear.png', { ink: 'white', paper: null }),
      picture('small.png', { size: 28 }),
      picture('large.png', { size: 1000 }),
      picture('uneven.png', { size: 57 }),
    ]);
    const files = [...kinds, ...many(60, await picture('more.png'))];
    const { dataset, inverted } = await readFiles(files);
    expect(dataset.info).toEqual({
      id: 'own',
      label: 'Your own images',
      count: 70,
      origin: { from: 'files', names: ['dark.png'], more: 69 },
    });
    expect(dataset.labels).toBeNull();
    expect(dataset.images).toHaveLength(70 * 784);
    expect(inverted).toBe(67);
    for (let i = 0; i < 70; i++) expectDisc(dataset.images.subarray(i * 784, (i + 1) * 784));
  });

  it('goes by the content, not by the name', async () => {
    const { dataset } = await readFiles(many(64, await picture('picture.txt')));
    expect(dataset.info.count).toBe(64);
  });

  it('tells how far it is, and stops when cancelled', async () => {
    const files = many(64, await picture('a.png'));
    const total = files.reduce((sum, { size }) => sum + size, 0);
    const controller = new AbortController();
    const seen: number[] = [];
    const work = readFiles(files, {
      signal: controller.signal,
      onProgress: ({ loadedBytes = 0, totalBytes }) => {
        expect(totalBytes).toBe(total);
        seen.push(loadedBytes);
        if (loadedBytes > total / 2) controller.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBeLessThan(total * 0.6);
  });

  it('refuses a damaged picture by name', async () => {
    const good = await picture('a.png');
    const bytes = new Uint8Array(await good.arrayBuffer());
    for (const length of [40, bytes.length / 2, bytes.length - 8]) {
      const cut = new File([bytes.subarray(0, length)], 'cut.png');
      expect(await rejected(readFiles([...many(64, good), cut])), `${length} bytes`).toMatchObject({
        kind: 'bad-file',
        sentence: 'cut.png is damaged: this browser cannot decode it.',
      });
    }
    const headless = new File([bytes.subarray(0, 12)], 'headless.png');
    await expect(readFiles([...many(64, good), headless])).rejects.toMatchObject({ kind: 'bad-file' });
  });

  it('refuses a picture that claims to be huge, before decoding it', async () => {
    const bytes = new Uint8Array(await (await picture('a.png')).arrayBuffer());
    new DataView(bytes.buffer).setUint32(16, 60_000);
    expect(await rejected(readFiles(many(64, new File([bytes], 'huge.png'))))).toMatchObject({
      kind: 'too-large',
      sentence: '0-huge.png has 60000×56 pixels; 4096 a side is the most.',
    });
  });

  it('refuses pictures and arrays together, and text', async () => {
    const files = many(64, await picture('a.png'));
    const idx = new File([Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1)], 'i');
    expect(await rejected(readFiles([...files, idx]))).toMatchObject({
      sentence: 'These are pictures and IDX files together: choose one kind at a time.',
    });
    const drawing = new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'a.svg');
    expect(await rejected(readFiles([...files, drawing]))).toMatchObject({
      sentence: 'a.svg is neither IDX, .npy or .npz nor a picture (PNG, JPEG).',
    });
  });
});
