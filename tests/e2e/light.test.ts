// The page itself is light: what it takes to see and use it is little, and all that computes comes after, into workers.
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, it } from 'vitest';
import { nightly } from '../support/long.ts';
import { workerScript } from './handOver.ts';
import { noMnist, openPage, pause, ready, setUp, small, status, train, untilStep } from './openPage.ts';

const kilobyte = 1_000;

/** Files by the names that the built page has for them, gzipped as a host would send them. */
async function gzipped(urls: readonly string[]): Promise<number> {
  const sizes = urls.map(async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

describe('the page', () => {
  it('asks for at most 200 kB before it is seen, and for nothing of a worker', async () => {
    const asked: string[] = [];
    await using opened = await openPage({
      firstVisit: true,
      before: async (context) => void context.on('request', (request) => asked.push(request.url())),
    });
    const { page } = opened;
    await ready(page);
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    await expect.poll(() => asked.some((url) => workerScript.test(url)), { timeout: 30_000 }).toBe(true);
    const early = await page.evaluate(() => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const fetched = performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime < (paint?.startTime ?? 0));
      return [location.href, ...fetched.map(({ name }) => name)];
    });
    const size = await gzipped(early);
    expect(size).toBeGreaterThan(50 * kilobyte);
    expect(size, early.join('\n')).toBeLessThan(200 * kilobyte);
    expect(early.filter((url) => workerScript.test(url))).toEqual([]);
  });

  it('has nothing of tfjs in its own files', async () => {
    const text = async (url: string): Promise<string> => (await fetch(url)).text();
    const pageUrl = inject('pageUrl');
    const first = /src="([^"]+\.js)"/.exec(await text(pageUrl))?.[1];
    const files = new Map<string, string>();
    const read = async (url: string): Promise<void> => {
      if (files.has(url)) return;
      files.set(url, await text(url));
      // What it imports, at once or later; a worker's address is none of these.
      for (const [, name] of (files.get(url) ?? '').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`](\.[^"'`]+\.js)["'`]/g))
        await read(new URL(name ?? '', url).href);
    };
    await read(new URL(first ?? '', pageUrl).href);
    expect([...files.keys()].some((url) => /\/Curves-/.test(url))).toBe(true);
    const traces = /registerKernel|MathBackend|setBackend/;
    for (const [url, code] of files) expect([url, traces.exec(code)?.[0]]).toEqual([url, undefined]);
    // Whatever is looked for, it is where it belongs.
    const worker = /["'`](?:\.?\/)?(?:assets\/)?(entry-[^"'`]+\.js)["'`]/.exec([...files.values()].join())?.[1];
    const main = /from["'`]\.\/(main-[^"'`]+\.js)/.exec(await text(new URL(`assets/${worker}`, pageUrl).href))?.[1];
    expect(await text(new URL(`assets/${main}`, pageUrl).href)).toMatch(traces);
  });

  nightly('answers while the worker has not even come, and what is pressed then is not lost', async () => {
    let deliver = () => {};
    const held = new Promise<void>((resolve) => {
      deliver = resolve;
    });
    await using opened = await openPage({
      firstVisit: true,
      expected: noMnist,
      before: (context) =>
        context.route(workerScript, async (route) => {
          await held;
          await route.continue();
        }),
    });
    const { page } = opened;
    await train(page).click();
    await expect.poll(() => status(page).textContent()).toMatch(/^Starting/);
    await page.getByRole('radio', { name: 'Smooth' }).check();
    await page.getByRole('button', { name: /Switch to the .* theme/ }).click();
    await page.getByRole('checkbox', { name: 'Log scale' }).check();
    expect(await page.locator('html').getAttribute('data-theme')).not.toBeNull();
    deliver();
    // Pressed before there was a worker: it trains as soon as it can.
    await pause(page).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('radio', { name: 'Smooth' }).isChecked()).toBe(true);
  });
});

describe('the pace', () => {
  nightly(
    'is what suits the accelerator, can be changed while it trains, says what it trades, and is remembered',
    async () => {
      await using opened = await openPage();
      const { page } = opened;
      await setUp(page, small, { Dataset: 'built-in' });
      const pace = page.getByRole('group', { name: 'Pace' });
      const full = page.getByRole('radio', { name: 'Full speed' });
      const smooth = page.getByRole('radio', { name: 'Smooth' });
      expect(await full.isChecked()).toBe(true);
      await pace.getByText(/never rests/).waitFor();
      await train(page).click();
      await untilStep(page, 2);
      await smooth.check();
      await pace.getByText(/rests a fifth of the time/).waitFor();
      await untilStep(page, 10);
      await page.reload();
      await ready(page);
      expect(await smooth.isChecked()).toBe(true);
      expect(opened.misfortunes).toEqual([]);
    },
  );
});
