// Where the page is served from and where its tab is: with and without headers, in a folder, out of sight, off the
// network.
import type { BrowserContext } from 'playwright';
import { describe, expect, inject } from 'vitest';
import { nightly } from '../support/long.ts';
import { beginWorkerWith, workerScript } from './handOver.ts';
import { openPage, pause, pixelsOf, ready, setUp, small, status, stepOf, train, untilStep } from './openPage.ts';

const isolated = () => globalThis.crossOriginIsolated;

/** Notes the threads that a worker starts: how they are called, and once they have said that they are there. */
const noteThreads = (context: BrowserContext) =>
  beginWorkerWith(
    context,
    `self.threads = [];
    self.Worker = class extends Worker {
      constructor(url, options) {
        super(url, options);
        this.addEventListener('message', () => self.threads.push(String(url)), { once: true });
      }
    };`,
  );

interface Away {
  /** How often the visitor was asked whether the page may notify. */
  asked: number;
  /** How many wake locks are held. */
  locks: number;
  /** The titles of what was shown. */
  notices: string[];
}

/** Notes what the page asks of a browser without a screen; what the browser answers stays its own. */
const noteAway = (context: BrowserContext) =>
  context.addInitScript(() => {
    const away: Away = { asked: 0, locks: 0, notices: [] };
    const Native = Notification;
    // As if nobody had been asked yet: what the browser says after that is what the test has told it.
    class Noted extends Native {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        away.notices.push(title);
      }
      static override get permission(): NotificationPermission {
        return localStorage.getItem('asked') === null ? 'default' : Native.permission;
      }
      static override requestPermission(): Promise<NotificationPermission> {
        away.asked += 1;
        localStorage.setItem('asked', 'yes');
        return Promise.resolve(Native.permission);
      }
    }
    const request = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = async (type) => {
      const lock = await request(type);
      away.locks += 1;
      lock.addEventListener('release', () => {
        away.locks -= 1;
      });
      return lock;
    };
    Object.assign(globalThis, { away, Notification: Noted });
  });

