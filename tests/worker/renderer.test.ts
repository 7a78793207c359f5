// The worker that draws, in Node on tfjs's CPU backend: the newest weights, one run at a time, and nothing left behind.
import { MessageChannel } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorKind } from '../../src/config/errors.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { RandomBatches } from '../../src/gan/training/batches.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import type { Port } from '../../src/protocol/envelope.ts';
import type { RendererRequestMessage, Snapshot } from '../../src/protocol/rendering.ts';
import { Renderer } from '../../src/worker/renderer.ts';
import { tiny, tinyNormalised } from '../support/configs.ts';
import { rejected } from '../support/sentence.ts';
import { RendererClient } from '../support/workerClient.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

let client: RendererClient;
let renderer: Renderer;
/** The training worker's end of the line. */
let line: { postMessage(snapshot: Snapshot): void };

beforeEach(async () => {
  const page = new MessageChannel();
  const snapshots = new MessageChannel();
  renderer = new Renderer(page.port2 as unknown as Port, Promise.resolve('cpu' as const));
  page.port2.on('message', (message: RendererRequestMessage) => void renderer.receive(message));
  client = new RendererClient(page.port1 as unknown as Port);
  await client.request('connect', { snapshots: snapshots.port1 as unknown as MessagePort });
  line = snapshots.port2;
  return () => {
    renderer.dispose();
    page.port1.close();
    snapshots.port2.close();
  };
});

const latentOf = ({ latent }: RunConfig) => Float32Array.from({ length: latent }, (_, i) => Math.cos(i));

async function snapshotOf(config: RunConfig, workerRun: string, step: number): Promise<Snapshot> {
  const trainer = new Trainer(config, new RandomBatches(config, new Uint8Array(784)));
  const weights = await trainer.packedWeights();
  trainer.dispose();
  return { workerRun, step, config, weights };
}

const kind = (wanted: ErrorKind) => expect.objectContaining({ kind: wanted });

describe('the renderer', () => {
  it.each([
    ['the tutorial’s', tiny],
    ['tapered and normalised', tinyNormalised],
  ] as const)('draws what the trainer would, and says with the weights of which step: %s', async (_, config) => {
    const trainer = new Trainer(config, new RandomBatches(config, new Uint8Array(784)));
    for (const _part of trainer.trainStep());
    const expected = await trainer.draw(latentOf(config));
    const weights = await trainer.packedWeights();
    trainer.dispose();
    line.postMessage({ workerRun: 'a', step: 7, config, weights });
    const drawn = await client.render('a', 7, latentOf(config));
    expect(drawn).toEqual({ pixels: expected.pixels, realness: expected.realness[0], step: 7 });
  });

  it('tells when newer weights come, and draws with those', async () => {
    line.postMessage(await snapshotOf(tiny, 'a', 1));
    const first = await client.render('a', 1, latentOf(tiny));
    line.postMessage(await snapshotOf({ ...tiny, seed: 99 }, 'a', 2));
    const second = await client.render('a', 2, latentOf(tiny));
    expect(client.all('weights')).toEqual([{ step: 1 }, { step: 2 }]);
    expect([first.step, second.step]).toEqual([1, 2]);
    expect(second.pixels).not.toEqual(first.pixels);
  });

  it('draws nothing of a run whose weights have not come, or are those of another by now', async () => {
    const ask = (workerRun: string, latent = latentOf(tiny)) => client.request('render', { workerRun, latent });
    await expect(ask('a')).rejects.toEqual(kind('not-now'));
    line.postMessage(await snapshotOf(tiny, 'a', 1));
    await client.render('a', 1, latentOf(tiny));
    expect((await rejected(ask('a', new Float32Array(3)))).sentence).toMatch(/8 numbers, not 3/);
    await expect(ask('a', new Float32Array(8).fill(Number.NaN))).rejects.toEqual(kind('bad-settings'));
    line.postMessage(await snapshotOf({ ...tiny, latent: 4 }, 'b', 0));
    await client.until(() => client.events.at(-1)?.workerRun === 'b');
    await expect(ask('a')).rejects.toEqual(kind('not-now'));
    expect((await ask('b', new Float32Array(4))).pixels).toHaveLength(784);
  });

  it('holds one snapshot on the device, of those that have drawn the last, and nothing after its end', async () => {
    const before = tf.memory().numTensors;
    line.postMessage(await snapshotOf(tiny, 'a', 0));
    await client.render('a', 0, latentOf(tiny));
    const holds = tf.memory().numTensors;
    for (let step = 1; step <= 20; step++) {
      line.postMessage(await snapshotOf(tiny, 'a', step));
      if (step % 3 === 0) await client.render('a', step, latentOf(tiny));
    }
    expect(tf.memory().numTensors).toBe(holds);
    renderer.dispose();
    renderer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
