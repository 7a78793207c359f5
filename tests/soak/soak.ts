// Hours in minutes: trains with every control used at random, tabs hidden, GPUs taken away, workers hung, runs saved
// and taken up again. `npm run soak -- --minutes 20 --seed 1`. Nothing may be lost, tensors and heap stay flat, and the
// console stays silent.
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { serveBuilt } from '../bench/support/serve.ts';
import { median } from '../bench/support/statistics.ts';
import { number, table } from '../bench/support/table.ts';
import { workerScript } from '../e2e/handOver.ts';
import { chromiumFlags, ensureChromium } from '../support/chromium.ts';
import { randomNumbers } from '../support/randomNumbers.ts';
import { actionsOf } from './actions.ts';
import { slope } from './slope.ts';
import { type Told, watchWorker } from './watch.ts';

const { values: flags } = parseArgs({
  options: { minutes: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const minutes = Number(flags.minutes);
const random = randomNumbers(Number(flags.seed));
/**
 * Between two losses of the GPU or the worker, in seconds, and between two visits, which train on one of these in turn.
 */
const loseEvery = 60;
const reloadEvery = 130;
const accelerators = ['webgl', 'wasm'] as const;
let visits = 0;

await using served = await serveBuilt();
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
const context = await browser.newContext({
  viewport: { width: 1440, height: 1000 },
  acceptDownloads: true,
  // It would serve the worker behind the back of the route below.
  serviceWorkers: 'block',
});
// Keeps the worker's WebGL context where it can be taken away.
await context.route(workerScript, async (route) => {
  const response = await route.fetch();
  const keepGl = `const get = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
      const context = get.call(this, kind, ...rest);
      if (kind === 'webgl2') self.gl ??= context;
      return context;
    };`;
  await route.fulfill({ response, body: `${keepGl}\n${await response.text()}` });
});
// tsx names the functions that it compiles, by a helper which the page does not have.
await context.addInitScript({ content: 'globalThis.__name = (named) => named;' });
await context.addInitScript(watchWorker);
await context.addInitScript(() => {
  // As a visitor would have chosen on an earlier visit.
  const accelerator = localStorage.getItem('soak-accelerator') ?? 'webgl';
  const choices = { accelerator, dataset: 'built-in', preset: 'light' };
  localStorage.setItem('ganvas-choices', JSON.stringify(choices));
});

const complaints: string[] = [];
const lost: string[] = [];
const done: Record<string, number> = {};
const counted = (what: string): void => {
  done[what] = (done[what] ?? 0) + 1;
};
const heaps: [number, number][] = [];
/** Tensors between two steps, by accelerator and whether the classifier is on it: each time the same number. */
const tensors: Record<string, [number, number][]> = {};
/** What it took until another worker was started and until that one trained, in milliseconds, by what was lost. */
const recoveries: Record<string, { noticed: number; trained: number; on: string }[]> = {};

const page = await context.newPage();
page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
page.on('console', (message) => {
  if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
});
const devtools = await context.newCDPSession(page);
const actions = actionsOf(page, random);

const began = performance.now();
const seconds = (): number => (performance.now() - began) / 1000;
const told = (): Promise<Told> => page.evaluate(() => (globalThis as unknown as { told: Told }).told);
const button = (name: string) => page.getByRole('button', { name, exact: true });

await page.goto(served.url);
await page.getByRole('textbox', { name: 'Filters', exact: true }).waitFor();
for (const [name, value] of Object.entries({ Filters: 8, Batch: 8, 'Latent size': 8, Epochs: 1000 })) {
  await page.getByRole('textbox', { name, exact: true }).fill(String(value));
  await page.keyboard.press('Tab');
}
await trainOn(page);
let [loseAt, reloadAt, lookAt] = [loseEvery, reloadEvery, 20];
while (seconds() < 60 * minutes) {
  const { name, act } = actions[Math.floor(random() * actions.length)] ?? { name: '', act: async () => {} };
  await act();
  counted(name);
  await page.waitForTimeout(200 + 800 * random());
  if (seconds() > lookAt) {
    lookAt = seconds() + 20;
    await look();
  }
  if (seconds() > loseAt) {
    loseAt = seconds() + loseEvery;
    await lose();
  }
  if (seconds() > reloadAt) {
    reloadAt = seconds() + reloadEvery;
    await visitAgain();
  }
  await trainOn(page);
}
await browser.close();
report();
process.exit(complaints.length + lost.length > 0 ? 1 : 0);

/** Presses Train unless it trains. */
async function trainOn(at: Page): Promise<void> {
  if (await button('Pause').isVisible()) return;
  const train = at.locator('button:not([aria-disabled="true"])', { hasText: /^\s*Train\s*$/ });
  await train.click({ timeout: 60_000 });
  await button('Pause').waitFor({ timeout: 60_000 });
}

/**
 * Heap, after what is garbage has gone, and tensors, where they were told since the networks or the classifier came.
 */
async function look(): Promise<void> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  heaps.push([seconds(), usedSize]);
  const { backend, use, classifier } = await told();
  if (use === null || backend === null) return;
  const where = `${backend}, ${classifier ? 'with' : 'without'} the classifier`;
  tensors[where] = [...(tensors[where] ?? []), [seconds(), use.tensors]];
  if ((use.leaked ?? 0) > 0) lost.push(`${use.leaked} tensors too many on ${backend} after ${Math.round(seconds())} s`);
}

/** Takes the GPU away or makes the worker hang, and waits until training goes on from what was kept. */
async function lose(): Promise<void> {
  await page.waitForTimeout(500);
  // A run that was paused would stay so.
  await trainOn(page);
  const before = await told();
  const what = before.backend === 'webgl' && random() < 0.5 ? 'GPU taken away' : 'worker hung';
  const from = await page.evaluate(() => performance.now());
  // The newest: one that has hung takes its time to end.
  const worker = page.workers().findLast((each) => workerScript.test(each.url()));
  await worker?.evaluate((hangs) => {
    const { gl } = globalThis as unknown as { gl?: WebGL2RenderingContext };
    if (!hangs) gl?.getExtension('WEBGL_lose_context')?.loseContext();
    else
      setTimeout(() => {
        for (;;);
      });
  }, what === 'worker hung');
  await page.waitForFunction(
    (starts) => {
      const { told: now } = globalThis as unknown as { told: Told };
      return now.starts > starts && now.state === 'training' && now.stepsSinceStart > 0;
    },
    before.starts,
    { timeout: 120_000 },
  );
  const trained = (await page.evaluate(() => performance.now())) - from;
  counted(what);
  const after = await told();
  const times = { noticed: after.since - from, trained, on: `${before.backend} to ${after.backend}` };
  recoveries[what] = [...(recoveries[what] ?? []), times];
  if (before.kept !== null && after.firstStep < before.kept) {
    lost.push(`went on from step ${after.firstStep}, and ${before.kept} was kept`);
  }
}

/** Closes the page in the midst of training, opens it again, and goes on with the run. */
async function visitAgain(): Promise<void> {
  const before = await told();
  visits += 1;
  const accelerator = accelerators[visits % accelerators.length];
  await page.evaluate((next) => localStorage.setItem('soak-accelerator', String(next)), accelerator);
  await page.reload();
  await button('Continue').click({ timeout: 30_000 });
  await page.waitForFunction(() => (globalThis as unknown as { told: Told }).told.starts > 0, null, {
    timeout: 60_000,
  });
  const after = await told();
  if (before.kept !== null && after.firstStep < before.kept) {
    lost.push(`the next visit went on from step ${after.firstStep}, and ${before.kept} was kept`);
  }
  counted('page loaded anew');
}

function report(): void {
  const perMinute = (points: readonly [number, number][]) => 60 * slope(points);
  // The first quarter fills caches and the time machine.
  const settled = heaps.slice(Math.floor(heaps.length / 4));
  console.log(`${number(minutes)} minutes, seed ${flags.seed}\n`);
  console.log(
    table(
      ['what', 'times'],
      Object.entries(done).map(([what, times]) => [what, String(times)]),
    ),
  );
  const rows = Object.entries(tensors).map(([where, points]) => {
    const counts = points.map(([, count]) => count);
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return [
      `tensors on ${where} (${points.length} looks)`,
      `${least} to ${most}`,
      `${perMinute(points).toFixed(2)} a minute`,
    ];
  });
  const megabytes = settled.map(([, bytes]) => bytes / 1e6);
  console.log(
    `\n${table(
      ['held', 'from, to', 'slope'],
      [
        ...rows,
        [
          'heap of the page, MB, garbage collected',
          `${Math.min(...megabytes).toFixed(1)} to ${Math.max(...megabytes).toFixed(1)}`,
          `${(perMinute(settled) / 1e6).toFixed(3)} a minute`,
        ],
      ],
    )}`,
  );
  const seconds = (ms: number): string => number(ms / 1000);
  console.log(
    `\n${table(
      ['what', 'times', 'noticed after, s: median', 'worst', 'trained again after, s: median', 'worst'],
      Object.entries(recoveries).map(([what, times]) => {
        const [noticed, trained] = [times.map((each) => each.noticed), times.map((each) => each.trained)];
        const columns = [median(noticed), Math.max(...noticed), median(trained), Math.max(...trained)];
        return [what, String(times.length), ...columns.map(seconds)];
      }),
    )}`,
  );
  for (const [what, times] of Object.entries(recoveries)) {
    console.log(
      `${what}: ${times.map((each) => `${seconds(each.noticed)} + ${seconds(each.trained - each.noticed)} (${each.on})`).join(', ')}`,
    );
  }
  console.log(`Lost: ${lost.length === 0 ? 'nothing' : `\n- ${lost.join('\n- ')}`}`);
  console.log(`Console errors: ${complaints.length === 0 ? 'none' : `\n- ${complaints.join('\n- ')}`}`);
}
