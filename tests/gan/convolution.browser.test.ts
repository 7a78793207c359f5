// The convolutions in a real browser: shaders on WebGL, compiled kernels on all WASM threads, portable ones on WebGPU.
import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { describe, expect, it } from 'vitest';
import { wasmJobsOf } from '../../src/gan/ops/wasm/register.ts';
import { RandomBatches } from '../../src/gan/training/batches.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import { findBackends } from '../../src/worker/device/backend.ts';
import { tiny, tinyNormalised } from '../support/configs.ts';
import { howMany } from '../support/long.ts';
import { startUnchecked } from '../support/startUnchecked.ts';
import { convolutionCases, nameOf, problemsOf } from './convolutionCases.ts';

const backends = await findBackends(() => {
  throw new Error('The device was lost.');
});

const offered = (name: string) => backends.offers.some((offer) => offer.name === name && offer.available);

// Skipped where the browser lacks the backend: the test's name says which.
for (const backend of ['webgl', 'wasm', 'webgpu'] as const) {
  describe.skipIf(!offered(backend))(`on ${backend}`, () => {
    // On WebGPU the portable kernels compute, which Node's tests cover, and each shape takes an emulated GPU seconds.
    const each = backend === 'webgpu' ? howMany(3, 9) : 1;
    const cases = convolutionCases.filter((_, i) => i % each === 0);
    it.each(cases.map((shape) => [nameOf(shape), shape] as const))('%s', async (_name, shape) => {
      expect(await problemsOf(shape, () => startUnchecked(backends, backend))).toEqual([]);
    });
  });
}

describe('WASM threads', () => {
  it.each([
    ['the tutorial’s', tiny],
    ['tapered and normalised', tinyNormalised],
  ] as const)('do not change the results: %s', async (_, architecture) => {
    await backends.start('wasm');
    const jobs = wasmJobsOf(tf.backend() as unknown as BackendWasm);
    if (!jobs) throw new Error('This browser does not run the compiled kernels.');
    const all = jobs.helpers;
    // The tests' server isolates the page: there is shared memory, and so a thread for each core.
    expect(all).toBe(Math.max(1, navigator.hardwareConcurrency) - 1);
    const config = { ...architecture, filters: 16, batch: 6, dropout: 0.4 };
    const images = Uint8Array.from({ length: 10 * 784 }, (_, i) => (i * 7919) % 256);
    const weightsAfter = async (helpers: number) => {
      jobs.helpers = helpers;
      const trainer = new Trainer(config, new RandomBatches(config, images));
      for (let step = 0; step < 5; step++) for (const _ of trainer.trainStep());
      const weights = await trainer.weights();
      trainer.dispose();
      return weights;
    };
    expect(await weightsAfter(0)).toEqual(await weightsAfter(all));
  });
});
