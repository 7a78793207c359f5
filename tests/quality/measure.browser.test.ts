// The same measurement in a real browser, on every backend that it has, beside our own kernels.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Quality } from '../../src/config/quality.ts';
import { drawDigits } from '../../src/data/builtIn/drawDigits.ts';
import { decode } from '../../src/files/safetensors.ts';
import { RandomBatches } from '../../src/gan/training/batches.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import { classifierFile, DigitClassifier } from '../../src/quality/classifier.ts';
import { QualityMeter } from '../../src/quality/measure.ts';
import { findBackends } from '../../src/worker/device/backend.ts';
import { tiny } from '../support/configs.ts';
import { isLong } from '../support/long.ts';
import { startUnchecked } from '../support/startUnchecked.ts';
import { asShares } from './samples.ts';

const backends = await findBackends(() => {
  throw new Error('The device was lost.');
});
const offered = (name: string) => backends.offers.some((offer) => offer.name === name && offer.available);
const file = new Uint8Array(await (await fetch(`/${classifierFile}`)).arrayBuffer());
const weights = Object.fromEntries(decode(file).tensors);
const real = drawDigits(64, 1);
const generated = asShares(drawDigits(24, 2).images);

async function measured(): Promise<Quality> {
  const meter = await QualityMeter.create(real, new DigitClassifier(weights), { chunk: 16 });
  try {
    return await meter.measure(generated);
  } finally {
    meter.dispose();
  }
}

await backends.start('cpu');
const expected = await measured();

// Skipped where the browser lacks the backend: the test's name says which. An emulated WebGPU takes half a minute.
for (const backend of ['webgl', 'wasm', 'webgpu'] as const) {
  describe.skipIf(!offered(backend) || (backend === 'webgpu' && !isLong))(`on ${backend}`, () => {
    it('gives what tfjs’s CPU backend gives, in the middle of a training', async () => {
      await startUnchecked(backends, backend);
      const trainer = new Trainer(tiny, new RandomBatches(tiny, real.images));
      for (const _ of trainer.trainStep());
      const before = tf.memory().numTensors;
      const found = await measured();
      expect(tf.memory().numTensors).toBe(before);
      for (const _ of trainer.trainStep());
      expect((await trainer.takeScores()).every(({ loss }) => Number.isFinite(loss))).toBe(true);
      trainer.dispose();
      if (found.digits === null || expected.digits === null) throw new Error('These are digits.');
      expect(found.diversity).toBe(expected.diversity);
      expect(found.digits.classShares).toEqual(expected.digits.classShares);
      expect(found.digits.confidence).toBeCloseTo(expected.digits.confidence, 4);
      expect(found.digits.inceptionScore).toBeCloseTo(expected.digits.inceptionScore, 3);
      expect(found.digits.frechet / expected.digits.frechet).toBeCloseTo(1, 3);
    });
  });
}
