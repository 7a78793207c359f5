// Convolutions with 'same' padding and their gradients, each with what follows it in the same pass. All are exact; the
// tests hold them against tfjs's own gradients. A backend's kernels of ours compute them, or tfjs's operations do.
import type * as tf from '@tensorflow/tfjs';
import type { Epilogue } from './epilogue.ts';
import type { Size } from './geometry.ts';
import { kernelNames, runOwn } from './own.ts';
import * as portable from './portable/convolution.ts';

/**
 * Convolution. x [b, h, w, in], filter [k, k, in, out] → [b, ⌈h/stride⌉, ⌈w/stride⌉, out].
 * The caller disposes the result.
 */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, stride: number, epilogue: Epilogue = {}): tf.Tensor4D {
  const { bias, gate, leakySlope } = epilogue;
  return (
    runOwn<tf.Tensor4D>(kernelNames.conv2d, { x, filter, bias, gate }, { stride, leakySlope }) ??
    portable.conv2d(x, filter, stride, epilogue)
  );
}

/**
 * The gradient of `conv2d` by its input: dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out], filter [k, k, in, out] → [b, h, w, in].
 * The caller disposes the result.
 */
export function conv2dInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  size: Size,
  stride: number,
  epilogue: Epilogue = {},
): tf.Tensor4D {
  const { bias, gate, leakySlope } = epilogue;
  const attributes = { stride, leakySlope, size };
  return (
    runOwn<tf.Tensor4D>(kernelNames.conv2dInputGradient, { dy, filter, bias, gate }, attributes) ??
    portable.conv2dInputGradient(dy, filter, size, stride, epilogue)
  );
}

/**
 * The gradient of `conv2d` by its filter: x [b, h, w, in], dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out] → [k, k, in, out].
 * The caller disposes the result.
 */
export function conv2dFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, kernel: number, stride: number): tf.Tensor4D {
  if (x.shape[0] !== dy.shape[0]) throw new Error(`${x.shape[0]} inputs but ${dy.shape[0]} gradients.`);
  return (
    runOwn<tf.Tensor4D>(kernelNames.conv2dFilterGradient, { x, dy }, { kernel, stride }) ??
    portable.conv2dFilterGradient(x, dy, kernel, stride)
  );
}

/**
 * Transposed convolution: x [b, h, w, in], filter [k, k, out, in] → [b, h·stride, w·stride, out].
 * It is by definition the gradient of the convolution that goes the other way. The caller disposes the result.
 */
export function conv2dTranspose(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  stride: number,
  epilogue: Epilogue = {},
): tf.Tensor4D {
  const [, height, width] = x.shape;
  return conv2dInputGradient(x, filter, [height * stride, width * stride], stride, epilogue);
}
