// Where the taps of a convolution fall: its padding, and the phases of its gradient by the input where it has a stride.
import type * as tf from '@tensorflow/tfjs';

/** Height and width. */
export type Size = readonly [number, number];

/** The padding that TensorFlow's 'same' puts before and after an axis, and the size that comes out. */
export function samePadding(
  size: number,
  kernel: number,
  stride: number,
): { before: number; after: number; out: number } {
  const out = Math.ceil(size / stride);
  const total = Math.max(0, (out - 1) * stride + kernel - size);
  const before = Math.floor(total / 2);
  return { before, after: total - before, out };
}

/** A kernel row that the input rows of a phase meet, and where its output row lies. */
export interface Tap {
  readonly kernelRow: number;
  /** The output row, counted from the input row's place in its phase. */
  readonly offset: number;
}

/**
 * For each remainder r of an input row by the stride the kernel rows that it meets in a convolution with 'same'
 * padding: input row stride·i + r meets kernel row k of output row i + offset, where stride·(i + offset) = stride·i + r
 * + before − k.
 */
export function phaseTaps(size: number, kernel: number, stride: number): readonly (readonly Tap[])[] {
  const { before } = samePadding(size, kernel, stride);
  return Array.from({ length: stride }, (_, remainder) => {
    const taps: Tap[] = [];
    for (let k = (remainder + before) % stride; k < kernel; k += stride) {
      taps.push({ kernelRow: k, offset: (remainder + before - k) / stride });
    }
    return taps;
  });
}

/**
 * @throws Error where inputs and gradients are not of one batch; kernels that read memory would read beyond its end.
 */
export function sameBatch(x: tf.Tensor4D, dy: tf.Tensor4D): void {
  if (x.shape[0] !== dy.shape[0]) throw new Error(`${x.shape[0]} inputs but ${dy.shape[0]} gradients.`);
}
