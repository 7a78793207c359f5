// The real workers in a real browser: one trains on every backend, answers and stops, and Automatic chooses and
// remembers; the other draws meanwhile.
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { commands } from 'vitest/browser';
import type { BackendName } from '../../src/protocol/devices.ts';
import type { Requests } from '../../src/protocol/messages.ts';
import { tiny } from '../support/configs.ts';
import { nightly } from '../support/long.ts';
import { connect, RendererClient, WorkerClient } from '../support/workerClient.ts';

const workers: Worker[] = [];

function open(): WorkerClient {
  end();
  const trainer = new Worker(new URL('../../src/worker/entry.ts', import.meta.url), { type: 'module' });
  workers.push(trainer);
  return new WorkerClient(trainer);
}

async function openRenderer(trainer: WorkerClient): Promise<RendererClient> {
  const worker = new Worker(new URL('../../src/worker/renderEntry.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  const renderer = new RendererClient(worker);
  // Plain JavaScript would be too slow for a slider.
  expect(await connect(trainer, renderer)).toEqual({ backend: 'wasm' });
  return renderer;
}

function end(): void {
  for (const worker of workers.splice(0)) worker.terminate();
}

afterEach(end);

const hello = (client: WorkerClient, remembered?: unknown) =>
  client.request('hello', { pageUrl: location.href, remembered });
const run: Requests['create']['send'] = { workerRun: 'a', config: tiny, accelerator: 'automatic', dataset: 'built-in' };

const classifier = '**/classifier.safetensors';

/** Steps before anything else, and at each pace: an emulated WebGPU takes many seconds for one. */
const stepsOf: readonly (readonly [BackendName, number])[] = [
  ['wasm', 5],
  ['webgl', 5],
  ['webgpu', 1],
];

describe.each(stepsOf)('on %s', (accelerator, steps) => {
  // An emulated GPU takes its time to compile.
  const shows = accelerator === 'webgpu' ? nightly : it;
  shows('noise, trains, renders, pauses', { timeout: 600_000 }, async ({ skip }) => {
    const client = open();
    const renderer = await openRenderer(client);
    const { offers, automatic, calibration } = await hello(client);
    expect(offers.map(({ name }) => name)).toEqual(['webgpu', 'webgl', 'wasm', 'cpu']);
    expect({ automatic, calibration }).toEqual({ automatic: null, calibration: null });
    const offer = offers.find(({ name }) => name === accelerator);
    skip(accelerator === 'webgpu' && !offer?.available, 'This browser has no WebGPU.');
    if (offer?.emulated && accelerator === 'webgpu') {
      // It would take a minute to judge the digits, which measure.browser.test.ts sees it do.
      await commands.holdBack(classifier);
      onTestFinished(() => commands.letThrough(classifier));
    }
    const { backend, gridLatents } = await client.request('create', { ...run, accelerator });
    expect(backend).toEqual({ name: accelerator, detail: offer?.detail, reason: { because: 'chosen' } });
    expect(client.all('calibration')).toEqual([]);
    expect(client.last('grid')?.step).toBe(0);
    await client.request('train', null);
    await client.until(() => (client.last('trainingStatus')?.step ?? 0) >= steps);
    const latent = gridLatents.slice(0, tiny.latent);
    const drawn = await renderer.render('a', 0, latent);
    expect(drawn.pixels.length).toBe(784);
    for (const pace of ['full', 'smooth'] as const) {
      await client.request('setPace', { pace });
      const { step } = client.last('trainingStatus') ?? { step: 0 };
      await client.until(() => (client.last('trainingStatus')?.step ?? 0) >= step + steps);
    }
    await client.request('pause', null);
    expect(client.state).toBe('paused');
    await client.gridShown();
    const { step, pictures } = client.last('grid') ?? { step: 0, pictures: null };
    const last = await renderer.render('a', step, latent);
    expect(last.step).toBe(step);
    // The grid's first tile, by the other worker on its own backend.
    const tile = Float32Array.from(pictures?.pixels.subarray(0, 784) ?? [], (value) => value / 255);
    expect(Math.max(...last.pixels.map((value, i) => Math.abs(value - (tile[i] ?? 0))))).toBeLessThan(0.004);
    expect(client.last('performance')?.tensors).toBeGreaterThan(10);
    // Null where all of it took less than the second between two reports.
    expect([0, null]).toContain(client.last('performance')?.leaked);
    expect(client.last('performance')?.reservedBytes).toBeGreaterThanOrEqual(client.last('performance')?.bytes ?? 0);
    expect(client.all('problem')).toEqual([]);
  });
});

describe('Automatic', () => {
  it('measures before the first run, and knows what to choose when it is told of it later', async () => {
    const first = open();
    const { hasGpu, offers } = await hello(first);
    const begun = performance.now();
    const { backend } = await first.request('create', run);
    console.log(`With measuring, the first run took ${Math.round(performance.now() - begun)} ms.`);
    // Where GPUs are only emulated, Automatic is WASM, and nothing else has been tried.
    if (!hasGpu) expect(backend.name).toBe('wasm');
    const found = first.last('calibration');
    expect(found?.automatic).toEqual(backend);
    expect(found?.keep).toBe(true);
    const { measurements } = found?.calibration ?? { measurements: [] };
    expect(measurements.map(({ name }) => name)).toEqual(offers.map(({ name }) => name));
    const chosen = measurements.find(({ name }) => name === backend.name);
    expect(chosen?.passed).toBe(true);
    // Where much else is going on, there may have been no time for either.
    const { light, tutorial } = chosen?.msPerStep ?? {};
    if (light && tutorial) expect(tutorial).toBeGreaterThan(light);
    for (const { name, emulated, passed, why } of measurements) {
      if (emulated) expect([name, passed, why]).toEqual([name, null, { note: 'emulated' }]);
    }

    // What the page keeps has been through JSON.
    const kept = JSON.parse(JSON.stringify(found?.calibration));
    const second = open();
    expect(await hello(second, kept)).toMatchObject({ calibration: kept, automatic: backend });
    const again = performance.now();
    expect((await second.request('create', run)).backend).toEqual(backend);
    console.log(`Remembered, it took ${Math.round(performance.now() - again)} ms.`);
    expect(second.all('calibration')).toEqual([]);
    expect(second.all('progress').filter((each) => each?.stage === 'measuring')).toEqual([]);

    const third = open();
    expect(await hello(third, { ...kept, device: 'another device' })).toMatchObject({ calibration: null });
  });
});
