// Takes the pictures of README.md from the real page: `npm run pictures [steps]`. MNIST if its files are here, else
// built-in digits.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { chromiumFlags, ensureChromium } from './chromium.ts';
import { serveFiles } from './serveMnist.ts';
import { mnistFolder } from './sharedData.ts';

const steps = Number(process.argv[2] ?? 3000);
const folder = resolve(import.meta.dirname, '../../.github/pictures');
mkdirSync(folder, { recursive: true });

await build({ logLevel: 'error' });
const server = await preview({ logLevel: 'error' });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1040 }, serviceWorkers: 'block' });
  if (mnistFolder) await serveFiles(page.context(), mnistFolder);
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  if (!mnistFolder) await page.getByRole('combobox', { name: 'Dataset' }).selectOption('built-in');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  while ((await stepOf(page)) < steps) await page.waitForTimeout(2_000);
  await page.getByRole('group', { name: /Tiles/ }).getByRole('button').nth(9).click();
  await page.getByRole('slider', { name: 'Morph' }).fill('0.4');
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(2_000);
  await page.screenshot({ path: join(folder, 'training.png') });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(2_000);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, 'phone.png') });
} finally {
  await browser.close();
  await server.close();
}

async function stepOf(page: Page): Promise<number> {
  const text = (await page.getByRole('status', { name: 'Training status' }).textContent()) ?? '';
  return Number(/step ([\d,]+) of/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
}
