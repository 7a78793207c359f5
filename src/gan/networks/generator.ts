// The generator: latent → dense → two transposed convolutions → one convolution → digits, and its gradients. Batch
// normalisation, where the settings have it, comes after each layer but the last and before the activation.
import * as tf from '@tensorflow/tfjs';
import type { NormalisedLayer } from '../../config/networks.ts';
import { fixed } from '../../config/run.ts';
import type { Epilogue, Moments } from '../ops/base/kernels.ts';
import { conv2dTranspose } from '../ops/convolution.ts';
import { kernels } from '../ops/current.ts';
import { HeldTensors } from './heldTensors.ts';
import type { Gradients, Variables } from './weights.ts';

const { leakySlope } = fixed;

/** Which moments normalise: the batch's own (in training), or the moving ones (when digits are drawn). */
export type Statistics = 'batch' | 'moving';

/** What the backward pass needs of the forward pass: the output of each layer. */
export interface GeneratorTape {
  readonly latent: tf.Tensor2D;
  /** [b, 7, 7, channels], after the activation, as the next two. */
  readonly dense: tf.Tensor4D;
  /** [b, 14, 14, channels] */
  readonly upsample1: tf.Tensor4D;
  /** [b, 28, 28, channels] */
  readonly upsample2: tf.Tensor4D;
  /** [b, 28, 28, 1] in (0, 1) */
  readonly images: tf.Tensor4D;
  /** Each normalisation's input and its moments; null without batch normalisation, or where moving ones were used. */
  readonly normalised: Readonly<Record<NormalisedLayer, { readonly x: tf.Tensor4D; readonly moments: Moments }>> | null;
}

/** latent [b, latent] → the tape, whose tensors the caller disposes. */
export function generatorForward(
  weights: Variables<'generator'>,
  latent: tf.Tensor2D,
  statistics: Statistics,
): GeneratorTape {
  const { channelMoments, conv2d, dense, normalise } = kernels();
  const normalised: Partial<Record<NormalisedLayer, { x: tf.Tensor4D; moments: Moments }>> = {};
  /** A layer with its bias or normalisation and its activation. */
  const activated = (name: NormalisedLayer, layer: (epilogue: Epilogue) => tf.Tensor4D): tf.Tensor4D => {
    const bias = weights[`generator/${name}/bias`] as tf.Tensor1D | undefined;
    if (bias) return layer({ bias, leakySlope });
    const part = (which: 'gamma' | 'beta' | 'moving_mean' | 'moving_variance'): tf.Tensor1D => {
      const weight = weights[`generator/${name}_norm/${which}`];
      if (!weight) throw new Error(`The generator has neither a bias nor a normalisation after ${name}.`);
      return weight as tf.Tensor as tf.Tensor1D;
    };
    const x = layer({});
    const moments =
      statistics === 'batch' ? channelMoments(x) : { mean: part('moving_mean'), variance: part('moving_variance') };
    normalised[name] = { x, moments };
    return normalise(x, moments, { gamma: part('gamma'), beta: part('beta') }, leakySlope);
  };
  const upsample = (x: tf.Tensor4D, name: 'upsample1' | 'upsample2') =>
    activated(name, (epilogue) => conv2dTranspose(x, weights[`generator/${name}/kernel`] as tf.Tensor4D, 2, epilogue));
  const seed = activated('dense', (epilogue) => {
    const kernel = weights['generator/dense/kernel'] as tf.Tensor2D;
    const hidden = dense(latent, kernel, epilogue.bias, epilogue.leakySlope);
    return tf.reshape(hidden, [latent.shape[0], 7, 7, kernel.shape[1] / 49]) as tf.Tensor4D;
  });
  const upsample1 = upsample(seed, 'upsample1');
  const upsample2 = upsample(upsample1, 'upsample2');
  const output = conv2d(upsample2, weights['generator/output/kernel'] as tf.Tensor4D, 1, {
    bias: weights['generator/output/bias'] as tf.Tensor1D,
  });
  // The moving statistics are the caller's variables and stay off the tape, whose tensors it disposes.
  const onTape = statistics === 'batch' && normalised.dense ? (normalised as GeneratorTape['normalised']) : null;
  return { latent, dense: seed, upsample1, upsample2, images: tf.sigmoid(output), normalised: onTape };
}

