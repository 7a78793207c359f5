// A run survives: a closed tab, a power cut, another tab, a full disk; and goes home and comes back as one file.
import type { Page } from 'playwright';
import { describe, expect, inject, it } from 'vitest';
import { idxImages } from '../data/samples.ts';
import { howMany, nightly } from '../support/long.ts';
import { choose, drop, workerScript } from './handOver.ts';
import { KillableBrowser } from './killable.ts';
import {
  alerts,
  bytesOf,
  openPage,
  pause,
  pixelsOf,
  ready,
  setUp,
  small,
  status,
  stepOf,
  train,
  untilStep,
} from './openPage.ts';

const builtIn = { Dataset: 'built-in' };
const goOn = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true });
const digits = (page: Page): Promise<string> => pixelsOf(page, 'Generated digits');

/** How many saves the browser keeps. */
const saves = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    // Opening what is not there would make it.
    const name = 'ganvas-checkpoints';
    if (!(await indexedDB.databases()).some((each) => each.name === name)) return 0;
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open(name));
    try {
      return await done(database.transaction('heads').objectStore('heads').count());
    } finally {
      database.close();
    }
  });

/** As if the page went out of sight: it saves then. */
const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

describe('a run', () => {
  it('survives a closed tab: asked for, it goes on where it was, and its past with it', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, builtIn);
    await train(page).click();
    await untilStep(page, 8);
    await pause(page).click();
    await ready(page);
    const [left, seen] = [await stepOf(page), await digits(page)];
    const again = await page.context().newPage();
    await page.close();
    await again.goto(inject('pageUrl'));
    const note = again.getByRole('status').filter({ hasText: 'Continue your run?' });
    await note.waitFor();
    expect(await note.textContent()).toMatch(/Step \d+½? on Built-in digits, saved (just now|\d+ minutes? ago)\./);
    await goOn(again).focus();
    await again.keyboard.press('Enter');
    await status(again).getByText('Ready to go on').waitFor();
    // Who has only the keyboard need not come from the top again.
    expect(await train(again).evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await stepOf(again)).toBe(left);
    await expect.poll(() => digits(again)).toBe(seen);
    expect(await again.getByRole('textbox', { name: 'Filters', exact: true }).inputValue()).toBe('4');
    // The curves and the time machine begin where the run began.
    await again.getByRole('slider', { name: 'Training time' }).press('Home');
    await again.getByText('Untrained: noise').waitFor();
    await train(again).click();
    await untilStep(again, left + 3);
    expect(await note.count()).toBe(0);
    expect(await alerts(again).count()).toBe(0);
    expect(opened.misfortunes).toEqual([]);
  });

  nightly('on the visitor’s own images goes on with them: they are kept beside it', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, { ...small, Epochs: 1000 }, builtIn);
    await drop(page, { name: 'mine-idx3-ubyte', bytes: idxImages(64) });
    await page.getByRole('button', { name: 'Use these images' }).click();
    await ready(page);
    await train(page).click();
    await untilStep(page, 2);
    await pause(page).click();
    await ready(page);
    const left = await stepOf(page);
    await expect.poll(() => saves(page)).toBeGreaterThan(0);
    const again = await page.context().newPage();
    await page.close();
    await again.goto(inject('pageUrl'));
    await goOn(again).click();
    await status(again).getByText('Ready to go on').waitFor();
    await train(again).click();
    await untilStep(again, left + 2);
    expect(await status(again).textContent()).toMatch(/Your own images, 64 images/);
    expect(await alerts(again).count()).toBe(0);
    expect(opened.misfortunes).toEqual([]);
  });

  nightly('goes home as one file, and comes back from it elsewhere', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, builtIn);
    await train(page).click();
    await untilStep(page, 4);
    await pause(page).click();
    await ready(page);
    const [left, seen] = [await stepOf(page), await digits(page)];
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save run' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(/^ganvas-run-built-in-step-\d+\.zip$/);
    const bytes = await bytesOf(file);

    await using elsewhere = await openPage();
    await ready(elsewhere.page);
    await choose(elsewhere.page, elsewhere.page.getByRole('button', { name: 'Open run' }), { name: 'mine.zip', bytes });
    await status(elsewhere.page).getByText('Ready to go on').waitFor();
    expect(await stepOf(elsewhere.page)).toBe(left);
    await expect.poll(() => digits(elsewhere.page)).toBe(seen);
    expect([...opened.misfortunes, ...elsewhere.misfortunes]).toEqual([]);
  });

  nightly('belongs to one tab: the other says so, and takes over what that one has saved', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, builtIn);
    await train(page).click();
    await untilStep(page, 3);
    const other = await page.context().newPage();
    await other.goto(inject('pageUrl'));
    await other.getByText('Ganvas is open in another tab, too.').waitFor();
    await ready(other);
    await other.getByRole('button', { name: 'Take over' }).click();
    await status(page).getByText('Paused').waitFor();
    await page.getByText('Ganvas is open in another tab, too.').waitFor();
    const left = await stepOf(page);
    await goOn(other).click();
    await status(other).getByText('Ready to go on').waitFor();
    expect(await stepOf(other)).toBe(left);
    // The first one is next in line when this one is closed.
    await other.close();
    await expect.poll(() => page.getByText('Ganvas is open in another tab, too.').count()).toBe(0);
    expect(opened.misfortunes).toEqual([]);
  });

  nightly('makes room for itself where the browser has no more, and says so when there is none', async () => {
    await using opened = await openPage();
    const { page } = opened;
    // Before anything is kept: from what it has allotted a moment ago, Chromium gives without asking.
    const devtools = await page.context().newCDPSession(page);
    const { origin } = new URL(inject('pageUrl'));
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await setUp(page, small, builtIn);
    await train(page).click();
    await untilStep(page, 3);
    await hide(page);
    const note = page.getByRole('alert').filter({ hasText: 'no more room' });
    await note.waitFor({ timeout: 30_000 });
    expect(await note.textContent()).toMatch(/The browser gives this page no more room, so the run is not saved\./);
    const before = await stepOf(page);
    await untilStep(page, before + 2);
    const saving = page.waitForEvent('download');
    await note.getByRole('button', { name: 'Save run' }).click();
    await saving;
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    // Chromium takes a moment to believe it.
    const notes = async (): Promise<number> => {
      await hide(page);
      return note.count();
    };
    await expect.poll(notes, { timeout: 30_000 }).toBe(0);
    expect(opened.misfortunes).toEqual([]);
  });

  it('goes on by itself when its worker crashes, from where it was kept last', async () => {
    await using opened = await openPage({ expected: /of the test/ });
    const { page } = opened;
    await setUp(page, small, builtIn);
    await train(page).click();
    await untilStep(page, 4);
    const kept = await stepOf(page);
    await hide(page);
    await expect.poll(() => saves(page), { timeout: 30_000 }).toBeGreaterThan(0);
    await page
      .workers()
      .find((each) => workerScript.test(each.url()))
      ?.evaluate(() =>
        setTimeout(() => {
          throw new Error('of the test');
        }),
      );
    await alerts(page).filter({ hasText: 'The run goes on from step' }).waitFor({ timeout: 30_000 });
    await status(page).getByText('Training', { exact: true }).waitFor();
    await untilStep(page, kept + 3);
    expect(await page.getByRole('textbox', { name: 'Latent size' }).inputValue()).toBe('8');
  });
});

