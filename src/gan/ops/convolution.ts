// The transposed convolution, which every backend computes as a gradient.
import type * as tf from '@tensorflow/tfjs';
import type { Epilogue } from './base/kernels.ts';
import { kernels } from './current.ts';

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
  return kernels().conv2dInputGradient(x, filter, [height * stride, width * stride], stride, epilogue);
}
