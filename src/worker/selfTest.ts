// Whether a backend computes rightly: replays small training steps and compares their losses and gradients with recorded ones.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../config/errors.ts';
import type { NetworkName } from '../config/networks.ts';
import type { RunConfig } from '../config/run.ts';
import { isMovingStatistic, type WeightArrays, weightShapes } from '../config/weights.ts';
import { Adam } from '../gan/adam.ts';
import type { Batches } from '../gan/batches.ts';
import { generatorForward } from '../gan/generator.ts';
import { discriminatorHalfStep, generatorHalfStep } from '../gan/halfSteps.ts';
import { purposes, RandomStream } from '../gan/random.ts';
import { createVariables } from '../gan/weights.ts';
import { references } from './selfTestReference.ts';
import { yieldToMessages } from './yieldToMessages.ts';

/** Small, with channels enough for the backends' vectorised code, and a learning rate at which a wrong update shows. */
const plain: RunConfig = {
  filters: 8,
  tapered: 0,
  outputKernel: 7,
  discriminatorKernel: 3,
  batchNormalisation: 0,
  weightAverage: 0,
  latent: 3,
  batch: 4,
  epochs: 1,
  discriminatorLearningRate: 0.01,
  generatorLearningRate: 0.01,
  beta1: 0.5,
  dropout: 0,
  labelSmoothing: 0.1,
  seed: 1,
};

/** One for each kind of network that the presets have: the tutorial's, and Quick's with its normalisation and its kernels. */
export const selfTestConfigs = {
  plain,
  normalised: { ...plain, filters: 16, tapered: 1, outputKernel: 5, discriminatorKernel: 7, batchNormalisation: 1 },
} as const satisfies Readonly<Record<string, RunConfig>>;

export type SelfTestStep = keyof typeof selfTestConfigs;

/**
 * What is known of one gradient (or of some images): its length as a vector, and its sums under some patterns of signs. They take a few bytes
 * where the numbers themselves take kilobytes, and no wrong gradient has them all.
 */
export interface GradientDigest {
  readonly norm: number;
  readonly sums: readonly number[];
}

/** What a step gives, as computed without any of our code (tests/support/recordSelfTest.ts). */
export interface SelfTestReference {
  readonly losses: Readonly<Record<NetworkName, number>>;
  /** By every weight that is learned; under the name of a moving statistic, its next value. */
  readonly gradients: Readonly<Record<string, GradientDigest>>;
  /** Digits drawn before the step, with moving statistics where there are any. */
  readonly images: GradientDigest;
}

/** Losses: absolute, in nats. Gradients: relative to their length. Half precision is off by more, single precision by far less. */
export const tolerance = { loss: 1e-4, gradient: 3e-4 } as const;

const patterns = 4;

const seed = 1;

/** Numbers for the self-test, uniform in (−limit, limit); `part` tells them apart. */
const numbers = (part: number, count: number, limit: number): Float32Array<ArrayBuffer> =>
  new RandomStream(seed, purposes.initialWeights, 0, 1000 + part).uniforms(count, limit);

/** A step's weights: large enough that no layer's part in the gradients is lost in the others'. */
export function selfTestWeights(config: RunConfig): WeightArrays {
  const all = (['generator', 'discriminator'] as const).flatMap((network) => [...weightShapes(network, config)]);
  return Object.fromEntries(
    all.map(([name, shape], part) => {
      const fanIn = name.endsWith('/bias') ? 16 : shape.slice(0, -1).reduce((product, n) => product * n, 1);
      const size = shape.reduce((product, n) => product * n, 1);
      const data = numbers(part, size, Math.sqrt(3 / fanIn));
      return [name, { shape, data: name.endsWith('/moving_variance') ? data.map(Math.abs) : data }];
    }),
  ) as WeightArrays;
}

export const selfTestBatches = ({ latent }: RunConfig): Batches => ({
  realImages: (_, count) => numbers(100, count * 784, 1).map(Math.abs),
  latents: (network, _, count) => numbers(network === 'generator' ? 101 : 102, count * latent, 1.7),
  dropoutMasks: () => {
    throw new Error('The self-test has no dropout.');
  },
});

