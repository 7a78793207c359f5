// The weights that go home, against stock tfjs in a real browser: the same pixels as the workers' for the same latent.
import * as tf from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BackendName } from '../../src/protocol/devices.ts';
import { tiny } from '../support/configs.ts';
import { nightly } from '../support/long.ts';
import { readSafetensors } from '../support/readSafetensors.ts';
import { relativeError } from '../support/tensors.ts';
import { connect, RendererClient, WorkerClient } from '../support/workerClient.ts';

const workers: Worker[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

// Another backend than the workers', so that nothing but the file can make them agree.
beforeAll(async () => {
  await tf.setBackend('cpu');
});

function fileOf(zip: Record<string, Uint8Array>, name: string): Uint8Array {
  const file = zip[name];
  if (!file) throw new Error(`The zip lacks ${name}.`);
  return file;
}

/** A model of the zip, by tf.loadLayersModel and nothing of ours. */
function load(zip: Record<string, Uint8Array>, network: string): Promise<tf.LayersModel> {
  const file = (name: string, type: string) => new File([fileOf(zip, `${network}/${name}`).slice()], name, { type });
  return tf.loadLayersModel(
    tf.io.browserFiles([file('model.json', 'application/json'), file('weights.bin', 'application/octet-stream')]),
  );
}

describe.each<BackendName>(['wasm', 'webgl'])('trained on %s', (accelerator) => {
  // What goes home is the same code on both: an emulated GPU takes its time.
  const gives = accelerator === 'webgl' ? nightly : it;
  gives('the workers’ pixels and verdicts, by tfjs Layers and from the safetensors', async () => {
    const trainer = new Worker(new URL('../../src/worker/entry.ts', import.meta.url), { type: 'module' });
    const other = new Worker(new URL('../../src/worker/renderEntry.ts', import.meta.url), { type: 'module' });
    workers.push(trainer, other);
    const client = new WorkerClient(trainer);
    const renderer = new RendererClient(other);
    await connect(client, renderer);
    await client.request('hello', { pageUrl: location.href });
    await client.request('create', { workerRun: 'a', config: tiny, accelerator, dataset: 'built-in' });
    await renderer.until(() => renderer.events.length > 0);
    for (const network of ['discriminator', 'generator', 'discriminator', 'generator'] as const) {
      renderer.events.length = 0;
      await client.request('halfStep', { network, count: 1 });
      // The other half of a step has the same number: each half's own weights are waited for.
      await renderer.until(() => renderer.events.length > 0);
    }
    const latent = Float32Array.from({ length: tiny.latent }, (_, i) => Math.sin(i + 1));
    const drawn = await renderer.render('a', 2, latent.slice());
    const zip = unzipSync((await client.request('exportWeights', null)).zip);

    const generator = await load(zip, 'generator');
    const discriminator = await load(zip, 'discriminator');
    const images = generator.predict(tf.tensor2d(latent, [1, tiny.latent])) as tf.Tensor;
    const verdict = discriminator.predict(images) as tf.Tensor;
    expect(relativeError(images, drawn.pixels)).toBeLessThan(1e-4);
    expect((await verdict.data())[0]).toBeCloseTo(drawn.realness, 4);

    // The safetensors hold the same numbers, read by an independent reader.
    for (const [network, model] of [
      ['generator', generator],
      ['discriminator', discriminator],
    ] as const) {
      const tensors = readSafetensors(fileOf(zip, `${network}/weights.safetensors`));
      expect(Object.keys(tensors)).toHaveLength(model.weights.length);
      for (const weight of model.weights) {
        const name = `${network}/${weight.originalName}`;
        expect([name, tensors[name]?.shape]).toEqual([name, weight.shape]);
        expect([name, relativeError(weight.read(), Float32Array.from(tensors[name]?.data ?? []))]).toEqual([name, 0]);
      }
    }
  });
});
