// Files that are wrong, given while a run goes on: one sentence each, and the run is unharmed.
import { strToU8, unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/files/safetensors.ts';
import { packWeights } from '../../src/files/weightsZip.ts';
import { gz, idxImages, idxLabels, npy, npyHeader, samplePixels } from '../data/samples.ts';
import { saved, smallConfig } from '../files/samples.ts';
import { choose, drop, type GivenFile, png } from './handOver.ts';
import { alerts, type Opened, openPage, pause, setUp, small, status, train, untilStep } from './openPage.ts';
import { stillTraining, theSentence } from './sentence.ts';

const file = (name: string, bytes: Uint8Array): GivenFile => ({ name, bytes });
const zipped = (name: string, changes: Record<string, Uint8Array>): GivenFile =>
  file(name, zipSync({ ...unzipSync(packWeights(saved())), ...changes }, { level: 0 }));

/** The generator's safetensors with its first tensor changed. */
function editedTensor(change: (tensor: { shape: readonly number[]; data: Float32Array }) => object): Uint8Array {
  const path = 'generator/weights.safetensors';
  const { tensors, metadata } = decode(unzipSync(packWeights(saved()))[path] ?? new Uint8Array());
  const [name] = tensors.keys();
  const tensor = name === undefined ? undefined : tensors.get(name);
  if (name === undefined || tensor === undefined) throw new Error('The zip has no tensors.');
  tensors.set(name, { ...tensor, ...change(tensor) });
  return encode(tensors, metadata);
}

const dark = png(28, 28, () => 0);

/** Dropped on the page: the dialog for images opens and says it. */
const images: readonly [string, readonly GivenFile[], RegExp][] = [
  ['an IDX file cut off', [file('cut-idx3-ubyte', idxImages(80).subarray(0, 20_000))], /cut-idx3-ubyte is cut off/],
  [
    'an IDX file with a wrong magic number',
    [file('wrong-idx3-ubyte', idxImages(80, { magic: 1234 }))],
    /wrong-idx3-ubyte is not an IDX file of images: .*1234, not 2051/,
  ],
  [
    'IDX images of another size',
    [file('big-idx3-ubyte', idxImages(80, { rows: 32, columns: 32 }))],
    /32×32 pixels, not 28×28/,
  ],
  ['IDX labels alone', [file('labels-idx1-ubyte', idxLabels(80))], /labels-idx1-ubyte holds labels only/],
  [
    'a gz cut off',
    [file('cut-idx3-ubyte.gz', gz(idxImages(80)).subarray(0, -400))],
    /cut-idx3-ubyte\.gz is damaged or cut off/,
  ],
  [
    'an .npy of another shape',
    [file('wide.npy', npy(npyHeader('(70, 32, 32)'), new Uint8Array(70 * 1024)))],
    /wide\.npy .*\(70, 32, 32\)/,
  ],
  ['an .npy cut off', [file('cut.npy', npy(npyHeader('(70, 28, 28)'), samplePixels(69)))], /cut\.npy is cut off/],
  [
    'an .npz without such an array',
    [file('other.npz', zipSync({ 'x.npy': npy(npyHeader('(9,)'), new Uint8Array(9)) }))],
    /other\.npz holds no array of shape .*x\.npy \(9,\)/,
  ],
  ['63 images in an IDX file', [file('few-idx3-ubyte', idxImages(63))], /63 images .*at least 64/],
  ['63 pictures', Array.from({ length: 63 }, (_, i) => file(`${i}.png`, dark)), /63 images .*at least 64/],
  [
    'one damaged picture of 64',
    Array.from({ length: 64 }, (_, i) => file(`${i}.png`, i === 40 ? dark.subarray(0, 40) : dark)),
    /40\.png is damaged/,
  ],
  ['a text', [file('notes.txt', strToU8('These are no images at all.'))], /notes\.txt is neither IDX/],
  ['an empty file', [file('empty.npy', new Uint8Array())], /empty\.npy is empty/],
];

/** Dropped on the page or opened: the sentence stands beside the weights. */
const weights: readonly [string, GivenFile, RegExp][] = [
  [
    'a zip of something else',
    file('holiday.zip', zipSync({ 'beach.txt': strToU8('sand') })),
    /holiday\.zip has no config\.json/,
  ],
  ['a zip cut off', file('cut.zip', packWeights(saved()).subarray(0, 5_000)), /cut\.zip /],
  ['no zip', file('words.zip', strToU8('These are no weights at all.')), /words\.zip /],
  [
    'weights cut off within the zip',
    zipped('short.zip', { 'generator/weights.safetensors': editedTensor(() => ({})).subarray(0, 3_000) }),
    /weights\.safetensors in short\.zip/,
  ],
  [
    'a tensor of another shape',
    zipped('reshaped.zip', {
      'generator/weights.safetensors': editedTensor(({ shape }) => ({ shape: [...shape].reverse() })),
    }),
    /Tensor .* in reshaped\.zip has the shape .*settings want/,
  ],
  [
    'NaN in a tensor',
    zipped('nan.zip', {
      'generator/weights.safetensors': editedTensor(({ data }) => ({
        data: data.map((each, i) => (i === 5 ? Number.NaN : each)),
      })),
    }),
    /nan\.zip holds NaN as number 6 of/,
  ],
  [
    'settings out of range',
    zipped('bold.zip', {
      'config.json': strToU8(
        JSON.stringify({
          format: 'ganvas-weights',
          version: 1,
          step: 1,
          dataset: '',
          config: { ...smallConfig, filters: 1_000 },
        }),
      ),
    }),
    /bold\.zip: Filters must be .* from 2 to 256, not 1000/,
  ],
];

describe('while a run goes on', () => {
  let opened: Opened;
  let page: Page;
  beforeAll(async () => {
    opened = await openPage();
    page = opened.page;
    await setUp(page, { ...small, Epochs: 200 }, { Dataset: 'built-in' });
    await train(page).click();
    await untilStep(page, 2);
  });
  afterEach(async () => {
    await stillTraining(page);
    expect(await pause(page).count()).toBe(1);
    expect(await status(page).textContent()).toMatch(/Training.*Built-in digits, 10,000 images/);
  });
  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
    expect(opened.misfortunes).toEqual([]);
  });

  it.each(images)('%s: says what is wrong, and shows nothing to use', async (_, files, sentence) => {
    await drop(page, ...files);
    const dialog = page.getByRole('dialog', { name: 'Your own images' });
    await dialog.waitFor();
    expect(await theSentence(page)).toMatch(sentence);
    expect(await dialog.getByRole('button', { name: 'Use these images' }).isEnabled()).toBe(false);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await alerts(page).count()).toBe(0);
  });

  it('bad files chosen instead of dropped, and a good choice after a bad one', async () => {
    await drop(page, file('few-idx3-ubyte', idxImages(63)));
    const dialog = page.getByRole('dialog', { name: 'Your own images' });
    const chooser = dialog.getByRole('button', { name: 'Choose files' });
    await choose(page, chooser, file('cut.npy', npy(npyHeader('(70, 28, 28)'), samplePixels(69))));
    await expect.poll(() => theSentence(page)).toMatch(/cut\.npy is cut off/);
    await choose(page, chooser, file('good.npy', npy(npyHeader('(70, 28, 28)'), samplePixels(70))));
    await dialog.getByText(/70 images from good\.npy/).waitFor();
    expect(await alerts(page).count()).toBe(0);
    expect(await dialog.getByRole('button', { name: 'Use these images' }).isEnabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it.each(weights)('%s: says what is wrong', async (_, zip, sentence) => {
    await drop(page, zip);
    expect(await theSentence(page)).toMatch(sentence);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await alerts(page).count()).toBe(0);
  });
});