/** Some seconds each. */
const powerCuts = howMany(20, 1);

describe('a power cut', () => {
  it('costs nothing that was saved: killed again and again while it saves, the run goes on each time', {
    timeout: 120_000 + 20_000 * powerCuts,
  }, async () => {
    await using browser = new KillableBrowser();
    const url = inject('pageUrl');
    // Named, it need not be chosen, which takes longer than all the rest.
    const remembered = { 'ganvas-choices': { accelerator: 'wasm', dataset: 'built-in', preset: 'light' } };
    let page = await browser.open(url, remembered);
    await setUp(page, small, builtIn);
    // The first save must be there before the first cut.
    await train(page).click();
    await untilStep(page, 1);
    await pause(page).click();
    await ready(page);
    await hide(page);
    await expect.poll(() => saves(page), { timeout: 30_000 }).toBeGreaterThan(0);
    let kept = 0;
    for (let kill = 0; kill < powerCuts; kill++) {
      await train(page).click();
      await untilStep(page, kept + 1);
      // Saves without end: each is asked for as soon as the one before is done.
      await page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        setInterval(() => document.dispatchEvent(new Event('visibilitychange')), 5);
      });
      await page.waitForTimeout(50 + Math.random() * 400);
      await browser.kill();
      page = await browser.open(url, remembered);
      await goOn(page).click();
      await status(page).getByText('Ready to go on').waitFor();
      const step = await stepOf(page);
      // What was once there never gets less.
      expect(step).toBeGreaterThanOrEqual(kept);
      kept = Math.floor(step);
      expect(await alerts(page).count()).toBe(0);
    }
    expect(kept).toBeGreaterThanOrEqual(powerCuts);
  });
});
