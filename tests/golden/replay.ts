// Replays training steps recorded with other software, on tfjs's current backend, and lists every number that differs.
import * as tf from '@tensorflow/tfjs';
import type { RunConfig } from '../../src/config/run.ts';
import { parseConfig } from '../../src/config/settings.ts';
import { isMovingStatistic, type WeightArray, type WeightArrays, weightShapes } from '../../src/config/weights.ts';
import { decode } from '../../src/files/safetensors.ts';
import { discriminatorForward } from '../../src/gan/networks/discriminator.ts';
import { generatorForward } from '../../src/gan/networks/generator.ts';
import { createVariables } from '../../src/gan/networks/weights.ts';
import { Adam } from '../../src/gan/training/adam.ts';
import type { Batches } from '../../src/gan/training/batches.ts';
import { discriminatorHalfStep, generatorHalfStep } from '../../src/gan/training/halfSteps.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import { relativeError } from '../support/tensors.ts';

/** Losses: absolute, in nats. Gradients, images and logits: relative to the largest of each tensor. */
export const tolerance = { loss: 1e-5, gradient: 5e-5 } as const;

/** Milliseconds: a file of the tutorial's size takes long in plain JavaScript or on an emulated GPU. */
export const goldenTimeout = 1_800_000;

interface Golden {
  readonly config: RunConfig;
  readonly steps: number;
  readonly tensors: ReadonlyMap<string, WeightArray>;
}

const newer = ['tapered', 'outputKernel', 'discriminatorKernel', 'batchNormalisation'];

function read(bytes: Uint8Array, fileName: string): Golden {
  const { tensors, metadata } = decode(bytes, fileName);
  const number = (name: string) => Number(metadata[name]);
  const rate = number('learning_rate');
  return {
    tensors,
    steps: number('steps'),
    config: parseConfig({
      filters: number('filters'),
      // Files recorded before there were other networks than the tutorial's do not have these settings.
      ...Object.fromEntries(newer.filter((name) => name in metadata).map((name) => [name, number(name)])),
      batch: number('batch'),
      latent: number('latent'),
      epochs: 1,
      discriminatorLearningRate: rate,
      generatorLearningRate: rate,
      beta1: number('beta1'),
      dropout: number('dropout'),
      labelSmoothing: 0,
      seed: 0,
    }),
  };
}

const byName = (results: object) => results as Readonly<Record<string, tf.Tensor | undefined>>;

const finish = <T>(work: Generator<void, T>): T => {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
};

/** One line for each number that is out of tolerance or missing; empty when the file replays. */
export async function replay(bytes: Uint8Array, fileName: string): Promise<string[]> {
  const { config, steps, tensors } = read(bytes, fileName);
  const problems: string[] = [];
  const tensor = (name: string): WeightArray => {
    const found = tensors.get(name);
    if (!found) throw new Error(`${fileName} lacks ${name}.`);
    return found;
  };
  const rowsAt = (name: string, step: number): Float32Array => {
    const { data, shape } = tensor(name);
    const size = data.length / (shape[0] ?? 1);
    return data.slice(step * size, (step + 1) * size);
  };
  const batches: Batches = {
    realImages: (step) => rowsAt('input/real', step),
    latents: (network, step) => rowsAt(`input/${network}_latent`, step),
    dropoutMasks: () => {
      throw new Error('Golden files are recorded without dropout.');
    },
  };
  const names = {
    generator: [...weightShapes('generator', config).keys()],
    discriminator: [...weightShapes('discriminator', config).keys()],
  };
  const all = [...names.generator, ...names.discriminator];
  const weights = Object.fromEntries(all.map((name) => [name, tensor(name)])) as WeightArrays;
  // Not with dataSync, which is slow and limited on WebGPU.
  const compare = async (name: string, actual: tf.Tensor | Float32Array | undefined, allowed: number) => {
    if (!actual) throw new Error(`There is nothing to compare with ${name}.`);
    const values = actual instanceof Float32Array ? actual : Float32Array.from(await actual.data());
    const error = relativeError(values, tensor(name).data);
    if (!(error <= allowed))
      problems.push(
        `${fileName}: ${name} differs by ${error.toExponential(2)} of its largest value, allowed ${allowed}`,
      );
  };

  // The first step's forward passes and gradients.
  const networks = {
    generator: createVariables('generator', config, weights),
    discriminator: createVariables('discriminator', config, weights),
  };
  const optimizer = new Adam<'discriminator'>(networks.discriminator, config.discriminatorLearningRate, config.beta1);
  const forward = tf.tidy(() => {
    const latents = tf.tensor2d(batches.latents('discriminator', 0, config.batch / 2), [
      config.batch / 2,
      config.latent,
    ]);
    const { images } = generatorForward(networks.generator, latents, 'batch');
    const real = tf.tensor4d(batches.realImages(0, config.batch / 2), [config.batch / 2, 28, 28, 1]);
    return { images, logits: discriminatorForward(networks.discriminator, tf.concat([real, images]), null).logits };
  });
  await compare('expected/fake', forward.images, tolerance.gradient);
  await compare('expected/logits', forward.logits, tolerance.gradient);
  tf.dispose(forward);
  const ofDiscriminator = finish(discriminatorHalfStep(networks, config, batches, 0));
  for (const name of names.discriminator)
    await compare(`expected/gradient/${name}`, byName(ofDiscriminator)[name], tolerance.gradient);
  optimizer.apply(ofDiscriminator);
  const ofGenerator = finish(generatorHalfStep(networks, config, batches, 0));
  for (const name of names.generator) {
    // For a moving statistic the result is its new value, not a gradient.
    const expected = isMovingStatistic(name) ? `expected/moving/${name}` : `expected/gradient/${name}`;
    await compare(expected, byName(ofGenerator)[name], tolerance.gradient);
  }
  tf.dispose([{ ...ofDiscriminator }, { ...ofGenerator }, { ...networks.generator }, { ...networks.discriminator }]);
  optimizer.dispose();

  // All losses, through the trainer.
  const trainer = new Trainer(config, batches, { weights });
  for (let step = 0; step < steps; step++) finish(trainer.trainStep());
  const counts = { generator: 0, discriminator: 0 };
  for (const { network, loss } of await trainer.takeScores()) {
    const name = `expected/${network}_loss`;
    const expected = tensor(name).data[counts[network]] ?? Number.NaN;
    counts[network] += 1;
    if (!(Math.abs(loss - expected) <= tolerance.loss)) {
      problems.push(
        `${fileName}: ${name} of step ${counts[network]} is ${loss}, expected ${expected}, allowed ±${tolerance.loss}`,
      );
    }
  }
  // Digits, drawn with the weights of the last step.
  if (tensors.has('input/drawn_latent')) {
    const { pixels, realness } = await trainer.draw(tensor('input/drawn_latent').data);
    await compare('expected/drawn', pixels, tolerance.gradient);
    await compare('expected/realness', realness, tolerance.gradient);
  }
  trainer.dispose();
  if (counts.generator !== steps || counts.discriminator !== steps)
    problems.push(`${fileName}: ${counts.generator} of ${steps} steps`);
  return problems;
}
