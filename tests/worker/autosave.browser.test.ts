// Real workers and the browser's own storage: a run whose worker is ended and that another takes up gives the losses of
// an unbroken one.
import { afterEach, expect, it } from 'vitest';
import type { Metrics } from '../../src/config/history.ts';
import { openCheckpoints } from '../../src/files/checkpoints.ts';
import { tinyNormalised } from '../support/configs.ts';
import { WorkerClient } from '../support/workerClient.ts';

const config = { ...tinyNormalised, filters: 2, latent: 4, weightAverage: 0.9, dropout: 0.3, epochs: 1 };
const workers: Worker[] = [];
const end = (): void => {
  for (const worker of workers.splice(0)) worker.terminate();
};
afterEach(end);

async function start(): Promise<WorkerClient> {
  const worker = new Worker(new URL('../../src/worker/entry.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  const client = new WorkerClient(worker);
  await client.request('hello', { pageUrl: location.href });
  return client;
}

async function trainTo(client: WorkerClient, step: number): Promise<void> {
  await client.request('train', null);
  await client.until(() => (client.last('trainingStatus')?.step ?? 0) >= step);
  await client.request('pause', null);
}

/** Both losses of steps 1 to `last`, as told, later ones in the place of earlier ones. */
function losses(told: readonly Metrics[], last: number): number[][] {
  const rows = Array.from({ length: last }, () => [Number.NaN, Number.NaN]);
  for (const { steps, discriminatorLoss, generatorLoss } of told) {
    steps.forEach((step, i) => {
      const row = rows[step - 1];
      if (row === undefined) return;
      [discriminatorLoss, generatorLoss].forEach((series, which) => {
        const value = series[i] ?? Number.NaN;
        if (!Number.isNaN(value)) row[which] = value;
      });
    });
  }
  return rows;
}

const half = 20;

it('40 steps straight are 20, another worker, and 20, on every core', async () => {
  const accelerator = 'wasm';
  const wanted = { config, accelerator, dataset: 'built-in' } as const;
  const unbroken = await start();
  await unbroken.request('create', { workerRun: 'unbroken', ...wanted });
  await trainTo(unbroken, 2 * half);
  const expected = losses(unbroken.all('metrics'), 2 * half);
  end();

  const runId = 'broken';
  const first = await start();
  await first.request('setAutosave', { enabled: true });
  await first.request('create', { workerRun: runId, ...wanted });
  await trainTo(first, half);
  await first.until(() => first.last('saved') !== undefined);
  end();

  const second = await start();
  await second.request('open', { workerRun: 'again', from: { runId: runId }, accelerator, dataset: 'mnist' });
  await trainTo(second, 2 * half);
  const restored = second.last('restored')?.metrics;
  if (restored === undefined) throw new Error('Nothing was restored.');
  expect(restored.steps.length).toBeGreaterThanOrEqual(half);
  expect(losses([restored, ...second.all('metrics')], 2 * half)).toEqual(expected);
  await (await openCheckpoints()).delete(runId);
});
