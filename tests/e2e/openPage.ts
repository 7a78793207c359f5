// A fresh browser window on the built page, cut off from the network but for what a test serves; a misfortune nobody
// expected fails the test.
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Download,
  type Page,
} from 'playwright';
import { expect, inject, onTestFailed } from 'vitest';
import { collectCoverage } from '../coverage/collect.ts';
import { chromiumFlags, ensureChromium } from '../support/chromium.ts';
import { serveFiles } from '../support/serveMnist.ts';
import { mnistFolder } from '../support/sharedData.ts';

/** What a test meets that asks for MNIST and serves none. */
export const noMnist = /^request to https:\/\/(cdn\.jsdelivr\.net|raw\.githubusercontent\.com)/;

export interface OpenOptions extends BrowserContextOptions {
  /** Where the page is; as `npm start` serves it unless told otherwise. */
  url?: string;
  /**
   * Of a browser of its own. Without any, and without `before`, tests share one, each in a window that knows nothing of
   * the others: what is routed would cross one process more, and datasets are large.
   */
  flags?: string[];
  /** Runs before the page: what it may serve or take away. */
  before?: (context: BrowserContext) => Promise<unknown>;
  /** Misfortunes that belong to the test. */
  expected?: RegExp;
  /** As somebody who was never here. Anybody else's browser knows its accelerators, which takes seconds to find out. */
  firstVisit?: boolean;
}

export interface Opened extends AsyncDisposable {
  page: Page;
  /** Uncaught errors, console errors and requests to other hosts, in words. */
  misfortunes: string[];
  /** The address of every request so far, of the page and its workers. */
  requests: string[];
}

/**
 * Opens the page; `await using` closes it again, and throws where there was an uncaught error, an error in the console
 * or a request to another host that was not expected. Requests to other hosts fail, unless `before` routes them.
 */
export async function openPage({
  url = inject('pageUrl'),
  flags = [],
  before,
  expected,
  firstVisit = false,
  ...options
}: OpenOptions = {}): Promise<Opened> {
  const browser: Browser =
    flags.length === 0 && before === undefined
      ? await chromium.connect(inject('browserAddress'))
      : await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumFlags, ...flags] });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
    acceptDownloads: true,
    // What a service worker fetches is not routed. offline.test.ts lets it in.
    serviceWorkers: 'block',
    ...(!firstVisit && { storageState: inject('visited') }),
    ...options,
  });
  // A slow machine is no fault of the page.
  context.setDefaultTimeout(60_000);
  const misfortunes: string[] = [];
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  const { origin } = new URL(url);
  await context.route(
    (address) => address.origin !== origin && address.protocol.startsWith('http'),
    (route) => {
      misfortunes.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  await before?.(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => misfortunes.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') misfortunes.push(`console: ${message.text()}`);
  });
  await page.goto(url);
  let lastSeen: Promise<string> | null = null;
  // What a test saw last tells more than the line at which it gave up.
  const tell = async () => console.error(`The page in the end:\n${await (lastSeen ?? textOf(page))}`);
  // Not where a hook has opened it for several tests.
  if (expect.getState().currentTestName !== undefined) onTestFailed(tell);
  const close = async () => {
    lastSeen = textOf(page);
    await lastSeen;
    await collectCoverage(context);
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
    await browser.close();
    const others = misfortunes.filter((each) => !expected?.test(each));
    if (others.length > 0) throw new Error(`Nobody expected this: ${others.join('; ')}`);
  };
  return { page, misfortunes, requests, [Symbol.asyncDispose]: close };
}

/** What was downloaded. A browser that is shared keeps no file that a test could read by its path. */
export async function bytesOf(download: Download): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What stands on it above its settings; whatever state it is in. */
async function textOf(page: Page): Promise<string> {
  const looked = page.evaluate(() => document.body.innerText.slice(0, 1_500)).catch((error: unknown) => String(error));
  const late = new Promise<string>((resolve) => setTimeout(resolve, 5_000, 'It does not answer.'));
  return Promise.race([looked, late]);
}

/** Serves the official MNIST files at the real addresses; returns the growing list of names asked for. */
export function serveMnist(context: BrowserContext): Promise<string[]> {
  return serveFiles(context, mnistFolder ?? '');
}

/**
 * Puts values into settings and waits until the run is made of them. What is not named is as in Light, unless nothing
 * is.
 */
export async function setUp(
  page: Page,
  values: Record<string, number>,
  choices: Record<string, string> = {},
): Promise<void> {
  await untrained(page);
  const preset = Object.keys(values).length > 0 ? { Preset: 'light' } : {};
  for (const [name, value] of Object.entries({ ...preset, ...choices })) {
    await page.getByRole('combobox', { name }).selectOption(value);
  }
  for (const [name, value] of Object.entries(values)) {
    await page.getByRole('textbox', { name, exact: true }).fill(String(value));
    await page.keyboard.press('Tab');
  }
  // A run of some of the settings may stand for a moment before that of all.
  await page.waitForTimeout(500);
  await untrained(page);
}

/**
 * Resolves when a run of the settings as they are stands: once they have rested, the status says something else until
 * then.
 */
const untrained = (page: Page): Promise<void> => status(page).getByText('Untrained').waitFor({ timeout: 60_000 });

/** Small enough for an emulated GPU. */
export const small = { Filters: 4, Batch: 8, 'Latent size': 8 };

export const train = (page: Page) => page.getByRole('button', { name: 'Train', exact: true });
export const pause = (page: Page) => page.getByRole('button', { name: 'Pause', exact: true });
export const status = (page: Page) => page.getByRole('status', { name: 'Training status' });
export const alerts = (page: Page) => page.getByRole('alert');

/** Resolves when Train can be pressed. */
export async function ready(page: Page): Promise<void> {
  await page
    .locator('button:not([aria-disabled="true"]):not([disabled])', { hasText: /^\s*Train\s*$/ })
    .waitFor({ timeout: 60_000 });
}

/** The step that the status shows; half of one where it says so. */
export async function stepOf(page: Page): Promise<number> {
  const text = (await status(page).textContent()) ?? '';
  const [, whole = '', half = ''] = /step\s*([\d,]*)(½?)\s*of/.exec(text) ?? [];
  return Number(whole.replaceAll(',', '')) + (half === '' ? 0 : 0.5);
}

export async function untilStep(page: Page, step: number): Promise<void> {
  const deadline = Date.now() + 120_000;
  while ((await stepOf(page)) < step) {
    if (Date.now() > deadline)
      throw new Error(`Not at step ${step} after two minutes: ${await status(page).textContent()}`);
    await page.waitForTimeout(200);
  }
}

/** The pixels of a canvas as drawn, to compare pictures. */
export function pixelsOf(page: Page, region: string): Promise<string> {
  return page
    .getByRole('region', { name: region })
    .locator('canvas')
    .first()
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
}
