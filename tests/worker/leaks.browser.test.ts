// Memory in a real browser, on both backends: whatever the visitor does, the number of tensors stays that of step 2.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { openCheckpoints } from '../../src/files/checkpoints.ts';
import type { Port } from '../../src/protocol/envelope.ts';
import type { RequestMessage } from '../../src/protocol/messages.ts';
import type { RendererRequestMessage } from '../../src/protocol/rendering.ts';
import { type Backends, findBackends } from '../../src/worker/device/backend.ts';
import { Renderer } from '../../src/worker/renderer.ts';
import { DatasetLibrary } from '../../src/worker/run/datasets.ts';
import { Session } from '../../src/worker/session.ts';
import { tiny } from '../support/configs.ts';
import { howMany } from '../support/long.ts';
import { randomNumbers } from '../support/randomNumbers.ts';
import { connect, RendererClient, WorkerClient } from '../support/workerClient.ts';

let backends: Promise<Backends> | null = null;

/** A line to something that answers on this thread, where tf.memory() can see what it holds. */
function lineTo<Message>(answerer: (port: Port) => { receive(message: Message): Promise<void> }): Port {
  const { port1, port2 } = new MessageChannel();
  const there = answerer(port2 as Port);
  port2.addEventListener('message', ({ data }: MessageEvent<Message>) => void there.receive(data));
  port2.start();
  port1.start();
  return port1 as Port;
}

async function open(): Promise<{ client: WorkerClient; renderer: RendererClient }> {
  const session = lineTo<RequestMessage>(
    (port) =>
      new Session(port, {
        backends: () => {
          backends ??= findBackends((error) => {
            throw error;
          });
          return backends;
        },
        datasets: new DatasetLibrary(),
        checkpoints: openCheckpoints,
      }),
  );
  const client = new WorkerClient(session);
  const renderer = new RendererClient(
    lineTo<RendererRequestMessage>((port) => new Renderer(port, Promise.resolve('wasm' as const))),
  );
  await connect(client, renderer);
  return { client, renderer };
}

describe.each([
  ['wasm', howMany(1_000, 100)],
  ['webgl', howMany(1_000, 40)],
] as const)('on %s', (accelerator, steps) => {
  it(`holds after ${steps} steps with random use of the controls what it held after two`, {
    timeout: 600_000,
  }, async () => {
    const { client, renderer } = await open();
    const config = { ...tiny, filters: 2, latent: 4, batch: 4, epochs: 1000 };
    const { gridLatents } = await client.request('create', {
      workerRun: 'a',
      config,
      accelerator,
      dataset: 'built-in',
    });
    const render = (step: number) => renderer.render('a', step, gridLatents.slice(0, config.latent));
    const stepNow = () => client.last('trainingStatus')?.step ?? 0;
    const trainTo = async (step: number) => {
      await client.request('train', null);
      await client.until(() => stepNow() >= step);
      await client.request('pause', null);
    };
    // Mostly at full pace, which takes less time, and now and then at the smooth one.
    await client.request('setPace', { pace: 'full' });
    await trainTo(2);
    await client.request('halfStep', { network: 'generator', count: 1 });
    await client.gridShown();
    await render(stepNow());
    const { numTensors, numBytes } = tf.memory();
    const chance = randomNumbers(3);
    while (stepNow() < steps) {
      await client.request('train', null);
      const goal = stepNow() + 1 + Math.floor(chance() * 60);
      const rendering = chance() < 0.7 ? render(0) : null;
      if (chance() < 0.2) await client.request('setPace', { pace: chance() < 0.2 ? 'smooth' : 'full' });
      if (chance() < 0.5)
        await client.request('setLearningRates', { generator: 1e-3 * chance() + 1e-6, discriminator: 1e-3 });
      if (chance() < 0.3) await client.request('exportWeights', null);
      if (chance() < 0.7) await client.until(() => stepNow() >= goal);
      await rendering;
      await client.request('pause', null);
      if (chance() < 0.4)
        await client.request('halfStep', { network: chance() < 0.5 ? 'generator' : 'discriminator', count: 1 });
      for (const { events } of [client, renderer]) events.splice(0, events.length - 50);
    }
    // A step that a pause has cut in two holds what it has added up: let it end. The last grid comes after the reply.
    await client.request('halfStep', { network: 'generator', count: 1 });
    await client.gridShown();
    await render(stepNow());
    // A snapshot on its way to the other worker holds a copy for a moment.
    await expect.poll(() => tf.memory().numTensors).toBe(numTensors);
    expect(tf.memory().numBytes).toBe(numBytes);
    expect(client.all('problem')).toEqual([]);
  });
});
