// The journey of a new visitor, from the first sight to the weights at home and back, on both datasets.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sources } from '../../src/data/sources.ts';
import { idxImages } from '../data/samples.ts';
import { isLong, nightly } from '../support/long.ts';
import { mnistFolder } from '../support/sharedData.ts';
import { beginWorkerWith, drop, rendererScript, workerScript } from './handOver.ts';
import {
  alerts,
  openPage,
  pause,
  pixelsOf,
  ready,
  serveMnist,
  setUp,
  small,
  status,
  stepOf,
  train,
  untilStep,
} from './openPage.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ganvas-journey-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const explored = (page: Page) =>
  page.getByRole('img', { name: 'Explored digit' }).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

/** Polls until a picture is another one than before. */
async function untilChanged(look: () => Promise<string>, before: string): Promise<string> {
  for (let i = 0; i < 300; i++) {
    const now = await look();
    if (now !== before) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The picture has not changed within 30 s.');
}

/** What a policy forbids is said in the page's console by the browser itself, and in a worker's nowhere. */
async function hearWorkers(context: BrowserContext): Promise<void> {
  const code = `addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    console.error('forbidden by ' + effectiveDirective + ': ' + blockedURI));`;
  for (const script of [workerScript, rendererScript]) await beginWorkerWith(context, code, script);
}

/** The requests that went to another host. */
const elsewhere = (requests: readonly string[]): string[] => {
  const own = new URL(inject('pageUrl')).origin;
  return requests.filter((url) => !url.startsWith(`${own}/`) && !url.startsWith(`blob:${own}/`));
};

/** Opens each explanation and table, and closes it again. */
async function lookUpAll(page: Page): Promise<number> {
  const buttons = page.locator('button[popovertarget]:visible');
  const count = await buttons.count();
  for (let i = 0; i < count; i++) {
    await buttons.nth(i).click();
    await page.locator(':popover-open').waitFor();
    await page.keyboard.press('Escape');
  }
  return count;
}

async function useOwnImages(page: Page): Promise<void> {
  await drop(page, { name: 'own-idx3-ubyte', bytes: idxImages(64) });
  await page.getByRole('button', { name: 'Use these images' }).click();
  await ready(page);
  await train(page).click();
  await untilStep(page, 1);
  expect(await status(page).textContent()).toMatch(/Your own images, 64 images/);
}

async function journey(page: Page, datasetSaid: RegExp): Promise<void> {
  // Untrained: noise is there, and curves and real digits say what will appear.
  const noise = await pixelsOf(page, 'Generated digits');
  expect(
    await page
      .getByRole('region', { name: 'Generated digits' })
      .getByRole('button', { name: /sure this is real/ })
      .count(),
  ).toBe(64);

  await train(page).click();
  await untilStep(page, 4);
  expect(await status(page).textContent()).toMatch(datasetSaid);
  expect(await status(page).textContent()).toMatch(/WASM/);
  expect(await status(page).textContent()).toMatch(/>1, \d+\/\d+, d=\d\.\d{3}, g=\d\.\d{3}/);
  const digits = await untilChanged(() => pixelsOf(page, 'Generated digits'), noise);
  await page
    .getByRole('region', { name: 'Loss curves' })
    .locator('svg path.recharts-line-curve, svg .recharts-line path')
    .first()
    .waitFor({ state: 'attached' });
  expect(
    Number(await page.getByRole('progressbar', { name: 'Training progress' }).getAttribute('aria-valuenow')),
  ).toBeGreaterThan(0);

  // Locked while it trains, with a reason; the learning rates are not.
  expect(await page.getByRole('textbox', { name: 'Filters', exact: true }).isEditable()).toBe(false);
  expect(await page.getByRole('textbox', { name: 'Generator learning rate' }).isEditable()).toBe(true);
  await page.getByRole('textbox', { name: 'Generator learning rate' }).fill('0.001');
  await page.keyboard.press('Tab');

  // The sliders draw while training goes on.
  await page.getByRole('button', { name: 'Random digit' }).click();
  const before = await explored(page);
  const stepBefore = await stepOf(page);
  await page.getByRole('slider', { name: 'Latent value' }).fill('3');
  const scrubbed = await untilChanged(() => explored(page), before);
  await page.getByRole('slider', { name: 'Morph' }).fill('0.5');
  await untilChanged(() => explored(page), scrubbed);
  await untilStep(page, stepBefore + 2);

  await pause(page).click();
  await train(page).waitFor();
  const paused = await stepOf(page);
  await page.waitForTimeout(500);
  expect(await stepOf(page)).toBe(paused);
  const last = await pixelsOf(page, 'Generated digits');
  expect(last).not.toBe(digits);

  // Home, and back: the same digits.
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download weights' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^ganvas-.*\.zip$/);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK');

  await page.getByRole('button', { name: 'Reset' }).click();
  await ready(page);
  await untilChanged(() => pixelsOf(page, 'Generated digits'), last);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open weights' }).click();
  await (await choosing).setFiles(path);
  await expect.poll(() => pixelsOf(page, 'Generated digits'), { timeout: 30_000 }).toBe(last);
  await ready(page);
  await train(page).click();
  await untilStep(page, paused + 2);
  expect(await alerts(page).count()).toBe(0);
}

