// The generator: latent → dense → two transposed convolutions → one 7×7 convolution → digits, and its gradients.
import * as tf from '@tensorflow/tfjs';
import { fixed } from '../config/run.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient, conv2dTranspose } from './ops/convolution.ts';
import { dense, denseKernelGradient } from './ops/dense.ts';
import { sumToChannels } from './ops/elementwise.ts';
import { Parts } from './parts.ts';
import type { Gradients, Variables } from './weights.ts';

const { leakySlope } = fixed;

/** What the forward pass keeps for the backward pass: the output of each layer. */
export interface GeneratorTape {
  readonly latent: tf.Tensor2D;
  /** [b, 7, 7, filters] */
  readonly dense: tf.Tensor4D;
  /** [b, 14, 14, filters] */
  readonly upsample1: tf.Tensor4D;
  /** [b, 28, 28, filters] */
  readonly upsample2: tf.Tensor4D;
  /** [b, 28, 28, 1] in (0, 1) */
  readonly images: tf.Tensor4D;
}

/** latent [b, latent] → the tape, whose tensors the caller disposes. */
export function generatorForward(weights: Variables<'generator'>, latent: tf.Tensor2D): GeneratorTape {
  const filters = weights['generator/upsample1/kernel'].shape[3] ?? 0;
  const hidden = dense(
    latent,
    weights['generator/dense/kernel'] as tf.Tensor2D,
    weights['generator/dense/bias'] as tf.Tensor1D,
    leakySlope,
  );
  const seed = tf.reshape(hidden, [latent.shape[0], 7, 7, filters]) as tf.Tensor4D;
  const upsample = (x: tf.Tensor4D, name: 'upsample1' | 'upsample2') =>
    conv2dTranspose(x, weights[`generator/${name}/kernel`] as tf.Tensor4D, 2, {
      bias: weights[`generator/${name}/bias`] as tf.Tensor1D,
      leakySlope,
    });
  const upsample1 = upsample(seed, 'upsample1');
  const upsample2 = upsample(upsample1, 'upsample2');
  const output = conv2d(upsample2, weights['generator/output/kernel'] as tf.Tensor4D, 1, {
    bias: weights['generator/output/bias'] as tf.Tensor1D,
  });
  return { latent, dense: seed, upsample1, upsample2, images: tf.sigmoid(output) };
}

/**
 * The gradients of all weights from the gradient by the images, [b, 28, 28, 1]. The caller disposes them. Yields between
 * layers: together they are two thirds of a step's work.
 */
export function* generatorBackward(
  weights: Variables<'generator'>,
  tape: GeneratorTape,
  dImages: tf.Tensor4D,
): Generator<void, Gradients<'generator'>> {
  const { latent, upsample1, upsample2, images } = tape;
  const parts = new Parts();
  try {
    const { dOutput, dUpsample2, dUpsample1 } = parts.run(() => {
      const dOutput = tf.mul(dImages, tf.mul(images, tf.sub(1, images))) as tf.Tensor4D;
      const dUpsample2 = conv2dInputGradient(dOutput, weights['generator/output/kernel'] as tf.Tensor4D, [28, 28], 1, {
        gate: upsample2,
        leakySlope,
      });
      // A transposed convolution's gradient by its input is the plain convolution with the same filter.
      const dUpsample1 = conv2d(dUpsample2, weights['generator/upsample2/kernel'] as tf.Tensor4D, 2, {
        gate: upsample1,
        leakySlope,
      });
      return { dOutput, dUpsample2, dUpsample1 };
    });
    yield;
    return tf.tidy(() => {
      const dDense = conv2d(dUpsample1, weights['generator/upsample1/kernel'] as tf.Tensor4D, 2, {
        gate: tape.dense,
        leakySlope,
      });
      const dHidden = tf.reshape(dDense, [latent.shape[0], -1]) as tf.Tensor2D;
      return {
        'generator/dense/kernel': denseKernelGradient(latent, dHidden),
        'generator/dense/bias': sumToChannels(dHidden),
        'generator/upsample1/kernel': conv2dFilterGradient(dUpsample1, tape.dense, 4, 2),
        'generator/upsample1/bias': sumToChannels(dUpsample1),
        'generator/upsample2/kernel': conv2dFilterGradient(dUpsample2, upsample1, 4, 2),
        'generator/upsample2/bias': sumToChannels(dUpsample2),
        'generator/output/kernel': conv2dFilterGradient(upsample2, dOutput, 7, 1),
        'generator/output/bias': sumToChannels(dOutput),
      };
    });
  } finally {
    parts.dispose();
  }
}
