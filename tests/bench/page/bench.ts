// How the page feels while it trains at full speed, and how it loads: `npm run bench:page`.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { devicesOf } from '../support/browser.ts';
import { serveBuilt } from '../support/serve.ts';
import { quantile } from '../support/statistics.ts';
import { number, table } from '../support/table.ts';
import { type Load, measureLoad } from './load.ts';
import { openBenched, ready } from './openBenched.ts';
import { pauseOnce, watch } from './probes.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '30' },
    preset: { type: 'string' },
    accelerator: { type: 'string' },
    /** What else the visitor does: nothing, hover (over the loss curves) or play (the run so far). */
    meanwhile: { type: 'string', default: 'nothing' },
    /** Seconds to wait for the second step. Where one takes longer, the page is watched in the midst of it. */
    patience: { type: 'string', default: '300' },
  },
});
const seconds = Number(flags.seconds);
const pauses = 5;

type Doing = 'nothing' | 'hover' | 'play';
const meanwhile = flags.meanwhile.split(',') as Doing[];

interface Case {
  readonly preset: string;
  readonly accelerator: string;
}

/** One named, the other open: all that the other usually is. Several are separated by commas. */
const cases: readonly (Case & { doing: Doing })[] = (
  flags.preset === undefined && flags.accelerator === undefined
    ? [
        { preset: 'light', accelerator: 'wasm' },
        { preset: 'tutorial', accelerator: 'wasm' },
        { preset: 'light', accelerator: 'webgl' },
      ]
    : (flags.preset ?? 'light,tutorial')
        .split(',')
        .flatMap((preset) =>
          (flags.accelerator ?? 'automatic').split(',').map((accelerator) => ({ preset, accelerator })),
        )
).flatMap((one) => meanwhile.map((doing) => ({ ...one, doing })));

interface Quantiles {
  p50: number;
  p95: number;
  max: number;
}

interface Row extends Case {
  /** What the page says that it computes on. */
  backend: string;
  seconds: number;
  steps: number;
  lateMs: Quantiles;
  longTasks: { count: number; longestMs: number };
  sliderMs: Quantiles & { moves: number; unanswered: number; matched: boolean };
  framesPerSecond: number;
  frameMs: Quantiles;
  pauseMs: number[];
}

const quantiles = (values: readonly number[]): Quantiles => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  max: quantile(values, 1),
});

await using served = await serveBuilt();
const load = await measureLoad(served);
const rows: Row[] = [];
const failures: string[] = [];
for (const one of cases) {
  console.error(`${one.preset} on ${one.accelerator}, ${one.doing}: ${seconds} s`);
  try {
    rows.push(await measure(one));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    failures.push(`${one.preset} on ${one.accelerator}: ${why}`);
  }
}
const about = await describe();
console.log(`Chromium ${about.chromium}, ${about.processor}, WebGL: ${about.webgl}, WebGPU: ${about.webgpu}\n`);
console.log(`${trainingTable(rows)}\n\n${loadTable(load)}`);
if (failures.length > 0) console.log(`\nNot measured:\n${failures.map((line) => `- ${line}`).join('\n')}`);
if (flags.json !== undefined)
  writeFileSync(flags.json, `${JSON.stringify({ rows, load, about, failures }, null, 2)}\n`);

async function describe() {
  await using opened = await openBenched(served.url);
  return { chromium: opened.version, processor: cpus()[0]?.model.trim() ?? '', ...(await devicesOf(opened.page)) };
}

async function measure({ preset, accelerator, doing }: Case & { doing: Doing }): Promise<Row> {
  await using opened = await openBenched(served.url);
  const { page } = opened;
  for (const [name, value] of [
    ['Dataset', 'built-in'],
    ['Preset', preset],
    ['Accelerator', accelerator],
  ] as const) {
    await page.getByRole('combobox', { name }).selectOption(value);
    // A choice takes effect a moment later, by a new run.
    await page.waitForTimeout(1_000);
    await ready(page);
  }
  await train(page);
  // The first step compiles; it is not what a visitor lives with, unless it takes minutes.
  const settled = await comesTo(page, (await stepOf(page)) + 2);
  const before = await stepOf(page);
  const over = new AbortController();
  const other = doMeanwhile(page, doing, over.signal);
  const seen = await page.evaluate(watch, seconds);
  over.abort();
  await other;
  const steps = (await stepOf(page)) - before;
  const pauseMs: number[] = [];
  for (let i = 0; i < (settled ? pauses : 1); i++) {
    pauseMs.push(await page.evaluate(pauseOnce));
    await train(page);
    await page.waitForTimeout(1_500 + 137 * i);
  }
  return {
    preset: [preset, ...(doing === 'nothing' ? [] : [doing]), ...(settled ? [] : ['in its first steps'])].join(', '),
    accelerator,
    backend: ((await status(page)) ?? '').match(/WebGPU|WebGL|WASM|JavaScript/)?.[0] ?? '?',
    seconds: seen.ms / 1000,
    steps,
    lateMs: quantiles(seen.late),
    longTasks: { count: seen.longTasks.length, longestMs: Math.max(0, ...seen.longTasks) },
    sliderMs: {
      ...quantiles(seen.slider),
      moves: seen.slider.length,
      unanswered: seen.unanswered,
      matched: seen.matched,
    },
    framesPerSecond: (1000 * seen.frames.length) / seen.ms,
    frameMs: quantiles(seen.frames),
    pauseMs,
  };
}

