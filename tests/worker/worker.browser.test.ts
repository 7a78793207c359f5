// The real workers in a real browser: one trains on either backend, answers and stops, and the other draws meanwhile.
import { afterEach, describe, expect, it } from 'vitest';
import type { BackendName } from '../../src/protocol/messages.ts';
import { tiny } from '../support/configs.ts';
import { connect, RendererClient, WorkerClient } from '../support/workerClient.ts';

const workers: Worker[] = [];

function open(): { client: WorkerClient; renderer: RendererClient } {
  const trainer = new Worker(new URL('../../src/worker/entry.ts', import.meta.url), { type: 'module' });
  const renderer = new Worker(new URL('../../src/worker/renderEntry.ts', import.meta.url), { type: 'module' });
  workers.push(trainer, renderer);
  return { client: new WorkerClient(trainer), renderer: new RendererClient(renderer) };
}

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

describe.each<BackendName>(['wasm', 'webgl'])('on %s', (accelerator) => {
  it('shows noise, trains, renders, pauses', async () => {
    const { client, renderer } = open();
    await connect(client, renderer);
    const { offers, automatic, hasGpu } = await client.request('hello', { pageUrl: location.href });
    expect(offers.map(({ name }) => name)).toEqual(['webgl', 'wasm', 'cpu']);
    // Where WebGL is only emulated, Automatic is WASM.
    expect(automatic.name).toBe(hasGpu ? 'webgl' : 'wasm');
    const run = await client.request('create', { run: 'a', config: tiny, accelerator, dataset: 'built-in' });
    expect(run.backend.name).toBe(accelerator);
    expect(client.last('grid')?.step).toBe(0);
    await client.request('train', null);
    await client.until(() => (client.last('standing')?.step ?? 0) >= 5);
    const latent = run.gridLatents.slice(0, tiny.latent);
    const drawn = await renderer.render('a', 0, latent);
    expect(drawn.pixels.length).toBe(784);
    for (const pace of ['full', 'smooth'] as const) {
      await client.request('setPace', { pace });
      const { step } = client.last('standing') ?? { step: 0 };
      await client.until(() => (client.last('standing')?.step ?? 0) >= step + 5);
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
    expect(client.all('problem')).toEqual([]);
  });
});
