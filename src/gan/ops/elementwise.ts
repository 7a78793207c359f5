// The small operations around the convolutions, with their gradients.
import * as tf from '@tensorflow/tfjs';
import { type MaskWords, maskValues, noMasks } from '../random.ts';
import { kernelNames, runOwn } from './own.ts';

/**
 * dy · LeakyReLU′, from the activation's output: its sign is the input's. Same shape as `dy`.
 */
export function leakyReluGradient<T extends tf.Tensor>(dy: T, output: tf.Tensor, slope: number): T {
  return tf.mul(dy, tf.step(output, slope));
}

/**
 * x · masks, [b, h, w, channels]; the batch falls into as many equal pieces as there are masks. Without masks x itself, a
 * new reference to it. The caller disposes the result.
 */
export function dropout(x: tf.Tensor4D, pieces?: readonly MaskWords[]): tf.Tensor4D {
  if (!pieces) return tf.clone(x);
  return (
    runOwn<tf.Tensor4D>(kernelNames.dropout, { x }, { pieces, leakySlope: 1 }) ??
    tf.tidy(() => tf.mul(x, masksLike(x, pieces)))
  );
}

/**
 * The way back through dropout and the LeakyReLU before it: dy · masks · LeakyReLU′, given that activation's output.
 * [b, h, w, channels]; the caller disposes the result.
 */
export function dropoutGradient(
  dy: tf.Tensor4D,
  output: tf.Tensor4D,
  leakySlope: number,
  pieces?: readonly MaskWords[],
): tf.Tensor4D {
  const attributes = { pieces: pieces ?? [noMasks], leakySlope };
  return (
    runOwn<tf.Tensor4D>(kernelNames.dropout, { x: dy, gate: output }, attributes) ??
    tf.tidy(() => leakyReluGradient(dropout(dy, pieces), output, leakySlope))
  );
}

function masksLike(x: tf.Tensor4D, pieces: readonly MaskWords[]): tf.Tensor4D {
  const count = x.size / pieces.length;
  const values = new Float32Array(x.size);
  for (const [i, words] of pieces.entries()) values.set(maskValues(words, count), i * count);
  return tf.tensor4d(values, x.shape);
}

/**
 * The sum over all axes but the last: [b, channels] or [b, h, w, channels] → [channels]. Images are averaged first, which
 * every backend does in one pass; a sum over the leading axes would transpose all of it.
 */
export function sumToChannels(x: tf.Tensor2D | tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    const channels = x.shape[x.rank - 1] ?? 1;
    if (x.rank === 2) return tf.reshape(tf.matMul(tf.ones([1, x.shape[0]]), x as tf.Tensor2D), [channels]);
    const [batch, height = 1, width = 1] = x.shape;
    const sums = runOwn<tf.Tensor2D>(kernelNames.sumPositions, { x }, {});
    if (sums) return tf.reshape(tf.matMul(tf.ones([1, batch]), sums), [channels]);
    const means = tf.reshape(tf.avgPool(x as tf.Tensor4D, [height, width], 1, 'valid'), [batch, channels]);
    return tf.reshape(tf.matMul(tf.fill([1, batch], height * width), means), [channels]);
  });
}

/**
 * Sigmoid cross-entropy of logits, exact for every logit: max(l, 0) − l·y + log(1 + e^−|l|), summed over the batch.
 * logits and labels [n, 1] → scalar, in nats.
 */
export function crossEntropySum(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const softplus = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
    return tf.sum(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), softplus));
  });
}

/** The gradient of the summed cross-entropy by the logits, times `scale`: (sigmoid(l) − y) · scale. [n, 1] */
export function crossEntropyGradient(logits: tf.Tensor2D, labels: tf.Tensor2D, scale: number): tf.Tensor2D {
  return tf.tidy(() => tf.mul(tf.sub(tf.sigmoid(logits), labels), scale));
}
