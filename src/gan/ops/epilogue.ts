// What follows a convolution in the same pass.
import type * as tf from '@tensorflow/tfjs';

/** What happens to a result before it is stored. */
export interface Epilogue {
  /** [channels] */
  readonly bias?: tf.Tensor1D;
  /** LeakyReLU's slope for negative values; absent: linear. */
  readonly leakySlope?: number;
  /**
   * The output of a LeakyReLU with the slope `leakySlope`, in the shape of the result, which is multiplied by that
   * activation's derivative (instead of being activated itself): the way back through the layer before.
   */
  readonly gate?: tf.Tensor4D;
}
