// The discriminator: images → two convolutions → one logit (positive: real), and its gradients.
import * as tf from '@tensorflow/tfjs';
import { fixed } from '../../config/run.ts';
import { kernels } from '../ops/current.ts';
import type { MaskWords } from '../random/stream.ts';
import type { Gradients, Variables } from './weights.ts';

const { leakySlope } = fixed;

/** Dropout masks for the outputs of the two convolutions; null: no dropout (drawing, rate 0). */
export type LayerMasks = { readonly conv1: readonly MaskWords[]; readonly conv2: readonly MaskWords[] } | null;

export interface DiscriminatorTape {
  /** [b, 28, 28, 1] */
  readonly images: tf.Tensor4D;
  readonly masks: LayerMasks;
  /** After LeakyReLU, before dropout: [b, 14, 14, filters/2], [b, 7, 7, filters/2]. */
  readonly conv1: tf.Tensor4D;
  readonly conv2: tf.Tensor4D;
  /** After dropout: the next layer's input. */
  readonly dropped1: tf.Tensor4D;
  readonly dropped2: tf.Tensor4D;
  /** [b, 1] */
  readonly logits: tf.Tensor2D;
}

/** images [b, 28, 28, 1] → the tape, whose tensors the caller disposes. */
export function discriminatorForward(
  weights: Variables<'discriminator'>,
  images: tf.Tensor4D,
  masks: LayerMasks,
): DiscriminatorTape {
  const { conv2d, dense, dropout } = kernels();
  const block = (x: tf.Tensor4D, name: 'conv1' | 'conv2') =>
    conv2d(x, weights[`discriminator/${name}/kernel`] as tf.Tensor4D, 2, {
      bias: weights[`discriminator/${name}/bias`] as tf.Tensor1D,
      leakySlope,
    });
  const conv1 = block(images, 'conv1');
  const dropped1 = dropout(conv1, masks?.conv1);
  const conv2 = block(dropped1, 'conv2');
  const dropped2 = dropout(conv2, masks?.conv2);
  const logits = dense(
    tf.reshape(dropped2, [images.shape[0], -1]) as tf.Tensor2D,
    weights['discriminator/dense/kernel'] as tf.Tensor2D,
    weights['discriminator/dense/bias'] as tf.Tensor1D,
  );
  return { images, masks, conv1, conv2, dropped1, dropped2, logits };
}

/** The gradients by the two convolutions' outputs before their activation, from the gradient by the logits [b, 1]. */
function convolutionGradients(weights: Variables<'discriminator'>, tape: DiscriminatorTape, dLogits: tf.Tensor2D) {
  const { conv1, conv2, masks } = tape;
  const { conv2dInputGradient, dropoutGradient } = kernels();
  const toFlat = tf.mul(dLogits, tf.reshape(weights['discriminator/dense/kernel'], [1, -1]));
  const toConv2 = tf.reshape(toFlat, conv2.shape) as tf.Tensor4D;
  const dConv2 = dropoutGradient(toConv2, conv2, leakySlope, masks?.conv2);
  const [, height, width] = conv1.shape;
  const toConv1 = conv2dInputGradient(dConv2, weights['discriminator/conv2/kernel'] as tf.Tensor4D, [height, width], 2);
  const dConv1 = dropoutGradient(toConv1, conv1, leakySlope, masks?.conv1);
  return { dConv1, dConv2 };
}

/** The gradients of all weights; the one by the images is not computed. The caller disposes them. */
export function discriminatorBackward(
  weights: Variables<'discriminator'>,
  tape: DiscriminatorTape,
  dLogits: tf.Tensor2D,
): Gradients<'discriminator'> {
  const { conv2dFilterGradient, denseKernelGradient, sumToChannels } = kernels();
  return tf.tidy(() => {
    const { dConv1, dConv2 } = convolutionGradients(weights, tape, dLogits);
    const kernel = weights['discriminator/conv1/kernel'].shape[0] ?? 0;
    const flat = tf.reshape(tape.dropped2, [dLogits.shape[0], -1]) as tf.Tensor2D;
    return {
      'discriminator/conv1/kernel': conv2dFilterGradient(tape.images, dConv1, kernel, 2),
      'discriminator/conv1/bias': sumToChannels(dConv1),
      'discriminator/conv2/kernel': conv2dFilterGradient(tape.dropped1, dConv2, kernel, 2),
      'discriminator/conv2/bias': sumToChannels(dConv2),
      'discriminator/dense/kernel': denseKernelGradient(flat, dLogits),
      'discriminator/dense/bias': sumToChannels(dLogits),
    };
  });
}

/** The gradient by the images, [b, 28, 28, 1]; those of the weights are not computed. The caller disposes it. */
export function discriminatorImageGradient(
  weights: Variables<'discriminator'>,
  tape: DiscriminatorTape,
  dLogits: tf.Tensor2D,
): tf.Tensor4D {
  return tf.tidy(() => {
    const { dConv1 } = convolutionGradients(weights, tape, dLogits);
    const [, height, width] = tape.images.shape;
    const kernel = weights['discriminator/conv1/kernel'] as tf.Tensor4D;
    return kernels().conv2dInputGradient(dConv1, kernel, [height, width], 2);
  });
}
