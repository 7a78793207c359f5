// Memory in a real browser, on both backends: whatever the visitor does, the number of tensors stays that of step 2.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Port, RequestMessage } from '../../src/protocol/messages.ts';
import { type Backends, findBackends } from '../../src/worker/backend.ts';
import { DatasetLibrary } from '../../src/worker/datasets.ts';
import { Session } from '../../src/worker/session.ts';
import { tiny } from '../support/configs.ts';
import { WorkerClient } from '../support/workerClient.ts';

/** A small repeatable stream of choices. */
function* choices(seed: number): Generator<number, never> {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    yield x / 2 ** 32;
  }
}

let backends: Promise<Backends> | null = null;

// The session runs on this thread, where tf.memory() can see what it holds.
function open(): WorkerClient {
  const { port1, port2 } = new MessageChannel();
  const session = new Session(port2 as Port, {
    backends: () => {
      backends ??= findBackends((error) => {
        throw error;
      });
      return backends;
    },
    datasets: new DatasetLibrary(),
  });
  port2.addEventListener('message', ({ data }: MessageEvent<RequestMessage>) => void session.receive(data));
  port2.start();
  port1.start();
  return new WorkerClient(port1 as Port);
}

describe.each([
  ['wasm', 500],
  ['webgl', 500],
] as const)('on %s', (accelerator, steps) => {
  it(`holds after ${steps} steps with random use of the controls what it held after two`, {
    timeout: 600_000,
  }, async () => {
    const client = open();
    const config = { ...tiny, filters: 2, latent: 4, batch: 4, epochs: 1000 };
    const { gridLatents } = await client.request('create', { run: 'a', config, accelerator, dataset: 'built-in' });
    const latent = () => gridLatents.slice(0, config.latent);
    const stepNow = () => client.last('standing')?.step ?? 0;
    const trainTo = async (step: number) => {
      await client.request('train', null);
      await client.until(() => stepNow() >= step);
      await client.request('pause', null);
    };
    await trainTo(2);
    await client.request('halfStep', { network: 'generator' });
    await client.request('render', { latent: latent() });
    const { numTensors, numBytes } = tf.memory();
    const random = choices(3);
    const chance = () => random.next().value;
    while (stepNow() < steps) {
      await client.request('train', null);
      const goal = stepNow() + 1 + Math.floor(chance() * 20);
      const rendering = chance() < 0.7 ? client.request('render', { latent: latent() }) : null;
      if (chance() < 0.5)
        await client.request('setLearningRates', { generator: 1e-3 * chance() + 1e-6, discriminator: 1e-3 });
      if (chance() < 0.3) await client.request('exportWeights', null);
      if (chance() < 0.7) await client.until(() => stepNow() >= goal);
      await rendering;
      await client.request('pause', null);
      if (chance() < 0.4) await client.request('halfStep', { network: chance() < 0.5 ? 'generator' : 'discriminator' });
      client.events.splice(0, client.events.length - 50);
    }
    // A step that a pause has cut in two holds what it has added up: let it end.
    await client.request('halfStep', { network: 'generator' });
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(tf.memory().numBytes).toBe(numBytes);
    expect(client.all('problem')).toEqual([]);
  });
});
