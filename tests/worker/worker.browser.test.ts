// The real worker in a real browser: both backends train, answer and stop.
import { afterEach, describe, expect, it } from 'vitest';
import type { BackendName } from '../../src/protocol/messages.ts';
import { tiny } from '../support/configs.ts';
import { WorkerClient } from '../support/workerClient.ts';

let worker: Worker | null = null;

function open(): WorkerClient {
  worker = new Worker(new URL('../../src/worker/entry.ts', import.meta.url), { type: 'module' });
  return new WorkerClient(worker);
}

afterEach(() => worker?.terminate());

describe.each<BackendName>(['wasm', 'webgl'])('on %s', (accelerator) => {
  it('shows noise, trains, renders, pauses', async () => {
    const client = open();
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
    const drawn = await client.request('render', { latent });
    expect(drawn.pixels.length).toBe(784);
    await client.request('pause', null);
    expect(client.state).toBe('paused');
    expect(client.all('problem')).toEqual([]);
  });
});
