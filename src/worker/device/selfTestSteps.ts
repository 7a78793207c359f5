// The small training steps of the self-test, and what is told of their results: shared by the test and by what records
// its reference.
import type { NetworkName } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import { type WeightArrays, weightShapes } from '../../config/weights.ts';
import { purposes, RandomStream } from '../../gan/random/stream.ts';
import type { Batches } from '../../gan/training/batches.ts';

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

/**
 * One for each kind of network that the presets have: the tutorial's, and Quick's with its normalisation and its
 * kernels.
 */
export const selfTestConfigs = {
  plain,
  normalised: { ...plain, filters: 16, tapered: 1, outputKernel: 5, discriminatorKernel: 7, batchNormalisation: 1 },
} as const satisfies Readonly<Record<string, RunConfig>>;

export type SelfTestStep = keyof typeof selfTestConfigs;
export const selfTestSteps = Object.keys(selfTestConfigs) as readonly SelfTestStep[];

/** The step that uses what networks of these settings use. */
export const selfTestStepFor = ({ batchNormalisation }: RunConfig): SelfTestStep =>
  batchNormalisation ? 'normalised' : 'plain';

/**
 * What is known of one gradient (or of some images): its length as a vector, and its sums under some patterns of signs.
 * They take a few bytes
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