/**
 * From the gradient by the input of an activation, [b, h, w, channels], the one by its layer's output, `dx` of the same
 * shape, and those by the bias, or by gamma and beta.
 */
function layerGradients(
  weights: Variables<'generator'>,
  { normalised }: GeneratorTape,
  name: NormalisedLayer,
  dActivated: tf.Tensor4D,
): { dx: tf.Tensor4D; learned: Partial<Gradients<'generator'>> } {
  const { normalisationGradient, sumToChannels } = kernels();
  if (!normalised) {
    const rows = name === 'dense' ? (tf.reshape(dActivated, [dActivated.shape[0], -1]) as tf.Tensor2D) : dActivated;
    return { dx: dActivated, learned: { [`generator/${name}/bias`]: sumToChannels(rows) } };
  }
  const { x, moments } = normalised[name];
  const gamma = weights[`generator/${name}_norm/gamma`] as tf.Tensor as tf.Tensor1D;
  const { dx, dGamma, dBeta } = normalisationGradient(x, dActivated, moments, gamma);
  return { dx, learned: { [`generator/${name}_norm/gamma`]: dGamma, [`generator/${name}_norm/beta`]: dBeta } };
}

/**
 * The gradients of all weights from the gradient by the images, [b, 28, 28, 1], and a tape of batch statistics. The
 * caller disposes them. Yields between layers: together they are two thirds of a step's work.
 */
export function* generatorBackward(
  weights: Variables<'generator'>,
  tape: GeneratorTape,
  dImages: tf.Tensor4D,
): Generator<void, Gradients<'generator'>> {
  const { latent, upsample1, upsample2, images } = tape;
  const { conv2d, conv2dFilterGradient, conv2dInputGradient, denseKernelGradient, sigmoidGradient, sumToChannels } =
    kernels();
  const outputKernel = weights['generator/output/kernel'] as tf.Tensor4D;
  const held = new HeldTensors();
  try {
    const { dOutput, second, first } = held.run(() => {
      const dOutput = sigmoidGradient(dImages, images);
      const dUpsample2 = conv2dInputGradient(dOutput, outputKernel, [28, 28], 1, { gate: upsample2, leakySlope });
      const second = layerGradients(weights, tape, 'upsample2', dUpsample2);
      // A transposed convolution's gradient by its input is the plain convolution with the same filter.
      const dUpsample1 = conv2d(second.dx, weights['generator/upsample2/kernel'] as tf.Tensor4D, 2, {
        gate: upsample1,
        leakySlope,
      });
      return { dOutput, second, first: layerGradients(weights, tape, 'upsample1', dUpsample1) };
    });
    yield;
    return tf.tidy(() => {
      const dDense = conv2d(first.dx, weights['generator/upsample1/kernel'] as tf.Tensor4D, 2, {
        gate: tape.dense,
        leakySlope,
      });
      const seed = layerGradients(weights, tape, 'dense', dDense);
      const dHidden = tf.reshape(seed.dx, [latent.shape[0], -1]) as tf.Tensor2D;
      // `held` owns these; the result gets new references.
      const earlier = [first.learned, second.learned].flatMap((learned) => Object.entries(learned));
      return {
        'generator/dense/kernel': denseKernelGradient(latent, dHidden),
        ...seed.learned,
        'generator/upsample1/kernel': conv2dFilterGradient(first.dx, tape.dense, 4, 2),
        'generator/upsample2/kernel': conv2dFilterGradient(second.dx, upsample1, 4, 2),
        ...Object.fromEntries(earlier.map(([name, gradient]) => [name, tf.clone(gradient)])),
        'generator/output/kernel': conv2dFilterGradient(upsample2, dOutput, outputKernel.shape[0], 1),
        'generator/output/bias': sumToChannels(dOutput),
      };
    });
  } finally {
    held.dispose();
  }
}
