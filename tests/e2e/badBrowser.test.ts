// Browsers that lack something, and workers that break: the page says so in one sentence and goes on with what there
// is.
import type { Page, Worker } from 'playwright';
import { describe, expect, it } from 'vitest';
import { nightly } from '../support/long.ts';
import { beginWorkerWith, rendererScript, workerScript } from './handOver.ts';
import { alerts, type Opened, openPage, ready, setUp, small, status, stepOf, train, untilStep } from './openPage.ts';
import { stillTraining, theSentence } from './sentence.ts';

const openWith = (code: string): Promise<Opened> => openPage({ before: (context) => beginWorkerWith(context, code) });

const noWebGl = 'OffscreenCanvas.prototype.getContext = () => null;';
const noWasm = 'delete self.WebAssembly;';
/** Keeps the worker's WebGL context where a test can take it away. */
const keepGl = `
  const get = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
    const context = get.call(this, kind, ...rest);
    if (kind === 'webgl2') self.gl ??= context;
    return context;
  };`;

const workerOf = (page: Page) => page.workers().find((each) => workerScript.test(each.url()));

/** What the accelerator's choice says of one of them. */
async function offer(page: Page, name: string): Promise<{ text: string | null; enabled: boolean }> {
  const option = page.getByRole('combobox', { name: 'Accelerator' }).locator('option', { hasText: name }).last();
  return { text: await option.textContent(), enabled: await option.isEnabled() };
}

const reason = (page: Page) =>
  page
    .getByRole('combobox', { name: 'Accelerator' })
    .evaluate((select) => document.getElementById(select.getAttribute('aria-describedby') ?? '')?.textContent ?? '');

async function trains(page: Page): Promise<void> {
  await setUp(page, small, { Dataset: 'built-in' });
  await train(page).click();
  await untilStep(page, 2);
  expect(await alerts(page).count()).toBe(0);
}

describe('a browser', () => {
  nightly('without WebGL trains on WASM, and says why WebGL cannot be chosen', async () => {
    await using opened = await openWith(noWebGl);
    const { page } = opened;
    await ready(page);
    await expect.poll(() => reason(page), { timeout: 60_000 }).toMatch(/this browser has no usable WebGL/);
    expect(await offer(page, 'WebGL')).toEqual({ text: 'WebGL: not in this browser', enabled: false });
    await trains(page);
    expect(await status(page).textContent()).toMatch(/WASM/);
    expect(opened.misfortunes).toEqual([]);
  });

  nightly(
    'without WASM trains on WebGL, says why WASM cannot be chosen, and goes on by itself when the GPU is taken away',
    async () => {
      await using opened = await openWith(noWasm + keepGl);
      const { page } = opened;
      await ready(page);
      // An emulated GPU compiles all of both self-tests and of what is measured.
      await expect.poll(() => reason(page), { timeout: 150_000 }).toMatch(/this browser has no WebAssembly/);
      expect(await offer(page, 'WASM')).toEqual({ text: 'WASM: not in this browser', enabled: false });
      await trains(page);
      expect(await status(page).textContent()).toMatch(/WebGL, emulated in software/);
      expect(opened.misfortunes).toEqual([]);

      const lostAt = await stepOf(page);
      const lose = () =>
        workerOf(page)?.evaluate(() => {
          const { gl } = globalThis as unknown as { gl: WebGL2RenderingContext };
          gl.getExtension('WEBGL_lose_context')?.loseContext();
        });
      await lose();
      const goesOn = /^The browser took the GPU away\. The run (goes on from step|has begun anew)/;
      expect(await theSentence(page, 30_000)).toMatch(goesOn);
      await untilStep(page, lostAt + 1);
      await expect.poll(() => status(page).textContent(), { timeout: 30_000 }).toMatch(/^Training.*WebGL/);
    },
  );

  nightly('without both trains in JavaScript, and says that this is very slow', async () => {
    await using opened = await openWith(noWebGl + noWasm);
    const { page } = opened;
    await ready(page);
    await expect.poll(() => reason(page), { timeout: 60_000 }).toMatch(/very slow.*neither WebGL nor WebAssembly/);
    await trains(page);
    expect(opened.misfortunes).toEqual([]);
  });

  it('without workers shows one sentence and does not pretend to train', async () => {
    await using opened = await openPage({
      before: (context) => context.addInitScript(() => Reflect.deleteProperty(window, 'Worker')),
    });
    const { page } = opened;
    expect(await theSentence(page)).toMatch(/^This browser has no web workers, .* Update the browser/);
    expect(await train(page).getAttribute('aria-disabled')).toBe('true');
    expect(await status(page).textContent()).toMatch(/Stopped/);
    expect(opened.misfortunes).toEqual([]);
  });
});

