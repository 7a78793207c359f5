// The self-test's steps computed anew, in stock tfjs operations with tfjs's own gradients, on its CPU backend: none of
// src/gan's code.
import * as tf from '@tensorflow/tfjs';
import type { NetworkName } from '../../src/config/networks.ts';
import { fixed, type RunConfig } from '../../src/config/run.ts';
import { isMovingStatistic, type WeightName, weightShapes } from '../../src/config/weights.ts';
import {
  digest,
  type GradientDigest,
  type SelfTestReference,
  type SelfTestStep,
  selfTestBatches,
  selfTestConfigs,
  selfTestWeights,
} from '../../src/worker/device/selfTestSteps.ts';

type Tensors = Record<WeightName, tf.Tensor>;

const leaky = (x: tf.Tensor): tf.Tensor => tf.leakyRelu(x, fixed.leakySlope);

/**
 * Batch normalisation as its inventors wrote it (Ioffe and Szegedy 2015), on the moments of `x`, or on the moving ones.
 */
function normalise(w: Tensors, x: tf.Tensor, layer: string, moving: boolean, seen: Moments[]): tf.Tensor {
  const part = (which: string) => w[`generator/${layer}_norm/${which}` as WeightName];
  const own = tf.moments(x, [0, 1, 2]);
  seen.push({ layer, ...own });
  const { mean, variance } = moving ? { mean: part('moving_mean'), variance: part('moving_variance') } : own;
  const standardised = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, fixed.normalisationEpsilon)));
  return tf.add(tf.mul(standardised, part('gamma')), part('beta'));
}

