// The visitor's own images: dropped or chosen, looked at first, and only then trained on.
import { zipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gz, idxImages, idxLabels, npy, npyHeader, samplePixels } from '../data/samples.ts';
import { choose, drop, type GivenFile, png } from './handOver.ts';
import { alerts, type Opened, openPage, ready, setUp, small, status, stepOf, train, untilStep } from './openPage.ts';
import { stillTraining } from './sentence.ts';

/** Photographs of a kind: a dark disc on light paper, larger than 28×28 and not square. */
const discs: readonly GivenFile[] = Array.from({ length: 66 }, (_, i) => ({
  name: `disc ${i}.png`,
  bytes: png(60, 48, (x, y) => ((x - 30) ** 2 + (y - 24) ** 2 < (8 + (i % 10)) ** 2 ? 20 : 235)),
}));

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Your own images' });
const use = (page: Page) => dialogOf(page).getByRole('button', { name: 'Use these images' });

/** Grey levels at points of a picture on the page, 0 (black) to 255, in CSS pixels from its corner. */
const greys = (page: Page, name: string, points: readonly (readonly [number, number])[]): Promise<number[]> =>
  page.getByRole('img', { name }).evaluate((element, at) => {
    const canvas = element as HTMLCanvasElement;
    const scale = canvas.width / canvas.clientWidth;
    const context = canvas.getContext('2d');
    return at.map(([x, y]) => context?.getImageData(x * scale, y * scale, 1, 1).data[0] ?? -1);
  }, points);

describe('the visitor’s own images', () => {
  let opened: Opened;
  let page: Page;
  beforeAll(async () => {
    opened = await openPage({ colorScheme: 'dark' });
    page = opened.page;
    await setUp(page, { ...small, Epochs: 500 }, { Dataset: 'built-in' });
    await train(page).click();
    await untilStep(page, 2);
  });
  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
    expect(opened.misfortunes).toEqual([]);
  });

  async function trainsOn(words: RegExp): Promise<void> {
    await use(page).click();
    await dialogOf(page).waitFor({ state: 'detached' });
    await ready(page);
    await expect.poll(() => status(page).textContent(), { timeout: 20_000 }).toMatch(words);
    expect(await page.getByRole('combobox', { name: 'Dataset' }).inputValue()).toBe('own');
    await page.getByRole('img', { name: 'Images from Your own images' }).waitFor();
    await train(page).click();
    await untilStep(page, 2);
    expect(await status(page).textContent()).toMatch(words);
    expect(await alerts(page).count()).toBe(0);
  }

  it('pictures dropped on the page are shown, inverted, while the run goes on; Cancel leaves it alone', async () => {
    const before = await stepOf(page);
    await drop(page, ...discs);
    await dialogOf(page)
      .getByText(/66 images from disc 0\.png and 65 more files; 66 inverted/)
      .waitFor();
    await dialogOf(page)
      .getByText(/Using them ends the run in progress/)
      .waitFor();
    // A tile is 42 px wide: light ink in its middle, an empty corner, in the dark theme.
    const [middle = 0, corner = 255] = await greys(page, 'The first of your images', [
      [21, 21],
      [3, 3],
    ]);
    expect(middle).toBeGreaterThan(150);
    expect(corner).toBeLessThan(60);
    await stillTraining(page);
    await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
    await dialogOf(page).waitFor({ state: 'detached' });
    await stillTraining(page);
    expect(await stepOf(page)).toBeGreaterThan(before);
    expect(await status(page).textContent()).toMatch(/^Training.*Built-in digits, 10,000 images/);
    expect(await page.getByRole('combobox', { name: 'Dataset' }).inputValue()).toBe('built-in');
  });

  it('a zip dropped while the dialog is open is opened as a run, in its place', async () => {
    await drop(page, ...discs);
    await use(page).waitFor();
    await drop(page, { name: 'words.zip', bytes: new TextEncoder().encode('These are no weights.') });
    await dialogOf(page).waitFor({ state: 'detached' });
    await expect.poll(() => alerts(page).allTextContents()).toEqual([expect.stringMatching(/words\.zip/)]);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await stillTraining(page);
  });

  it('pictures dropped and taken become the dataset of a new run', async () => {
    await drop(page, ...discs);
    await dialogOf(page)
      .getByText(/66 inverted/)
      .waitFor();
    expect(
      await dialogOf(page)
        .getByText(/too few to learn much/)
        .count(),
    ).toBe(0);
    await trainsOn(/Your own images, 66 images/);
    // 8 whole batches of 8 in each of 500 epochs: the steps of the run before would be 625,000.
    expect(await status(page).textContent()).toMatch(/step \d+ of 4,000\b/);
  });

  it.each<readonly [string, readonly GivenFile[], string]>([
    [
      'IDX files, gzipped, with their labels',
      [
        { name: 'mine-images-idx3-ubyte.gz', bytes: gz(idxImages(80)) },
        { name: 'mine-labels-idx1-ubyte.gz', bytes: gz(idxLabels(80)) },
      ],
      '80 images from mine-images-idx3-ubyte.gz and mine-labels-idx1-ubyte.gz; none inverted',
    ],
    [
      'an .npz with a channel',
      [{ name: 'mine.npz', bytes: zipSync({ 'x.npy': npy(npyHeader('(72, 28, 28, 1)'), samplePixels(72)) }) }],
      '72 images from mine.npz; none inverted',
    ],
  ])('%s, chosen instead of dropped', async (_, files, words) => {
    await page.getByRole('button', { name: 'Reset' }).click();
    await ready(page);
    await page.getByRole('textbox', { name: 'Epochs' }).fill('40');
    await page.getByRole('combobox', { name: 'Dataset' }).selectOption('own');
    await choose(page, dialogOf(page).getByRole('button', { name: 'Choose files' }), ...files);
    await dialogOf(page).getByText(words).waitFor();
    const steps = 40 * Math.floor(Number.parseInt(words, 10) / 8);
    await dialogOf(page)
      .getByText(new RegExp(`they make ${steps} steps of 8 images: too few`))
      .waitFor();
    await trainsOn(new RegExp(`Your own images, ${words.slice(0, 2)} images`));
  });
});