describe('the journey', () => {
  it.skipIf(!mnistFolder)('on MNIST, served at the real addresses', async () => {
    let served: string[] = [];
    await using opened = await openPage({
      before: async (context) => {
        await hearWorkers(context);
        served = await serveMnist(context);
      },
    });
    await setUp(opened.page, small);
    expect(served).toEqual([]);
    await journey(opened.page, /MNIST, 60,000 images/);
    expect(served).toContain('train-images-idx3-ubyte.gz');
    expect(await opened.page.getByText(/cdn\.jsdelivr\.net|raw\.githubusercontent\.com/).count()).toBeGreaterThan(0);
    expect(opened.misfortunes).toEqual([]);
    const folders = elsewhere(opened.requests).map((url) => new URL('.', url).href);
    expect(folders).toHaveLength(served.length);
    expect(sources.mnist.addresses).toEqual(expect.arrayContaining([...new Set(folders)]));

    // The next visit needs no network: the files were kept.
    const fetched = served.length;
    await opened.page.reload();
    await ready(opened.page);
    await expect.poll(() => status(opened.page).textContent(), { timeout: 30_000 }).toMatch(/MNIST, 60,000 images/);
    await setUp(opened.page, small);
    await train(opened.page).click();
    await untilStep(opened.page, 2);
    expect(served).toHaveLength(fetched);
  });

  nightly('on the built-in digits, with the network cut, asks no other host and is forbidden nothing', async () => {
    await using opened = await openPage({ firstVisit: true, before: hearWorkers, expected: /example\.com|style-src/ });
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    await page.context().setOffline(true);
    await journey(page, /Built-in digits, 10,000 images/);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await lookUpAll(page)).toBeGreaterThan(10);
    await useOwnImages(page);
    expect(opened.misfortunes).toEqual([]);
    expect(opened.requests.length).toBeGreaterThan(5);
    expect(elsewhere(opened.requests)).toEqual([]);

    // It would have been noticed, in the page and in both workers.
    await page.context().setOffline(false);
    const ask = () => fetch('https://example.com/').catch(() => null);
    await page.evaluate(ask);
    await expect.poll(() => opened.misfortunes.join()).toMatch(/example\.com.*connect-src/);
    for (const script of [workerScript, rendererScript]) {
      opened.misfortunes.length = 0;
      await page
        .workers()
        .find((each) => script.test(each.url()))
        ?.evaluate(ask);
      await expect.poll(() => opened.misfortunes.join()).toMatch(/forbidden by connect-src: https:\/\/example\.com/);
    }
    opened.misfortunes.length = 0;
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p style="color: red">'));
    await expect.poll(() => opened.misfortunes.join()).toMatch(/style-src/);
    expect(elsewhere(opened.requests)).toEqual([]);
  });

  nightly(
    'without a network: says so, trains on the built-in digits within 10 s, and offers to try again',
    async () => {
      await using opened = await openPage({
        before: (context) =>
          // Nobody answers: the worst case, in which every address is waited for.
          context.route(
            (address) => address.hostname !== '127.0.0.1' && address.hostname !== 'localhost',
            () => new Promise(() => {}),
          ),
      });
      const { page } = opened;
      await setUp(page, small);
      const pressed = Date.now();
      await train(page).click();
      await pause(page).waitFor({ timeout: 30_000 });
      await untilStep(page, 1);
      // The page needs 7 s of them. At night nothing else is busy.
      if (isLong) expect(Date.now() - pressed).toBeLessThan(10_000);
      expect(await status(page).textContent()).toMatch(/Built-in digits/);
      expect(await status(page).textContent()).not.toMatch(/MNIST/);
      await expect.poll(() => page.getByText(/MNIST.*(could not|cannot|can’t)/).count()).toBeGreaterThan(0);
      if (!mnistFolder) return;
      await page.context().unrouteAll();
      await serveMnist(page.context());
      await page.getByRole('button', { name: /Retry/ }).click();
      await expect.poll(() => status(page).textContent(), { timeout: 60_000 }).toMatch(/MNIST, 60,000 images/);
      await untilStep(page, 1);
    },
  );
});
