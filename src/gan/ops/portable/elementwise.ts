// The small operations around the convolutions and Adam, in tfjs's operations. What each computes: ../base/kernels.ts.
import * as tf from '@tensorflow/tfjs';
import { type MaskWords, maskValues } from '../../random/stream.ts';
import type { AdamNumbers } from '../base/kernels.ts';

/**
 * dy · LeakyReLU′, from the activation's output: its sign is the input's. Same shape as `dy`.
 */
export function leakyReluGradient<T extends tf.Tensor>(dy: T, output: tf.Tensor, slope: number): T {
  return tf.mul(dy, tf.step(output, slope));
}

export function dense(x: tf.Tensor2D, kernel: tf.Tensor2D, bias?: tf.Tensor1D, leakySlope?: number): tf.Tensor2D {
  return tf.fused.matMul({
    a: x,
    b: kernel,
    ...(bias ? { bias } : {}),
    ...(leakySlope === undefined ? {} : { activation: 'leakyrelu', leakyreluAlpha: leakySlope }),
  }) as tf.Tensor2D;
}

export function denseKernelGradient(x: tf.Tensor2D, dy: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(x, dy, true) as tf.Tensor2D;
}

export function dropout(x: tf.Tensor4D, pieces?: readonly MaskWords[]): tf.Tensor4D {
  return pieces ? tf.tidy(() => tf.mul(x, masksLike(x, pieces))) : tf.clone(x);
}

export function dropoutGradient(
  dy: tf.Tensor4D,
  output: tf.Tensor4D,
  leakySlope: number,
  pieces?: readonly MaskWords[],
): tf.Tensor4D {
  return tf.tidy(() => leakyReluGradient(dropout(dy, pieces), output, leakySlope));
}

function masksLike(x: tf.Tensor4D, pieces: readonly MaskWords[]): tf.Tensor4D {
  const count = x.size / pieces.length;
  const values = new Float32Array(x.size);
  for (const [i, words] of pieces.entries()) values.set(maskValues(words, count), i * count);
  return tf.tensor4d(values, x.shape);
}

/**
 * Images are averaged first, which every backend does in one pass. A sum over the leading axes would transpose them.
 */
export function sumToChannels(x: tf.Tensor2D | tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    if (x.rank === 2) return sumBatch(x, 1);
    const [batch, height = 1, width = 1, channels = 1] = x.shape;
    const means = tf.reshape(tf.avgPool(x as tf.Tensor4D, [height, width], 1, 'valid'), [batch, channels]);
    return sumBatch(means, height * width);
  });
}

/** The sum over a batch, times `scale`: [b, channels] → [channels]. */
function sumBatch(x: tf.Tensor, scale: number): tf.Tensor1D {
  return tf.tidy(() => {
    const [batch = 0] = x.shape;
    return tf.reshape(tf.matMul(tf.fill([1, batch], scale), tf.reshape(x, [batch, -1])), [-1]) as tf.Tensor1D;
  });
}

export function weightedSum(
  first: tf.Tensor,
  firstWeight: number,
  second: tf.Tensor,
  secondWeight: number,
  power: 1 | 2 = 1,
): tf.Tensor {
  return tf.tidy(() =>
    tf.add(tf.mul(first, firstWeight), tf.mul(power === 1 ? second : tf.square(second), secondWeight)),
  );
}

export function crossEntropySum(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const softplus = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
    return tf.reshape(tf.sum(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), softplus)), [1]);
  });
}

export function crossEntropyGradient(logits: tf.Tensor2D, labels: tf.Tensor2D, scale: number): tf.Tensor2D {
  return tf.tidy(() => tf.mul(tf.sub(tf.sigmoid(logits), labels), scale));
}

export function sigmoidGradient<T extends tf.Tensor>(dy: T, y: T): T {
  return tf.tidy(() => tf.mul(dy, tf.mul(y, tf.sub(1, y))) as T);
}

export function adam(
  variable: tf.Variable,
  gradient: tf.Tensor,
  first: tf.Variable,
  second: tf.Variable,
  { beta1, beta2, rate, correction, epsilon }: AdamNumbers,
): void {
  tf.tidy(() => {
    first.assign(weightedSum(first, beta1, gradient, 1 - beta1));
    second.assign(weightedSum(second, beta2, gradient, 1 - beta2, 2));
    const deviation = tf.add(tf.mul(tf.sqrt(second), correction), epsilon);
    variable.assign(tf.sub(variable, tf.mul(tf.div(first, deviation), rate)));
  });
}
