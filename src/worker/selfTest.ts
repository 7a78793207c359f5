// Whether a backend computes rightly: replays one small training step and compares its losses and gradients with recorded ones.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../config/errors.ts';
import { type NetworkName, type WeightArrays, weightNames, weightShapes } from '../config/networks.ts';
import type { RunConfig } from '../config/run.ts';
import { Adam } from '../gan/adam.ts';
import type { Batches } from '../gan/batches.ts';
import { discriminatorHalfStep, generatorHalfStep } from '../gan/halfSteps.ts';
import { purposes, RandomStream } from '../gan/random.ts';
import { createVariables } from '../gan/weights.ts';
import { reference } from './selfTestReference.ts';
import { yieldToMessages } from './yieldToMessages.ts';

/** Small, with channels enough for the backends' vectorised code, and a learning rate at which a wrong update shows. */
export const selfTestConfig: RunConfig = {
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

/**
 * What is known of one gradient: its length as a vector, and its sums under some patterns of signs. They take a few bytes
 * where the numbers themselves take kilobytes, and no wrong gradient has them all.
 */
export interface GradientDigest {
  readonly norm: number;
  readonly sums: readonly number[];
}

type SelfTestWeight = (typeof weightNames)[NetworkName][number];

/** What the step gives, as computed without any of our code (tests/support/recordSelfTest.ts). */
export interface SelfTestReference {
  readonly losses: Readonly<Record<NetworkName, number>>;
  readonly gradients: Readonly<Record<SelfTestWeight, GradientDigest>>;
}

/** Losses: absolute, in nats. Gradients: relative to their length. Half precision is off by more, single precision by far less. */
export const tolerance = { loss: 1e-4, gradient: 3e-4 } as const;

const patterns = 4;

/** Numbers for the self-test, uniform in (−limit, limit); `part` tells them apart. */
const numbers = (part: number, count: number, limit: number): Float32Array<ArrayBuffer> =>
  new RandomStream(selfTestConfig.seed, purposes.initialWeights, 0, 1000 + part).uniforms(count, limit);

/** The step's inputs. Weights are large enough that no layer's part in the gradients is lost in the others'. */
export const selfTestInputs: { weights: () => WeightArrays; batches: Batches } = {
  weights: () => {
    const all = (['generator', 'discriminator'] as const).flatMap((network) => [
      ...weightShapes(network, selfTestConfig),
    ]);
    return Object.fromEntries(
      all.map(([name, shape], part) => {
        const fanIn = name.endsWith('/bias') ? 16 : shape.slice(0, -1).reduce((product, n) => product * n, 1);
        const size = shape.reduce((product, n) => product * n, 1);
        return [name, { shape, data: numbers(part, size, Math.sqrt(3 / fanIn)) }];
      }),
    ) as WeightArrays;
  },
  batches: {
    realImages: (_, count) => numbers(100, count * 784, 1).map(Math.abs),
    latents: (network, _, count) => numbers(network === 'generator' ? 101 : 102, count * selfTestConfig.latent, 1.7),
    dropoutMasks: () => {
      throw new Error('The self-test has no dropout.');
    },
  },
};

export function digest(gradient: ArrayLike<number>): GradientDigest {
  const sums = new Array<number>(patterns).fill(0);
  let squares = 0;
  const signs = new RandomStream(selfTestConfig.seed, purposes.initialWeights, 0, 2000);
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

/**
 * Replays the step on tfjs's current backend, which is called `label`. Leaves nothing behind.
 * @throws GanvasError 'wrong-accelerator' naming the first number that was off
 */
export async function selfTest(label: string): Promise<void> {
  const { weights, batches } = selfTestInputs;
  const arrays = weights();
  const held: tf.TensorContainer[] = [];
  const networks = {
    generator: createVariables('generator', selfTestConfig, arrays),
    discriminator: createVariables('discriminator', selfTestConfig, arrays),
  };
  held.push({ ...networks.generator }, { ...networks.discriminator });
  const { discriminatorLearningRate, beta1 } = selfTestConfig;
  const optimizer = new Adam<'discriminator'>(networks.discriminator, discriminatorLearningRate, beta1);
  try {
    const ofDiscriminator = await finish(discriminatorHalfStep(networks, selfTestConfig, batches, 0));
    held.push({ ...ofDiscriminator });
    await compare(label, 'discriminator', ofDiscriminator);
    // The generator's half sees the updated discriminator: the update is tested with it.
    optimizer.apply(ofDiscriminator);
    const ofGenerator = await finish(generatorHalfStep(networks, selfTestConfig, batches, 0));
    held.push({ ...ofGenerator });
    await compare(label, 'generator', ofGenerator);
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

async function compare(
  label: string,
  network: NetworkName,
  results: Readonly<Record<string, tf.Tensor>>,
): Promise<void> {
  const wrong = (what: string): GanvasError =>
    new GanvasError('wrong-accelerator', `${label} computes wrongly on this device: in the self-test ${what}.`);
  const expectedLoss = reference.losses[network];
  const loss = (await results.scores?.data())?.[0] ?? Number.NaN;
  if (!(Math.abs(loss - expectedLoss) <= tolerance.loss)) {
    throw wrong(`the ${network}’s loss is ${loss.toPrecision(5)} instead of ${expectedLoss.toPrecision(5)}`);
  }
  for (const name of weightNames[network]) {
    const actual = digest((await results[name]?.data()) ?? []);
    const off = difference(actual, reference.gradients[name]);
    if (!(off <= tolerance.gradient)) {
      const how = actual.norm === 0 ? 'zero' : Number.isFinite(off) ? `off by ${percent(off)}` : 'not a number';
      throw wrong(`the gradient of ${name} is ${how}`);
    }
  }
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))}%`;