describe('a worker', () => {
  nightly('that throws as it starts: one sentence, and Restart brings a new one', () =>
    isRestarted((page) => beginWorkerWith(page.context(), 'throw new Error("of the test");')),
  );
  it('that cannot be fetched: one sentence, and Restart brings a new one', () =>
    isRestarted((page) => page.context().route(workerScript, (route) => route.fulfill({ status: 404 }))));

  async function isRestarted(spoil: (page: Page) => Promise<unknown>): Promise<void> {
    await using opened = await openPage({ expected: /of the test|404/ });
    const { page } = opened;
    await spoil(page);
    await page.reload();
    expect(await theSentence(page)).toMatch(/^The worker that trains has crashed.*\. Press Restart/);
    expect(await status(page).textContent()).toMatch(/Stopped/);
    await page.context().unrouteAll();
    await page.getByRole('button', { name: 'Restart' }).click();
    await trains(page);
  }
});

describe('the worker that draws', () => {
  const verdict = (page: Page) => page.getByText('says the discriminator');

  nightly(
    'that crashes is replaced by itself; crashed again: one sentence where it draws, training goes on, and Restart brings a new one',
    async () => {
      await using opened = await openPage({ expected: /of the test/ });
      const { page } = opened;
      await trains(page);
      await verdict(page).waitFor();
      const draws = async (value: string) => {
        const before = await drawn(page);
        await page.getByRole('slider', { name: 'Latent value' }).fill(value);
        await expect.poll(() => drawn(page), { timeout: 60_000 }).not.toBe(before);
      };
      const crash = async () => {
        const renderer = page.workers().find((each) => rendererScript.test(each.url()));
        await renderer?.evaluate(() =>
          setTimeout(() => {
            throw new Error('of the test');
          }),
        );
        await expect.poll(() => page.workers().includes(renderer as Worker)).toBe(false);
      };
      await crash();
      await draws('3');
      expect(await alerts(page).count()).toBe(0);
      await crash();
      expect(await theSentence(page)).toMatch(
        /^The worker that draws this digit has crashed .*of the test\)\. Press Restart; training goes on meanwhile\./,
      );
      await stillTraining(page);
      await page.getByRole('button', { name: 'Restart' }).click();
      await expect.poll(() => alerts(page).count()).toBe(0);
      await draws('-3');
      await stillTraining(page);
    },
  );

  nightly('that cannot be fetched: one sentence, and all else works', async () => {
    await using opened = await openPage({
      before: (context) => context.route(rendererScript, (route) => route.fulfill({ status: 404 })),
      expected: /404/,
    });
    const { page } = opened;
    expect(await theSentence(page)).toMatch(/^The worker that draws this digit has crashed.*\. Press Restart/);
    await page.context().unrouteAll();
    await page.getByRole('button', { name: 'Restart' }).click();
    await verdict(page).waitFor();
    await trains(page);
  });

  nightly('draws in JavaScript where there is no WASM', async () => {
    await using opened = await openPage({ before: (context) => beginWorkerWith(context, noWasm, rendererScript) });
    const { page } = opened;
    await verdict(page).waitFor({ timeout: 60_000 });
    expect(opened.misfortunes).toEqual([]);
  });
});

const drawn = (page: Page): Promise<string> =>
  page.getByRole('img', { name: 'Explored digit' }).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
