// Dense layers and their gradients.
import * as tf from '@tensorflow/tfjs';
import { kernelNames, runOwn } from './own.ts';

/** x [b, in], kernel [in, out], bias [out] → [b, out], through LeakyReLU where a slope is given. The caller disposes it. */
export function dense(x: tf.Tensor2D, kernel: tf.Tensor2D, bias?: tf.Tensor1D, leakySlope?: number): tf.Tensor2D {
  return (
    runOwn<tf.Tensor2D>(kernelNames.dense, { x, kernel, bias }, { leakySlope }) ??
    (tf.fused.matMul({
      a: x,
      b: kernel,
      ...(bias ? { bias } : {}),
      ...(leakySlope === undefined ? {} : { activation: 'leakyrelu', leakyreluAlpha: leakySlope }),
    }) as tf.Tensor2D)
  );
}

/** The gradient of `dense` by its kernel: x [b, in], dy [b, out] → [in, out]. The caller disposes it. */
export function denseKernelGradient(x: tf.Tensor2D, dy: tf.Tensor2D): tf.Tensor2D {
  return runOwn<tf.Tensor2D>(kernelNames.denseKernelGradient, { x, dy }, {}) ?? (tf.matMul(x, dy, true) as tf.Tensor2D);
}