describe('as npm start serves it', () => {
  nightly('is isolated and trains on a thread for each core', async () => {
    await using opened = await openPage({ before: noteThreads });
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    expect(await page.evaluate(isolated)).toBe(true);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    await train(page).click();
    await untilStep(page, 2);
    expect(await status(page).textContent()).toContain(`WASM, SIMD, ${cores} ${cores === 1 ? 'thread' : 'threads'}`);
    const worker = page.workers().find((each) => workerScript.test(each.url()));
    const threads = await worker?.evaluate(() => (globalThis as unknown as { threads: string[] }).threads);
    // Ours, and none that tfjs starts for itself.
    expect(threads).toHaveLength(cores - 1);
    for (const url of threads ?? []) expect(url).toMatch(/kernelThread/);
    expect(opened.misfortunes).toEqual([]);
  });

  nightly('asks no other host for anything before Train is pressed, nor for the built-in digits after', async () => {
    await using opened = await openPage({ expected: /^request to https:|ERR_FAILED/ });
    const { page } = opened;
    await setUp(page, small);
    expect(await page.getByRole('combobox', { name: 'Dataset' }).inputValue()).toBe('mnist');
    expect(opened.misfortunes).toEqual([]);
    await page.getByRole('combobox', { name: 'Dataset' }).selectOption('built-in');
    await ready(page);
    await train(page).click();
    await untilStep(page, 2);
    expect(opened.misfortunes).toEqual([]);
    // It would have been seen: MNIST asks.
    await page.getByRole('button', { name: 'Reset' }).click();
    await ready(page);
    await page.getByRole('combobox', { name: 'Dataset' }).selectOption('mnist');
    await train(page).click();
    await expect.poll(() => opened.misfortunes.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(opened.misfortunes[0]).toMatch(/^request to https:/);
  });

  nightly(
    'trains on while another tab is in front and its own draws nothing; tells when it ends, if it is wanted',
    async () => {
      await using opened = await openPage({ permissions: ['notifications', 'screen-wake-lock'], before: noteAway });
      const { page } = opened;
      await setUp(page, { ...small, Epochs: 100 }, { Dataset: 'built-in' });
      const noted = () => page.evaluate(() => (globalThis as unknown as { away: Away }).away);
      await train(page).click();
      await untilStep(page, 2);
      expect(await noted()).toEqual({ asked: 0, locks: 0, notices: [] });
      await page.getByRole('checkbox', { name: 'Keep the screen on while training' }).check();
      await page.getByRole('checkbox', { name: 'Tell me when training ends' }).check();
      await expect.poll(noted).toEqual({ asked: 1, locks: 1, notices: [] });
      const other = await page.context().newPage();
      await other.goto('about:blank');
      await other.bringToFront();
      // Headless Chromium calls every tab visible: what a hidden one lacks is taken away by hand. No frames are drawn,
      // and timers fire once a minute, in the worker as well.
      const hide = (): void => {
        const later = globalThis.setTimeout;
        Object.assign(globalThis, {
          requestAnimationFrame: () => 0,
          setTimeout: (work: TimerHandler) => later(work, 60_000),
        });
      };
      await page.evaluate(hide);
      await page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      const worker = page.workers().find((each) => workerScript.test(each.url()));
      await worker?.evaluate(hide);
      expect(worker).toBeDefined();
      const before = await stepOf(page);
      await untilStep(page, before + 20);
      expect(await pause(page).count()).toBe(1);
      expect(await noted()).toEqual({ asked: 1, locks: 0, notices: [] });
      await page.getByRole('textbox', { name: /^Stop after/ }).fill('0.1');
      await train(page).waitFor();
      await expect.poll(async () => (await noted()).notices).toEqual(['Ganvas: training has ended']);
      expect(opened.misfortunes).toEqual([]);

      // Both are remembered.
      await page.reload();
      await ready(page);
      expect(await page.getByRole('checkbox', { name: 'Keep the screen on while training' }).isChecked()).toBe(true);
      expect(await page.getByRole('checkbox', { name: 'Tell me when training ends' }).isChecked()).toBe(true);
    },
  );

  nightly(
    'without a GPU and with the data at hand, shows the first change in curves and grid within 5 s of Train',
    {
      // A machine that is busy with another test at just that moment is no fault of the page.
      retry: 2,
    },
    async () => {
      await using opened = await openPage({ firstVisit: true });
      const { page } = opened;
      await setUp(page, {}, { Dataset: 'built-in' });
      expect(await page.getByRole('combobox', { name: 'Preset' }).inputValue()).toBe('quick');
      await page.getByRole('img', { name: 'Images from Built-in digits' }).waitFor();
      const noise = await pixelsOf(page, 'Generated digits');
      const pressed = Date.now();
      await train(page).click();
      const curve = page.getByRole('region', { name: 'Loss curves' }).locator('svg path.recharts-line-curve').first();
      const curveSeen = curve.waitFor({ state: 'attached', timeout: 30_000 }).then(() => Date.now() - pressed);
      const digitsSeen = expect
        .poll(() => pixelsOf(page, 'Generated digits'), { timeout: 30_000, interval: 50 })
        .not.toBe(noise)
        .then(() => Date.now() - pressed);
      const seen = await Promise.all([curveSeen, digitsSeen]);
      // The promise to the visitor, so it is asserted here and not in a bench.
      expect(Math.max(...seen), `curves and digits after ${seen.join(' and ')} ms`).toBeLessThan(5_000);
    },
  );
});

describe('on any static host, in a folder', () => {
  nightly('works without headers, on one thread, and says why', async () => {
    await using opened = await openPage({ url: inject('plainUrl') });
    const { page } = opened;
    expect(new URL(page.url()).pathname).toBe('/some/where/');
    await setUp(page, small, { Dataset: 'built-in' });
    expect(await page.evaluate(isolated)).toBe(false);
    await train(page).click();
    await untilStep(page, 2);
    expect(await status(page).textContent()).toMatch(/WASM, SIMD, 1 thread\b.*headers.*Built-in digits, 10,000 images/);
    expect(opened.misfortunes).toEqual([]);
  });
});
