// What must hold of training on any backend, tested on tfjs's CPU and on WASM with the compiled kernels.
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/config/run.ts';
import { stateShapes, type WeightArrays } from '../../src/config/weights.ts';
import { chunkSize } from '../../src/gan/networks/networks.ts';
import { maskValues } from '../../src/gan/random/stream.ts';
import { gridLatents, RandomBatches } from '../../src/gan/training/batches.ts';
import { type HalfStepScores, type StartingPoint, Trainer } from '../../src/gan/training/trainer.ts';
import { tiny, tinyNormalised } from '../support/configs.ts';
import { refused, rejected } from '../support/sentence.ts';
import { relativeError } from '../support/tensors.ts';
import { startWasmKernels } from '../support/wasmKernels.ts';

const images = Uint8Array.from({ length: 50 * 784 }, (_, i) => (i * 7919) % 256);

const train = (trainer: Trainer, steps = 1): void => {
  for (let i = 0; i < steps; i++) for (const _ of trainer.trainStep());
};
const half = (trainer: Trainer, network: 'generator' | 'discriminator'): void => {
  for (const _ of trainer.halfStep(network));
};
const losses = (scores: HalfStepScores[]): number[] => scores.map(({ loss }) => loss);

const architectures = [
  ['the tutorial’s', tiny],
  ['tapered and normalised', tinyNormalised],
] as const;

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  const made: Trainer[] = [];
  const create = (config: RunConfig = tiny, from: StartingPoint = {}): Trainer => {
    const trainer = new Trainer(config, new RandomBatches(config, images), from);
    made.push(trainer);
    return trainer;
  };
  beforeEach(async () => {
    if (backend === 'wasm') await startWasmKernels();
    else await tf.setBackend(backend);
  });
  afterEach(() => {
    for (const trainer of made.splice(0)) trainer.dispose();
  });

  const same = (a: WeightArrays, b: WeightArrays, network: 'generator' | 'discriminator'): boolean =>
    Object.keys(a)
      .filter((name): name is keyof WeightArrays => name.startsWith(`${network}/`))
      .every((name) => a[name]?.data.every((value, i) => value === b[name]?.data[i]));

  it.each(architectures)('changes only one network in each half-step: %s', async (_, config) => {
    const trainer = create(config);
    const start = await trainer.weights();
    half(trainer, 'discriminator');
    const middle = await trainer.weights();
    expect(same(start, middle, 'generator')).toBe(true);
    expect(same(start, middle, 'discriminator')).toBe(false);
    half(trainer, 'generator');
    const end = await trainer.weights();
    expect(same(middle, end, 'discriminator')).toBe(true);
    expect(same(middle, end, 'generator')).toBe(false);
  });

  it('gives the same losses for the same seed and others for another', async () => {
    const runs = [create(), create(), create({ ...tiny, seed: 8 })];
    const all: number[][] = [];
    for (const trainer of runs) {
      train(trainer, 3);
      all.push(losses(await trainer.takeScores()));
    }
    expect(all[0]).toHaveLength(6);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).not.toEqual(all[0]);
  });

  it.each(architectures)('keeps the number of tensors flat, whatever it does: %s', async (_, config) => {
    const trainer = create(config);
    train(trainer, 2);
    await trainer.takeScores();
    const before = tf.memory();
    for (let i = 0; i < 10; i++) {
      train(trainer);
      half(trainer, i % 2 ? 'generator' : 'discriminator');
      await trainer.draw(gridLatents(tiny));
      await trainer.weights();
      // Abandoned after a different part each time.
      const abandoned = trainer.trainStep();
      for (let part = 0; part <= i; part++) abandoned.next();
      abandoned.return();
      trainer.setLearningRates({ generator: 1e-3, discriminator: 1e-3 });
      await trainer.takeScores();
    }
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
  });

  it.each(
    architectures,
  )('frees everything, also when a step was abandoned in the middle, and twice: %s', (_, config) => {
    const before = tf.memory().numTensors;
    const trainer = new Trainer(config, new RandomBatches(config, images));
    train(trainer);
    const begun = trainer.trainStep();
    begun.next();
    begun.return();
    trainer.dispose();
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  // On tfjs's CPU backend this would take a minute and test nothing more.
  if (backend === 'wasm') {
    it.each(architectures)('continues from a saved state exactly as an unbroken run: %s', async (_, config) => {
      const averaged = { ...config, weightAverage: 0.9, dropout: 0.3 };
      const unbroken = create(averaged);
      train(unbroken, 3);
      half(unbroken, 'generator');
      const state = await unbroken.state();
      expect([...state.tensors.keys()]).toEqual([...stateShapes(averaged).keys()]);
      await unbroken.takeScores();
      train(unbroken, 3);
      const expected = [await unbroken.takeScores(), await unbroken.state(), await unbroken.weights()];

      const resumed = create(averaged);
      train(resumed, 1);
      const tensors = tf.memory().numTensors;
      resumed.restore(state);
      // The unread scores of the step before are freed.
      expect(tf.memory().numTensors).toBe(tensors - 2);
      train(resumed, 3);
      expect([await resumed.takeScores(), await resumed.state(), await resumed.weights()]).toEqual(expected);
    });

    it('takes the generator’s half first when it was saved between the two', async () => {
      const unbroken = create();
      train(unbroken, 2);
      const step = unbroken.trainStep();
      while (unbroken.halfSteps < 5) step.next();
      step.next();
      const state = await unbroken.state();
      expect(state).toMatchObject({ owesGenerator: true, iterations: { generator: 2, discriminator: 3 } });
      for (const _ of step);
      train(unbroken, 1);
      const resumed = create();
      resumed.restore(state);
      train(resumed, 2);
      expect(await resumed.state()).toEqual(await unbroken.state());
    });

    it('refuses the state of other settings and does not change', async () => {
      const trainer = create();
      const before = await trainer.state();
      const other = await create({ ...tiny, filters: tiny.filters + 2 }).state();
      expect(refused(() => trainer.restore(other)).sentence).toMatch(
        /generator\/dense\/kernel in the saved run has the shape/,
      );
      expect(await trainer.state()).toEqual(before);
    });

    it('computes the same gradients in chunks as at once', async () => {
      // 96 filters make chunks of 16: a batch of 40 takes three, the last one smaller.
      const chunked = { ...tiny, filters: 96, batch: 40, latent: 4, dropout: 0.3 };
      expect(chunkSize(chunked)).toBe(16);
      const trainer = create(chunked);
      half(trainer, 'discriminator');
      half(trainer, 'generator');
      const inChunks = losses(await trainer.takeScores());
      const atOnce = await lossesAtOnce(chunked, create(chunked));
      expect(relativeError(Float32Array.from(inChunks), Float32Array.from(atOnce))).toBeLessThan(1e-5);
    });
  }

  it.each(architectures)('starts from given weights and continues counting steps: %s', async (_, config) => {
    const first = create(config);
    train(first, 2);
    const weights = await first.weights();
    const second = create(config, { weights, step: 2 });
    expect(second.step).toBe(2);
    const latents = gridLatents(tiny);
    expect((await second.draw(latents)).pixels).toEqual((await first.draw(latents)).pixels);
    train(second);
    expect((await second.takeScores()).map(({ step }) => step)).toEqual([3, 3]);
  });

  it('refuses weights that do not fit, by name, and leaks nothing', async () => {
    const weights = await create().weights();
    const before = tf.memory().numTensors;
    const wider = { ...tiny, filters: 6 };
    expect(refused(() => create(wider, { weights })).sentence).toMatch(
      /generator\/dense\/kernel has the shape \[8,196\].*\[8,294\]/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses latents of another length or with NaN', async () => {
    const trainer = create();
    expect((await rejected(trainer.draw(new Float32Array(5)))).sentence).toMatch(/8 finite numbers/);
    expect((await rejected(trainer.draw(new Float32Array(8).fill(Number.NaN)))).sentence).toMatch(/finite/);
  });

  it('reports the discriminator’s accuracies as shares and the smoothed label in its loss', async () => {
    const [plain] = await scoresOfOneHalf({ ...tiny, dropout: 0 });
    const [smooth] = await scoresOfOneHalf({ ...tiny, dropout: 0, labelSmoothing: 0.3 });
    expect(plain).toMatchObject({ network: 'discriminator', step: 1 });
    if (plain?.network !== 'discriminator' || smooth?.network !== 'discriminator') throw new Error('wrong network');
    for (const accuracy of [plain.accuracyReal, plain.accuracyFake]) {
      expect((accuracy * tiny.batch) / 2).toBeCloseTo(Math.round((accuracy * tiny.batch) / 2), 5);
    }
    expect(smooth.loss).not.toBeCloseTo(plain.loss, 5);
    expect(smooth.accuracyReal).toBe(plain.accuracyReal);
  });

  async function scoresOfOneHalf(config: RunConfig): Promise<HalfStepScores[]> {
    const trainer = create(config);
    half(trainer, 'discriminator');
    return trainer.takeScores();
  }
});

/** The losses of both half-steps, by tfjs's own operations on the whole batch. */
async function lossesAtOnce(config: RunConfig, trainer: Trainer): Promise<number[]> {
  const batches = new RandomBatches(config, images);
  const of = async (network: 'generator' | 'discriminator'): Promise<number> => {
    const w = await trainer.weights();
    return tf.tidy(() => {
      const tensor = (name: keyof WeightArrays): tf.Tensor => {
        const { data, shape } = w[name] ?? { data: [], shape: [] };
        return tf.tensor(data, [...shape]);
      };
      const leaky = (x: tf.Tensor): tf.Tensor => tf.leakyRelu(x, 0.2);
      const mask = (layer: 1 | 2, shape: number[]): tf.Tensor => {
        const pieces = batches.dropoutMasks(network, 0, layer, 0);
        const size = shape.reduce((a, b) => a * b) / pieces.length;
        const values = pieces.map((words) => tf.tensor1d(maskValues(words, size)));
        return tf.reshape(tf.concat(values), shape);
      };
      const count = network === 'generator' ? config.batch : config.batch / 2;
      const z = tf.tensor2d(batches.latents(network, 0, count), [count, config.latent]);
      const up = (x: tf.Tensor, name: 'upsample1' | 'upsample2', size: number): tf.Tensor =>
        leaky(
          tf.add(
            tf.conv2dTranspose(
              x as tf.Tensor4D,
              tensor(`generator/${name}/kernel`) as tf.Tensor4D,
              [count, size, size, config.filters],
              2,
              'same',
            ),
            tensor(`generator/${name}/bias`),
          ),
        );
      const h = leaky(
        tf.add(tf.matMul(z, tensor('generator/dense/kernel') as tf.Tensor2D), tensor('generator/dense/bias')),
      );
      const u = up(up(tf.reshape(h, [count, 7, 7, config.filters]), 'upsample1', 14), 'upsample2', 28);
      const fake = tf.sigmoid(
        tf.add(
          tf.conv2d(u as tf.Tensor4D, tensor('generator/output/kernel') as tf.Tensor4D, 1, 'same'),
          tensor('generator/output/bias'),
        ),
      );
      const real = tf.tensor(batches.realImages(0, config.batch / 2), [config.batch / 2, 28, 28, 1]);
      const x = network === 'generator' ? fake : tf.concat([real, fake]);
      const conv = (input: tf.Tensor, name: 'conv1' | 'conv2'): tf.Tensor =>
        leaky(
          tf.add(
            tf.conv2d(input as tf.Tensor4D, tensor(`discriminator/${name}/kernel`) as tf.Tensor4D, 2, 'same'),
            tensor(`discriminator/${name}/bias`),
          ),
        );
      const a1 = conv(x, 'conv1');
      const d1 = tf.mul(a1, mask(1, a1.shape));
      const a2 = conv(d1, 'conv2');
      const d2 = tf.mul(a2, mask(2, a2.shape));
      const logits = tf.add(
        tf.matMul(
          tf.reshape(d2, [config.batch, -1]) as tf.Tensor2D,
          tensor('discriminator/dense/kernel') as tf.Tensor2D,
        ),
        tensor('discriminator/dense/bias'),
      );
      const labels =
        network === 'generator'
          ? tf.ones([config.batch, 1])
          : tf.concat([tf.ones([config.batch / 2, 1]), tf.zeros([config.batch / 2, 1])]);
      return tf.losses.sigmoidCrossEntropy(labels, logits).dataSync()[0] ?? Number.NaN;
    });
  };
  const discriminator = await of('discriminator');
  half(trainer, 'discriminator');
  return [discriminator, await of('generator')];
}
