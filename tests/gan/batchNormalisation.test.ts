// Batch normalisation in training and in drawing, on tfjs's CPU and on WASM with the compiled kernels.
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { fixed, type RunConfig } from '../../src/config/run.ts';
import { isMovingStatistic, type WeightArrays, type WeightName } from '../../src/config/weights.ts';
import { generatorForward } from '../../src/gan/networks/generator.ts';
import { chunkSize } from '../../src/gan/networks/networks.ts';
import { createVariables, initialWeights } from '../../src/gan/networks/weights.ts';
import { type Batches, gridLatents, RandomBatches } from '../../src/gan/training/batches.ts';
import { generatorHalfStep } from '../../src/gan/training/halfSteps.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import { tinyNormalised as config } from '../support/configs.ts';
import { relativeError } from '../support/tensors.ts';
import { startWasmKernels } from '../support/wasmKernels.ts';

const images = Uint8Array.from({ length: 50 * 784 }, (_, i) => (i * 7919) % 256);
const momentum = fixed.normalisationMomentum;

const finish = <T>(work: Generator<void, T>): T => {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
};

it('takes its moments over as many images as the documentation says', () => {
  const { config: light } = presets.light;
  expect(chunkSize(light)).toBe(64);
  expect(chunkSize({ ...light, tapered: 1 })).toBe(128);
  expect(chunkSize({ ...light, filters: 64 })).toBe(32);
});

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  const made: Trainer[] = [];
  const create = (weights?: WeightArrays): Trainer => {
    const trainer = new Trainer(config, new RandomBatches(config, images), weights ? { weights } : {});
    made.push(trainer);
    return trainer;
  };
  const trained = async (steps: number): Promise<Trainer> => {
    const trainer = create();
    for (let step = 0; step < steps; step++) finish(trainer.trainStep());
    return trainer;
  };
  beforeEach(async () => {
    if (backend === 'wasm') await startWasmKernels();
    else await tf.setBackend(backend);
  });
  afterEach(() => {
    for (const trainer of made.splice(0)) trainer.dispose();
  });

  it('averages the moments of each layer of the generator in its own half-step', async () => {
    const trainer = create();
    const before = await trainer.weights();
    finish(trainer.halfStep('generator'));
    const after = await trainer.weights();
    const variables = createVariables('generator', config, before);
    const expected = tf.tidy(() => {
      const latents = new RandomBatches(config, images).latents('generator', 0, config.batch);
      const tape = generatorForward(variables, tf.tensor2d(latents, [config.batch, config.latent]), 'batch');
      return Object.entries(tape.normalised ?? {}).flatMap(([layer, { x }]) => {
        const { mean, variance } = tf.moments(x, [0, 1, 2]);
        return [
          [`generator/${layer}_norm/moving_mean`, [...mean.dataSync()].map((value) => (1 - momentum) * value)] as const,
          [
            `generator/${layer}_norm/moving_variance`,
            [...variance.dataSync()].map((value) => momentum + (1 - momentum) * value),
          ] as const,
        ];
      });
    });
    tf.dispose({ ...variables });
    expect(expected.map(([name]) => name)).toEqual(Object.keys(after).filter(isMovingStatistic));
    for (const [name, values] of expected) {
      const found = after[name as WeightName]?.data ?? new Float32Array();
      expect(relativeError(found, Float32Array.from(values))).toBeLessThan(1e-5);
    }
  });

  it('draws each digit the same whatever else is in the batch', async () => {
    const trainer = await trained(3);
    const latents = gridLatents(config);
    const together = (await trainer.draw(latents)).pixels;
    for (const i of [0, 17, 63]) {
      const alone = (await trainer.draw(latents.slice(i * config.latent, (i + 1) * config.latent))).pixels;
      expect(relativeError(alone, together.slice(i * 784, (i + 1) * 784))).toBeLessThan(1e-6);
    }
  });

  it('draws with the moving statistics', async () => {
    const weights = await (await trained(3)).weights();
    const name = 'generator/upsample2_norm/moving_variance';
    const variance = weights[name] ?? { shape: [], data: new Float32Array() };
    const wider = { ...weights, [name]: { ...variance, data: variance.data.map((value) => 4 * value) } };
    const latents = gridLatents(config);
    const [as, changed] = [await create(weights).draw(latents), await create(wider).draw(latents)];
    expect(relativeError(changed.pixels, as.pixels)).toBeGreaterThan(1e-3);
    // Training does not use them.
    const losses = await Promise.all(
      [weights, wider].map(async (each) => {
        const trainer = create(each);
        finish(trainer.trainStep());
        return (await trainer.takeScores()).map(({ loss }) => loss);
      }),
    );
    expect(losses[1]).toEqual(losses[0]);
  });

  // On tfjs's CPU backend this would take a minute and test nothing more.
  if (backend === 'wasm') {
    it('takes its moments over each chunk, and the moving statistics follow one after the other', async () => {
      // 96 filters make chunks of 16: a batch of 40 takes three, the last one smaller.
      const whole: RunConfig = { ...config, tapered: 0, filters: 96, batch: 40, latent: 4, dropout: 0 };
      expect(chunkSize(whole)).toBe(16);
      const networks = {
        generator: createVariables('generator', whole, initialWeights('generator', whole)),
        discriminator: createVariables('discriminator', whole, initialWeights('discriminator', whole)),
      };
      const batches = new RandomBatches(whole, images);
      const latents = batches.latents('generator', 0, whole.batch);
      const inChunks = finish(generatorHalfStep(networks, whole, batches, 0));
      const expected = tf.tidy(() => {
        let sum: Record<string, tf.Tensor> = {};
        for (const [from, to] of [
          [0, 16],
          [16, 32],
          [32, 40],
        ] as const) {
          const part: Batches = {
            realImages: () => new Float32Array(),
            latents: () => latents.slice(from * whole.latent, to * whole.latent),
            dropoutMasks: () => [],
          };
          const found = finish(generatorHalfStep(networks, { ...whole, batch: to - from }, part, 0));
          for (const [name, value] of Object.entries(found) as [string, tf.Tensor][]) {
            if (isMovingStatistic(name)) {
              // The part started from the variable; it should have started from the result of the part before.
              const start = networks.generator[name] as tf.Tensor;
              sum[name] = tf.add(value, tf.mul(tf.sub(sum[name] ?? start, start), momentum));
            } else sum = { ...sum, [name]: tf.add(sum[name] ?? 0, tf.mul(value, (to - from) / whole.batch)) };
          }
        }
        return sum;
      });
      expect(Object.keys(inChunks).sort()).toEqual(Object.keys(expected).sort());
      for (const [name, value] of Object.entries(inChunks) as [string, tf.Tensor][]) {
        expect([name, relativeError(value, expected[name] ?? value) < 1e-5]).toEqual([name, true]);
      }
      tf.dispose([{ ...inChunks }, expected, { ...networks.generator }, { ...networks.discriminator }]);
    });
  }
});
