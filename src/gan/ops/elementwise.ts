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
 * every backend does in one pass; a sum over the leading axes would transpose all of it. The caller disposes it.
 */
export function sumToChannels(x: tf.Tensor2D | tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    if (x.rank === 2) return sumBatch(x, 1);
    const [batch, height = 1, width = 1, channels = 1] = x.shape;
    const sums = runOwn<tf.Tensor>(kernelNames.sumPositions, { x }, {});
    if (sums) return sumBatch(sums, 1);
    const means = tf.reshape(tf.avgPool(x as tf.Tensor4D, [height, width], 1, 'valid'), [batch, channels]);
    return sumBatch(means, height * width);
  });
}

/** The sum over a batch, times `scale`: [b, channels] or [b, 1, 1, channels] → [channels]. The caller disposes it. */
function sumBatch(x: tf.Tensor, scale: number): tf.Tensor1D {
  return (
    runOwn<tf.Tensor1D>(kernelNames.sumBatch, { x }, { scale }) ??
    tf.tidy(() => {
      const [batch = 0] = x.shape;
      return tf.reshape(tf.matMul(tf.fill([1, batch], scale), tf.reshape(x, [batch, -1])), [-1]) as tf.Tensor1D;
    })
  );
}

/** The sum of matrices: [b, rows, columns] → [rows, columns]. The caller disposes it. */
export function sumMatrices(x: tf.Tensor3D): tf.Tensor2D {
  const [batch, rows, columns] = x.shape;
  return tf.tidy(
    () =>
      runOwn<tf.Tensor2D>(kernelNames.sumMatrices, { x: tf.reshape(x, [batch, 1, rows, columns]) }, {}) ?? tf.sum(x, 0),
  );
}

/** ofFirst · first + ofSecond · secondᵖ, p being `power`, in the shape of both. The caller disposes it. */
export function weightedSum(
  first: tf.Tensor,
  ofFirst: number,
  second: tf.Tensor,
  ofSecond: number,
  power: 1 | 2 = 1,
): tf.Tensor {
  return (
    runOwn(kernelNames.weightedSum, { first, second }, { ofFirst, ofSecond, power }) ??
    tf.tidy(() => tf.add(tf.mul(first, ofFirst), tf.mul(power === 1 ? second : tf.square(second), ofSecond)))
  );
}

/**
 * Sigmoid cross-entropy of logits, exact for every logit: max(l, 0) − l·y + log(1 + e^−|l|), summed over the batch.
 * logits and labels [n, 1] → [1], in nats. The caller disposes it.
 */
export function crossEntropySum(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const own = runOwn<tf.Tensor2D>(kernelNames.crossEntropy, { logits, labels }, {});
    if (own) return sumToChannels(own);
    const softplus = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
    return tf.reshape(tf.sum(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), softplus)), [1]);
  });
}

/** The gradient of the summed cross-entropy by the logits, times `scale`: (sigmoid(l) − y) · scale. [n, 1]; the caller disposes it. */
export function crossEntropyGradient(logits: tf.Tensor2D, labels: tf.Tensor2D, scale: number): tf.Tensor2D {
  return (
    runOwn<tf.Tensor2D>(kernelNames.crossEntropyGradient, { logits, labels }, { scale }) ??
    tf.tidy(() => tf.mul(tf.sub(tf.sigmoid(logits), labels), scale))
  );
}

/** The way back through a sigmoid, given its output y: dy · y · (1 − y). Same shape as both; the caller disposes it. */
export function sigmoidGradient<T extends tf.Tensor>(dy: T, y: T): T {
  return (
    runOwn<T>(kernelNames.sigmoidGradient, { dy, y }, {}) ?? tf.tidy(() => tf.mul(dy, tf.mul(y, tf.sub(1, y))) as T)
  );
}