interface Moments {
  readonly layer: string;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/** Digits, and in `seen` the moments that each normalisation met. */
function draw(w: Tensors, latent: tf.Tensor2D, moving: boolean, seen: Moments[] = []): tf.Tensor4D {
  const batch = latent.shape[0];
  // A layer is followed by its bias or by a normalisation.
  const activated = (x: tf.Tensor, layer: 'dense' | 'upsample1' | 'upsample2') => {
    const bias = w[`generator/${layer}/bias`];
    return leaky(bias ? tf.add(x, bias) : normalise(w, x, layer, moving, seen));
  };
  const up = (x: tf.Tensor, name: 'upsample1' | 'upsample2', size: number) => {
    const kernel = w[`generator/${name}/kernel`] as tf.Tensor4D;
    const shape: [number, number, number, number] = [batch, size, size, kernel.shape[2]];
    return activated(tf.conv2dTranspose(x as tf.Tensor4D, kernel, shape, 2, 'same'), name);
  };
  const kernel = w['generator/dense/kernel'] as tf.Tensor2D;
  const channels = kernel.shape[1] / 49;
  const bias = w['generator/dense/bias'];
  // The bias of a dense layer has a number for each of its outputs, a normalisation one for each channel.
  const product = tf.matMul(latent, kernel);
  const seed = bias
    ? tf.reshape(leaky(tf.add(product, bias)), [batch, 7, 7, channels])
    : activated(tf.reshape(product, [batch, 7, 7, channels]), 'dense');
  const large = up(up(seed, 'upsample1', 14), 'upsample2', 28);
  const output = tf.conv2d(large as tf.Tensor4D, w['generator/output/kernel'] as tf.Tensor4D, 1, 'same');
  return tf.sigmoid(tf.add(output, w['generator/output/bias'])) as tf.Tensor4D;
}

function judge(w: Tensors, images: tf.Tensor4D): tf.Tensor {
  const block = (x: tf.Tensor, name: 'conv1' | 'conv2') => {
    const kernel = w[`discriminator/${name}/kernel`] as tf.Tensor4D;
    return leaky(tf.add(tf.conv2d(x as tf.Tensor4D, kernel, 2, 'same'), w[`discriminator/${name}/bias`]));
  };
  const flat = tf.reshape(block(block(images, 'conv1'), 'conv2'), [images.shape[0], -1]);
  return tf.add(tf.matMul(flat, w['discriminator/dense/kernel']), w['discriminator/dense/bias']);
}

const lossOf = (logits: tf.Tensor, labels: tf.Tensor): tf.Scalar => tf.losses.sigmoidCrossEntropy(labels, logits);

/** On tfjs's CPU backend, which becomes the current one. */
export async function computeReferences(): Promise<Readonly<Record<SelfTestStep, SelfTestReference>>> {
  await tf.setBackend('cpu');
  return { plain: computeReference(selfTestConfigs.plain), normalised: computeReference(selfTestConfigs.normalised) };
}

function computeReference(config: RunConfig): SelfTestReference {
  const { batch, latent, labelSmoothing, beta1, discriminatorLearningRate } = config;
  const batches = selfTestBatches(config);
  const weights: Record<string, tf.Tensor> = Object.fromEntries(
    Object.entries(selfTestWeights(config)).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
  );
  const half = batch / 2;
  const latents = (network: NetworkName, count: number) =>
    tf.tensor2d(batches.latents(network, 0, count), [count, latent]);

  /** The loss and the gradients by one network's weights. */
  const differentiate = (network: NetworkName, loss: (w: Tensors) => tf.Scalar) => {
    const own = [...weightShapes(network, config).keys()].filter((name) => !isMovingStatistic(name));
    const f = (...values: tf.Tensor[]) =>
      loss({ ...weights, ...Object.fromEntries(own.map((name, i) => [name, values[i]])) } as Tensors);
    const { value, grads } = tf.valueAndGrads(f)(own.map((name) => weights[name] as tf.Tensor));
    return {
      loss: value.dataSync()[0] ?? Number.NaN,
      gradients: own.map((name, i) => [name, grads[i] as tf.Tensor] as const),
    };
  };

  const images = draw(weights as Tensors, latents('generator', batch), true);
  const discriminator = differentiate('discriminator', (w) => {
    const real = tf.tensor4d(batches.realImages(0, half), [half, 28, 28, 1]);
    const fake = draw(w, latents('discriminator', half), false);
    const labels = tf.concat([tf.fill([half, 1], 1 - labelSmoothing), tf.zeros([half, 1])]);
    return lossOf(judge(w, tf.concat([real, fake])), labels);
  });
  const optimizer = tf.train.adam(discriminatorLearningRate, beta1, fixed.beta2, fixed.epsilon);
  const variables = discriminator.gradients.map(([name]) => tf.variable(weights[name] as tf.Tensor, true, name));
  optimizer.applyGradients(discriminator.gradients.map(([name, tensor]) => ({ name, tensor })));
  for (const [i, [name]] of discriminator.gradients.entries()) weights[name] = variables[i] as tf.Tensor;
  const generator = differentiate('generator', (w) =>
    lossOf(judge(w, draw(w, latents('generator', batch), false)), tf.ones([batch, 1])),
  );
  const seen: Moments[] = [];
  draw(weights as Tensors, latents('generator', batch), false, seen);
  const momentum = fixed.normalisationMomentum;
  const moving = seen.flatMap(({ layer, mean, variance }) =>
    Object.entries({ moving_mean: mean, moving_variance: variance }).map(([which, value]) => {
      const name = `generator/${layer}_norm/${which}`;
      return [name, tf.add(tf.mul(weights[name] as tf.Tensor, momentum), tf.mul(value, 1 - momentum))] as const;
    }),
  );

  const gradients = [...generator.gradients, ...moving, ...discriminator.gradients].map(([name, gradient]) => [
    name,
    roundedDigest(gradient),
  ]);
  tf.disposeVariables();
  return {
    losses: { generator: rounded(generator.loss), discriminator: rounded(discriminator.loss) },
    gradients: Object.fromEntries(gradients),
    images: roundedDigest(images),
  };
}

function roundedDigest(tensor: tf.Tensor): GradientDigest {
  const { norm, sums } = digest(tensor.dataSync());
  return { norm: rounded(norm), sums: sums.map(rounded) };
}

/** Six digits: fifty times finer than what is compared. */
const rounded = (value: number): number => Number(value.toPrecision(6));
