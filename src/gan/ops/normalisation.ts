// Batch normalisation (Ioffe and Szegedy 2015) of feature maps, channel by channel over batch and positions: the moments, the
// normalising with the LeakyReLU after it, and the gradients. A backend's kernels of ours compute them, or tfjs's operations do.
import * as tf from '@tensorflow/tfjs';
import { fixed } from '../../config/run.ts';
import { sumToChannels } from './elementwise.ts';
import { kernelNames, runOwn } from './own.ts';

const epsilon = fixed.normalisationEpsilon;

/** Of each channel, both [channels]. */
export interface Moments {
  readonly mean: tf.Tensor1D;
  /** The mean squared distance from the mean: divided by the count, not by one less. */
  readonly variance: tf.Tensor1D;
}

/** The weights of a normalisation, both [channels]. */
export interface Scaling {
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
}

const channelsOf = (x: tf.Tensor4D): number => x.shape[3];
const countOf = (x: tf.Tensor4D): number => x.size / channelsOf(x);

/**
 * Mean and variance of each channel of x [b, h, w, channels]. In two passes, for E[x²] − E[x]² loses every digit where a
 * mean is large beside its spread. The caller disposes them.
 */
export function channelMoments(x: tf.Tensor4D): Moments {
  const own = runOwn<tf.Tensor1D[]>(kernelNames.channelMoments, { x }, {});
  const [mean, variance] = own ?? portableMoments(x);
  if (!mean || !variance) throw new Error('Moments are two.');
  return { mean, variance };
}

function portableMoments(x: tf.Tensor4D): tf.Tensor1D[] {
  return tf.tidy(() => {
    const mean = tf.div(sumToChannels(x), countOf(x)) as tf.Tensor1D;
    const squares = sumToChannels(tf.square(tf.sub(x, mean)) as tf.Tensor4D);
    return [mean, tf.div(squares, countOf(x)) as tf.Tensor1D];
  });
}

/**
 * LeakyReLU(γ · (x − mean) / √(variance + ε) + β), in the shape of x [b, h, w, channels]. The caller disposes it.
 */
export function normalise(
  x: tf.Tensor4D,
  { mean, variance }: Moments,
  { gamma, beta }: Scaling,
  leakySlope: number,
): tf.Tensor4D {
  const inputs = { x, mean, variance, gamma, beta };
  return (
    runOwn<tf.Tensor4D>(kernelNames.normalise, inputs, { epsilon, leakySlope }) ??
    tf.tidy(() => tf.leakyRelu(tf.batchNorm(x, mean, variance, beta, gamma, epsilon) as tf.Tensor4D, leakySlope))
  );
}

/** What comes back through a normalisation. */
export interface NormalisationGradients {
  /** By what was normalised, [b, h, w, channels]. */
  readonly dx: tf.Tensor4D;
  readonly dGamma: tf.Tensor1D;
  readonly dBeta: tf.Tensor1D;
}

/**
 * The way back through a normalisation by `moments`, those of x itself, given the gradient `dy` by what its activation was
 * given. With x̂ the normalised x and n its numbers in a channel: dβ = Σ dy, dγ = Σ dy·x̂ and
 * dx = γ / √(variance + ε) · (dy − dβ/n − x̂·dγ/n). The caller disposes them.
 */
export function normalisationGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  moments: Moments,
  gamma: tf.Tensor1D,
): NormalisationGradients {
  const [dGamma, dBeta] =
    runOwn<tf.Tensor1D[]>(kernelNames.normalisationSums, { x, dy, ...moments }, { epsilon }) ??
    tf.tidy(() => [sumToChannels(tf.mul(dy, normalised(x, moments))), sumToChannels(dy)]);
  if (!dGamma || !dBeta) throw new Error('A normalisation has two weights.');
  const inputs = { x, dy, ...moments, gamma, dGamma, dBeta };
  const dx =
    runOwn<tf.Tensor4D>(kernelNames.normalisationInputGradient, inputs, { epsilon }) ??
    tf.tidy(() => {
      const count = countOf(x);
      const own = tf.mul(normalised(x, moments), tf.div(dGamma, count));
      const scale = tf.mul(gamma, tf.rsqrt(tf.add(moments.variance, epsilon)));
      return tf.mul(tf.sub(tf.sub(dy, tf.div(dBeta, count)), own), scale) as tf.Tensor4D;
    });
  return { dx, dGamma, dBeta };
}

const normalised = (x: tf.Tensor4D, { mean, variance }: Moments): tf.Tensor4D =>
  tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