/** Like an impatient visitor: from side to side over the curves, or playing the run again and again. */
async function doMeanwhile(page: Page, doing: Doing, signal: AbortSignal): Promise<void> {
  const curve = page.locator('.recharts-wrapper').first();
  for (let i = 0; doing !== 'nothing' && !signal.aborted; i++) {
    if (doing === 'hover') {
      const box = await curve.boundingBox();
      const share = 0.1 + 0.8 * Math.abs(1 - ((i / 20) % 2));
      if (box !== null) await page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
      await page.waitForTimeout(30);
    } else {
      const play = page.getByRole('button', { name: 'Play', exact: true });
      if (await play.isVisible()) await play.click();
      await page.waitForTimeout(500);
    }
  }
}

async function train(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor({ timeout: 120_000 });
}

function status(page: Page): Promise<string | null> {
  return page.getByRole('status', { name: 'Training status' }).textContent();
}

async function stepOf(page: Page): Promise<number> {
  return Number(/step\s*([\d,]+)\s*of/.exec((await status(page)) ?? '')?.[1]?.replaceAll(',', '') ?? 0);
}

/** Whether it is there within the patience. */
async function comesTo(page: Page, step: number): Promise<boolean> {
  const deadline = performance.now() + 1000 * Number(flags.patience);
  while ((await stepOf(page)) < step) {
    if (performance.now() > deadline) return false;
    await page.waitForTimeout(100);
  }
  return true;
}

/** A value with what it must not exceed. */
function barred(value: number, most: number): string {
  return `${number(value)}${value <= most ? '' : ' ✗'}`;
}

function trainingTable(all: readonly Row[]): string {
  return table(
    [
      'training, ms',
      'late p50',
      'late p95 (≤ 50)',
      'late max',
      'long tasks',
      'longest (≤ 100)',
      'slider p50',
      'slider p95 (≤ 100)',
      'frames/s',
      'Pause, median',
      'Pause, worst (≤ 200 or a chunk)',
      'steps',
    ],
    all.map(({ preset, backend, lateMs, longTasks, sliderMs, framesPerSecond, pauseMs, steps }) => [
      `${preset}, ${backend}`,
      number(lateMs.p50),
      barred(lateMs.p95, 50),
      number(lateMs.max),
      String(longTasks.count),
      barred(longTasks.longestMs, 100),
      number(sliderMs.p50),
      `${barred(sliderMs.p95, 100)}${sliderMs.unanswered > 0 ? `, ${sliderMs.unanswered} not within 10 s` : ''}${sliderMs.matched ? '' : ', by the first drawing'}`,
      number(framesPerSecond),
      number(quantile(pauseMs, 0.5)),
      barred(quantile(pauseMs, 1), 200),
      String(steps),
    ]),
  );
}

function loadTable(found: Load): string {
  const kilobytes = (bytes: number) => `${number(bytes / 1000)} kB`;
  const row = (what: string, value: string, bar: string, reached: boolean | null) => [
    what,
    value,
    bar,
    reached === null ? '–' : reached ? 'yes' : 'no',
  ];
  return table(
    ['cold load', 'found', 'wanted', 'reached'],
    [
      row('first paint, median', `${number(found.firstPaintMs)} ms`, '< 1,500 ms', found.firstPaintMs < 1500),
      row('first paint, worst', `${number(found.worstFirstPaintMs)} ms`, '–', null),
      row('gzipped before it, the page', kilobytes(found.pageBytes), '≤ 200 kB', found.pageBytes <= 200_000),
      row('gzipped before it, with the worker’s', kilobytes(found.allBytes), '–', null),
      row('longest task until it can train', `${number(found.longestTaskMs)} ms`, '–', null),
      row('it can train after', `${number(found.readyMs)} ms`, '–', null),
    ],
  );
}