export function digest(gradient: ArrayLike<number>): GradientDigest {
  const sums = new Array<number>(patterns).fill(0);
  let squares = 0;
  const signs = new RandomStream(seed, purposes.initialWeights, 0, 2000);
  for (let i = 0; i < gradient.length; i++) {
    const value = gradient[i] ?? Number.NaN;
    squares += value * value;
    const bits = signs.bits(i);
    for (let p = 0; p < patterns; p++) sums[p] = (sums[p] ?? 0) + ((bits >>> p) & 1 ? value : -value);
  }
  return { norm: Math.sqrt(squares), sums };
}

/** The largest difference between two digests, relative to the length that is expected. */
function difference(actual: GradientDigest, expected: GradientDigest): number {
  const differences = [actual.norm - expected.norm, ...expected.sums.map((sum, p) => (actual.sums[p] ?? 0) - sum)];
  // NaN if one of them is: the comparison with the tolerance must not be one that NaN passes.
  return Math.max(...differences.map(Math.abs)) / expected.norm;
}

export const selfTestSteps = Object.keys(selfTestConfigs) as readonly SelfTestStep[];

/** The step that uses what networks of these settings use. */
export const selfTestStepFor = ({ batchNormalisation }: RunConfig): SelfTestStep =>
  batchNormalisation ? 'normalised' : 'plain';

/**
 * Replays a step on tfjs's current backend, which is called `label`. Leaves nothing behind.
 * @throws GanvasError 'wrong-accelerator' naming the first number that was off
 */
export async function selfTest(label: string, step: SelfTestStep): Promise<void> {
  const config = selfTestConfigs[step];
  const expected = references[step];
  const batches = selfTestBatches(config);
  const arrays = selfTestWeights(config);
  const held: tf.TensorContainer[] = [];
  const networks = {
    generator: createVariables('generator', config, arrays),
    discriminator: createVariables('discriminator', config, arrays),
  };
  held.push({ ...networks.generator }, { ...networks.discriminator });
  const optimizer = new Adam<'discriminator'>(networks.discriminator, config.discriminatorLearningRate, config.beta1);
  try {
    const images = tf.tidy(() => {
      const latents = tf.tensor2d(batches.latents('generator', 0, config.batch), [config.batch, config.latent]);
      return generatorForward(networks.generator, latents, 'moving').images;
    });
    held.push(images);
    compareDigests(label, 'what the generator draws', digest(await images.data()), expected.images);
    const ofDiscriminator = await finish(discriminatorHalfStep(networks, config, batches, 0));
    held.push({ ...ofDiscriminator });
    await compare(label, 'discriminator', expected, ofDiscriminator);
    // The generator's half sees the updated discriminator: the update is tested with it.
    optimizer.apply(ofDiscriminator);
    const ofGenerator = await finish(generatorHalfStep(networks, config, batches, 0));
    held.push({ ...ofGenerator });
    await compare(label, 'generator', expected, ofGenerator);
  } finally {
    optimizer.dispose();
    tf.dispose(held);
  }
}

async function finish<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await yieldToMessages();
  }
}

const wrong = (label: string, what: string): GanvasError =>
  new GanvasError('wrong-accelerator', `${label} computes wrongly on this device: in the self-test ${what}.`);

async function compare(
  label: string,
  network: NetworkName,
  expected: SelfTestReference,
  results: Readonly<Record<string, tf.Tensor>>,
): Promise<void> {
  const expectedLoss = expected.losses[network];
  const loss = (await results.scores?.data())?.[0] ?? Number.NaN;
  if (!(Math.abs(loss - expectedLoss) <= tolerance.loss)) {
    throw wrong(label, `the ${network}’s loss is ${loss.toPrecision(5)} instead of ${expectedLoss.toPrecision(5)}`);
  }
  for (const [name, gradient] of Object.entries(expected.gradients)) {
    if (!name.startsWith(`${network}/`)) continue;
    const what = isMovingStatistic(name) ? `the next ${name}` : `the gradient of ${name}`;
    compareDigests(label, what, digest((await results[name]?.data()) ?? []), gradient);
  }
}

function compareDigests(label: string, what: string, actual: GradientDigest, expected: GradientDigest): void {
  const off = difference(actual, expected);
  if (off <= tolerance.gradient) return;
  const how = actual.norm === 0 ? 'zero' : Number.isFinite(off) ? `off by ${percent(off)}` : 'not a number';
  throw wrong(label, `${what} is ${how}`);
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))}%`;
