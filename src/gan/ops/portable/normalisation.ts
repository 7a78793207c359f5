// Batch normalisation in tfjs's operations. What each computes: ../base/kernels.ts.
import * as tf from '@tensorflow/tfjs';
import { fixed } from '../../../config/run.ts';
import type { Moments, NormalisationGradients, Scaling } from '../base/kernels.ts';
import { sumToChannels } from './elementwise.ts';

const epsilon = fixed.normalisationEpsilon;

/** Numbers in one channel of [b, h, w, channels]. */
const countOf = (x: tf.Tensor4D): number => x.size / x.shape[3];

export function channelMoments(x: tf.Tensor4D): Moments {
  const moments = (): { mean: tf.Tensor1D; variance: tf.Tensor1D } => {
    const mean = tf.div(sumToChannels(x), countOf(x)) as tf.Tensor1D;
    const squares = sumToChannels(tf.square(tf.sub(x, mean)) as tf.Tensor4D);
    return { mean, variance: tf.div(squares, countOf(x)) as tf.Tensor1D };
  };
  return tf.tidy(moments);
}

export function normalise(
  x: tf.Tensor4D,
  { mean, variance }: Moments,
  { gamma, beta }: Scaling,
  leakySlope: number,
): tf.Tensor4D {
  return tf.tidy(() => tf.leakyRelu(tf.batchNorm(x, mean, variance, beta, gamma, epsilon) as tf.Tensor4D, leakySlope));
}

export function normalisationGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  moments: Moments,
  gamma: tf.Tensor1D,
): NormalisationGradients {
  const [dGamma, dBeta] = tf.tidy(() => [sumToChannels(tf.mul(dy, normalised(x, moments))), sumToChannels(dy)]);
  if (!dGamma || !dBeta) throw new Error('A normalisation has two weights.');
  const dx = tf.tidy(() => {
    const count = countOf(x);
    const alongX = tf.mul(normalised(x, moments), tf.div(dGamma, count));
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(moments.variance, epsilon)));
    return tf.mul(tf.sub(tf.sub(dy, tf.div(dBeta, count)), alongX), scale) as tf.Tensor4D;
  });
  return { dx, dGamma, dBeta };
}

const normalised = (x: tf.Tensor4D, { mean, variance }: Moments): tf.Tensor4D =>
  tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
