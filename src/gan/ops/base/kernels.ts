// The interface between the networks and a backend: every operation that some backend computes in a special way.
import type * as tf from '@tensorflow/tfjs';
import type { Shape } from '../../../config/networks.ts';
import type { MaskWords } from '../../random/stream.ts';
import type { Size } from './geometry.ts';

/** What happens to the result of a convolution before it is stored. */
export interface Epilogue {
  /** [channels] */
  readonly bias?: tf.Tensor1D;
  /** LeakyReLU's slope for negative values; absent: linear. */
  readonly leakySlope?: number;
  /**
   * The output of a LeakyReLU with the slope `leakySlope`, in the shape of the result. The result is multiplied by that
   * activation's derivative instead of being activated: the backward pass through the layer before.
   */
  readonly gate?: tf.Tensor4D;
}

/** Of each channel, both [channels]. */
export interface Moments {
  readonly mean: tf.Tensor1D;
  /** The mean squared distance from the mean: divided by the count, not by one less. */
  readonly variance: tf.Tensor1D;
}

/** The weights of a normalisation, both [channels]. */
export interface Scaling {
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
}

export interface NormalisationGradients {
  /** By the input of the normalisation, [b, h, w, channels]. */
  readonly dx: tf.Tensor4D;
  readonly dGamma: tf.Tensor1D;
  readonly dBeta: tf.Tensor1D;
}

/** `rate` and `correction` correct the moments for their start at zero. */
export interface AdamNumbers {
  readonly beta1: number;
  readonly beta2: number;
  /** learning rate / (1 − β₁ᵗ) */
  readonly rate: number;
  /** √(1 / (1 − β₂ᵗ)) */
  readonly correction: number;
  readonly epsilon: number;
}

/**
 * Tensors are float32, images [b, h, w, channels], convolutions have 'same' padding. The caller disposes every result.
 * Every backend's results agree with tfjs's gradients within the tolerances of tests/gan.
 */
export interface Kernels {
  /** The numbers on the device, in this shape. They belong to the tensor: nobody may change them afterwards. */
  readonly upload: <T extends tf.Tensor>(values: Float32Array, shape: Shape) => T;
  readonly zeros: (shape: Shape) => tf.Tensor;
  /** Any x → [n], row-major. */
  readonly flatten: (x: tf.Tensor) => tf.Tensor1D;

  /** Convolution. x [b, h, w, in], filter [k, k, in, out] → [b, ⌈h/stride⌉, ⌈w/stride⌉, out]. */
  readonly conv2d: (x: tf.Tensor4D, filter: tf.Tensor4D, stride: number, epilogue?: Epilogue) => tf.Tensor4D;
  /**
   * The gradient of `conv2d` by its input: dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out], filter [k, k, in, out] → [b, h, w, in].
   * `size`: the result's height and width.
   */
  readonly conv2dInputGradient: (
    dy: tf.Tensor4D,
    filter: tf.Tensor4D,
    size: Size,
    stride: number,
    epilogue?: Epilogue,
  ) => tf.Tensor4D;
  /**
   * The gradient of `conv2d` by its filter: x [b, h, w, in], dy [b, ⌈h/stride⌉, ⌈w/stride⌉, out] → [k, k, in, out].
   * @throws Error where x and dy are not of one batch
   */
  readonly conv2dFilterGradient: (x: tf.Tensor4D, dy: tf.Tensor4D, kernel: number, stride: number) => tf.Tensor4D;

  /** x [b, in], kernel [in, out], bias [out] → [b, out], through LeakyReLU where a slope is given. */
  readonly dense: (x: tf.Tensor2D, kernel: tf.Tensor2D, bias?: tf.Tensor1D, leakySlope?: number) => tf.Tensor2D;
  /** The gradient of `dense` by its kernel: x [b, in], dy [b, out] → [in, out]. */
  readonly denseKernelGradient: (x: tf.Tensor2D, dy: tf.Tensor2D) => tf.Tensor2D;

  /**
   * x · masks, [b, h, w, channels]. The batch is cut into as many equal pieces as there are masks. Without masks: x
   * itself, as a new reference.
   */
  readonly dropout: (x: tf.Tensor4D, pieces?: readonly MaskWords[]) => tf.Tensor4D;
  /**
   * The gradient through dropout and the LeakyReLU before it: dy · masks · LeakyReLU′, [b, h, w, channels]. `output` is
   * that LeakyReLU's output: its sign is the input's.
   */
  readonly dropoutGradient: (
    dy: tf.Tensor4D,
    output: tf.Tensor4D,
    leakySlope: number,
    pieces?: readonly MaskWords[],
  ) => tf.Tensor4D;

  /** The sum over all axes but the last: [b, channels] or [b, h, w, channels] → [channels]. */
  readonly sumToChannels: (x: tf.Tensor2D | tf.Tensor4D) => tf.Tensor1D;
  /** firstWeight · first + secondWeight · secondᵖ, p being `power` (1 unless given), in the shape of both. */
  readonly weightedSum: (
    first: tf.Tensor,
    firstWeight: number,
    second: tf.Tensor,
    secondWeight: number,
    power?: 1 | 2,
  ) => tf.Tensor;
  /**
   * Sigmoid cross-entropy of logits, exact for every logit: max(l, 0) − l·y + log(1 + e^−|l|), summed over the batch.
   * logits and labels [n, 1] → [1], in nats.
   */
  readonly crossEntropySum: (logits: tf.Tensor2D, labels: tf.Tensor2D) => tf.Tensor1D;
  /** The gradient of that sum by the logits, times `scale`: (sigmoid(l) − y) · scale, [n, 1]. */
  readonly crossEntropyGradient: (logits: tf.Tensor2D, labels: tf.Tensor2D, scale: number) => tf.Tensor2D;
  /** The gradient through a sigmoid, given its output y: dy · y · (1 − y), in the shape of both. */
  readonly sigmoidGradient: <T extends tf.Tensor>(dy: T, y: T) => T;

  /**
   * Mean and variance of each channel of x [b, h, w, channels]. In two passes: E[x²] − E[x]² loses every digit where a
   * mean is large beside its spread.
   */
  readonly channelMoments: (x: tf.Tensor4D) => Moments;
  /**
   * Batch normalisation (Ioffe and Szegedy 2015) with the LeakyReLU after it, in the shape of x [b, h, w, channels]:
   * LeakyReLU(γ · (x − mean) / √(variance + ε) + β).
   */
  readonly normalise: (x: tf.Tensor4D, moments: Moments, scaling: Scaling, leakySlope: number) => tf.Tensor4D;
  /**
   * The gradients through a normalisation with `moments`, those of x itself. `dy` is the gradient by the input of its
   * activation. With x̂ the normalised x and n the numbers in a channel: dβ = Σ dy, dγ = Σ dy·x̂ and
   * dx = γ / √(variance + ε) · (dy − dβ/n − x̂·dγ/n).
   */
  readonly normalisationGradient: (
    x: tf.Tensor4D,
    dy: tf.Tensor4D,
    moments: Moments,
    gamma: tf.Tensor1D,
  ) => NormalisationGradients;

  /**
   * One update by Adam of one variable: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²,
   * w ← w − rate · m / (√v · correction + ε). m is `first`, v `second`; all have the variable's shape.
   */
  readonly adam: (
    variable: tf.Variable,
    gradient: tf.Tensor,
    first: tf.Variable,
    second: tf.Variable,
    numbers: AdamNumbers,
  ) => void;
}
