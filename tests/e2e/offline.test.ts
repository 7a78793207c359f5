// After one visit: threads where the host sends no headers, everything with the host gone, and a new version only when
// it is wanted.
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { nightly } from '../support/long.ts';
import { folderShelf, type PlainHost, plainHost, type Shelf } from '../support/plainHost.ts';
import { mnistFolder } from '../support/sharedData.ts';
import { type Opened, openPage, pause, ready, setUp, small, status, stepOf, train, untilStep } from './openPage.ts';

const folder = inject('builtFolder');

/** The build, and the MNIST files where there are some: a host's own copy. */
const build: Shelf = (path) => {
  if (mnistFolder !== null && path.startsWith('data/mnist/')) {
    return readFileSync(join(mnistFolder, path.slice('data/mnist/'.length)));
  }
  return folderShelf(folder)(path);
};

/** Another build: its page says so, and its service worker knows that. */
const nextBuild: Shelf = (path) => {
  const bytes = build(path);
  if (path === 'index.html') return bytes.toString().replace('<html ', '<html data-version="new" ');
  if (path !== 'serviceWorker.js') return bytes;
  const next = bytes.toString().replace(/("?revision"?:\s*)"[^"]*"(,\s*"?url"?:\s*"index\.html")/, '$1"next"$2');
  if (next === bytes.toString()) throw new Error('The service worker’s list of files looks otherwise.');
  return next;
};

/** Of the build that the page came from; absent where it is the first. */
const version = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset.version);

/** How many files the browser keeps of each version. */
const keptVersions = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('ganvas-page'));
    return Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  });

const loads = (page: Page): Promise<number> => page.evaluate(() => Number(sessionStorage.getItem('loads')));
const isolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated);
const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'Load it' });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('the page, kept', () => {
  let host: PlainHost;
  let opened: Opened;
  let page: Page;
  beforeAll(async () => {
    host = await plainHost(build);
    opened = await openPage({
      url: host.url,
      serviceWorkers: 'allow',
      before: (context) =>
        context.addInitScript(() =>
          sessionStorage.setItem('loads', String(Number(sessionStorage.getItem('loads')) + 1)),
        ),
    });
    page = opened.page;
    page.on('dialog', (dialog) => void dialog.accept());
  });
  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
    await host[Symbol.asyncDispose]();
  });

  it('is isolated although its host sends no headers: it loads itself once more on the first visit', async () => {
    await expect.poll(() => isolated(page).catch(() => false), { timeout: 30_000 }).toBe(true);
    expect(await loads(page)).toBe(2);
    await page.getByText('opens without a network').waitFor();
    const kept = await page.evaluate(async () => {
      const [name = ''] = (await caches.keys()).filter((each) => each.startsWith('ganvas-page'));
      return (await (await caches.open(name)).keys()).map(({ url }) => url.replace(/\?.*/, ''));
    });
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
    const wanted = files.filter((name) => name !== 'serviceWorker.js').map((name) => name.replaceAll(sep, '/'));
    expect(kept.sort()).toEqual(wanted.map((name) => new URL(name, host.url).href).sort());
    if (mnistFolder === null) return;
    await setUp(page, small, { Dataset: 'mnist' });
    await train(page).click();
    await untilStep(page, 1);
    expect(await status(page).textContent()).toMatch(/MNIST, 60,000 images/);
  });

  it('opens with its host gone, trains on every core, and has the dataset that was fetched', async () => {
    host.up = false;
    await page.reload();
    await setUp(page, small, { Dataset: 'built-in' });
    expect(await isolated(page)).toBe(true);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    await train(page).click();
    await untilStep(page, 2);
    expect(await status(page).textContent()).toContain(`WASM, SIMD, ${cores} ${cores === 1 ? 'thread' : 'threads'}`);
    if (mnistFolder !== null) {
      await press(page, 'Reset');
      await setUp(page, small, { Dataset: 'mnist' });
      await train(page).click();
      await untilStep(page, 1);
      expect(await status(page).textContent()).toMatch(/MNIST, 60,000 images/);
    }
    expect(await loads(page)).toBe(3);
    expect(opened.misfortunes).toEqual([]);
  });

  nightly('offers a new version, pauses before it loads that, and never loads it by itself', async () => {
    const [files] = await keptVersions(page);
    await press(page, 'Reset');
    host.up = true;
    host.shelf = nextBuild;
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await notice(page).getByText('A new version is here.').waitFor();
    // Whoever loads the page by hand gets the version as it was, and the new one goes on waiting, with its files.
    await page.reload();
    await notice(page).getByText('A new version is here.').waitFor();
    await setUp(page, { ...small, Epochs: 100 }, { Dataset: 'built-in' });
    await train(page).click();
    const step = await stepOf(page);
    await untilStep(page, step + 5);
    expect(await loads(page)).toBe(4);
    expect(await keptVersions(page)).toEqual([files, files]);

    await press(page, 'Load it');
    await notice(page).getByText('Training is paused.').waitFor();
    expect(await pause(page).count()).toBe(0);
    await train(page).click();
    await notice(page).getByText('A new version is here.').waitFor();
    await untilStep(page, step + 7);
    expect(await loads(page)).toBe(4);
    expect(await version(page)).toBeUndefined();

    await press(page, 'Load it');
    await press(page, 'Load it now');
    await expect.poll(() => version(page).catch(() => ''), { timeout: 20_000 }).toBe('new');
    await ready(page);
    expect(await loads(page)).toBe(5);
    expect(await isolated(page)).toBe(true);
    expect(await notice(page).count()).toBe(0);
    await expect.poll(() => keptVersions(page)).toEqual([files]);

    host.up = false;
    await page.reload();
    await ready(page);
    expect(await version(page)).toBe('new');
    expect(await isolated(page)).toBe(true);
    expect(opened.misfortunes).toEqual([]);
  });
});
