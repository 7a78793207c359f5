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
    const hello = await client.request('hello', { pageUrl: location.href });
    console.log(JSON.stringify(hello));
    const t0 = performance.now();
    const run = await client.request('create', { run: 'a', config: tiny, accelerator, dataset: 'built-in' });
    console.log(JSON.stringify(run.backend), performance.now() - t0);
    expect(run.backend.name).toBe(accelerator);
    expect(client.last('grid')?.step).toBe(0);
    await client.request('train', null);
    await client.until(() => (client.last('standing')?.step ?? 0) >= 5);
    const latent = run.gridLatents.slice(0, tiny.latent);
    const drawn = await client.request('render', { latent });
    expect(drawn.pixels.length).toBe(784);
    await client.request('pause', null);
    expect(client.state).toBe('paused');
    console.log(JSON.stringify(client.last('standing')));
    expect(client.all('problem')).toEqual([]);
  });
});
