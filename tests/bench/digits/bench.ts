// How long it takes from a press of Train to digits that a person reads: `npm run bench:digits`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { serveFiles } from '../../support/serveMnist.ts';
import { mnistFolder } from '../../support/sharedData.ts';
import { openAlone } from '../support/browser.ts';
import { serveBuilt } from '../support/serve.ts';
import { number, table } from '../support/table.ts';

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    /** MNIST where its files are at hand, else the built-in digits. */
    dataset: { type: 'string', default: mnistFolder === null ? 'built-in' : 'mnist' },
    preset: { type: 'string', default: 'quick' },
    accelerator: { type: 'string', default: 'automatic' },
    /** How long to wait at most, in seconds. */
    limit: { type: 'string', default: '180' },
    json: { type: 'string' },
    /** A folder for a picture of the page at the moment of each seed. */
    pictures: { type: 'string' },
  },
});
const limit = Number(flags.limit);
const bar = 60;

interface Found {
  readonly seed: number;
  /** From the press to the page's own mark, as a clock on the wall has it; null: not within the limit. */
  readonly seconds: number | null;
  readonly mark: string;
  readonly status: string;
  readonly scores: Readonly<Record<string, string>>;
}

await using served = await serveBuilt();
const found: Found[] = [];
for (const seed of flags.seeds.split(',').map(Number)) {
  console.error(`seed ${seed}`);
  found.push(await measure(seed));
}
const rows = found.map(({ seed, seconds, mark, status, scores }) => [
  String(seed),
  seconds === null ? `not within ${limit} s` : `${number(seconds)} s${seconds <= bar ? '' : ' ✗'}`,
  /at step ([\d,]+)/.exec(mark)?.[1] ?? '–',
  scores['Fréchet distance'] ?? '–',
  scores['Mean confidence'] ?? '–',
  /WebGPU|WebGL|WASM[^,]*|CPU/.exec(status)?.[0] ?? '?',
]);
console.log(`${flags.preset} on ${flags.dataset}, ${cpus().length} cores, ${cpus()[0]?.model.trim() ?? ''}\n`);
console.log(
  table(['seed', `recognisable (≤ ${bar} s)`, 'at step', 'Fréchet then', 'confidence then', 'accelerator'], rows),
);
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify({ found }, null, 2)}\n`);

async function measure(seed: number): Promise<Found> {
  const { browser, page } = await openAlone({ viewport: { width: 1440, height: 1100 } });
  try {
    if (mnistFolder !== null) await serveFiles(page.context(), mnistFolder);
    await page.goto(served.url);
    await ready(page);
    for (const [name, value] of [
      ['Dataset', flags.dataset],
      ['Preset', flags.preset],
      ['Accelerator', flags.accelerator],
    ] as const) {
      const choice = page.getByRole('combobox', { name });
      if ((await choice.inputValue()) === value) continue;
      await choice.selectOption(value);
      await settled(page);
    }
    await page.getByRole('textbox', { name: 'Seed', exact: true }).fill(String(seed));
    await settled(page);
    const began = performance.now();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const panel = page.getByRole('region', { name: 'How good are they?' });
    const mark = panel.getByText(/^Recognisable after/);
    const reached = await mark.waitFor({ timeout: limit * 1000 }).then(
      () => true,
      () => false,
    );
    const seconds = (performance.now() - began) / 1000;
    if (flags.pictures !== undefined) {
      mkdirSync(flags.pictures, { recursive: true });
      await page.screenshot({ path: join(flags.pictures, `${flags.preset}-seed-${seed}.png`) });
    }
    const names = await panel.locator('dt').allTextContents();
    const values = await panel.locator('dd').allTextContents();
    return {
      seed,
      seconds: reached ? seconds : null,
      mark: reached ? ((await mark.textContent()) ?? '') : '',
      status: (await page.getByRole('status', { name: 'Training status' }).textContent()) ?? '',
      scores: Object.fromEntries(names.map((name, i) => [name, (values[i] ?? '').replace(/real:.*/, '').trim()])),
    };
  } finally {
    await browser.close();
  }
}

/** A choice takes effect a moment later, by a new run. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(1_000);
  await ready(page);
}

async function ready(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'Step generator' })
    .and(page.locator(':enabled'))
    .waitFor({ timeout: 120_000 });
}
