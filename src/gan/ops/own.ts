// Our own kernels beside tfjs's, by name: a backend that has one registered uses it, another does with tfjs's operations.
import * as tf from '@tensorflow/tfjs';
import type { MaskWords } from '../random.ts';

export const kernelNames = {
  /** No inputs: numbers and a shape → a tensor. */
  upload: 'GanvasUpload',
  /** No inputs: a shape → a tensor. */
  zeros: 'GanvasZeros',
  /** Input x → its numbers, [n]. */
  inARow: 'GanvasInARow',
  /** Inputs x, filter and, where wanted, bias or gate. */
  conv2d: 'GanvasConv2D',
  /** Inputs dy, filter and, where wanted, bias or gate. */
  conv2dInputGradient: 'GanvasConv2DInputGradient',
  /** Inputs x, dy. */
  conv2dFilterGradient: 'GanvasConv2DFilterGradient',
  /** Inputs x, kernel, bias. */
  dense: 'GanvasDense',
  /** Inputs x, dy. */
  denseKernelGradient: 'GanvasDenseKernelGradient',
  /** Input x [b, …, channels] → [b, channels], or [b, 1, 1, channels]. */
  sumPositions: 'GanvasSumPositions',
  /** Input x [b, channels] or [b, 1, 1, channels] → [channels]. */
  sumBatch: 'GanvasSumBatch',
  /** Inputs x and, where wanted, gate. */
  dropout: 'GanvasDropout',
  /**
   * Inputs variable, gradient, first, second; changes all but the gradient in place and gives nothing. A backend that has
   * it must have all the kernels above: tfjs's own may keep packed copies of the weights that they were given first.
   */
  adam: 'GanvasAdam',
  /** Input x [b, 1, rows, columns] → [rows, columns]. */
  sumMatrices: 'GanvasSumMatrices',
  /** Inputs first, second of one shape. */
  weightedSum: 'GanvasWeightedSum',
  /** Inputs variable, first, second → the variable after. */
  adamStep: 'GanvasAdamStep',
  /** Inputs logits, labels of one shape → the loss of each. */
  crossEntropy: 'GanvasCrossEntropy',
  /** Inputs logits, labels of one shape. */
  crossEntropyGradient: 'GanvasCrossEntropyGradient',
  /** Inputs dy, y of one shape. */
  sigmoidGradient: 'GanvasSigmoidGradient',
  /** Input x [b, h, w, in] → what each tap of a kernel sees of it at each place of the convolution's output, [k²·in, b·places]. */
  seenByTaps: 'GanvasSeenByTaps',
  /** Input dy [b, h, w, 1] → what each tap of a kernel sees of it, [b, k², h·w]. */
  patches: 'GanvasPatches',
  /** Input x [b, h, w, channels] → its mean and its variance, [channels] each. */
  channelMoments: 'GanvasChannelMoments',
  /** Inputs x, mean, variance, gamma, beta. */
  normalise: 'GanvasNormalise',
  /** Inputs x, dy, mean, variance → the gradients by gamma and by beta, [channels] each. */
  normalisationSums: 'GanvasNormalisationSums',
  /** Inputs x, dy, mean, variance, gamma, dGamma, dBeta. */
  normalisationInputGradient: 'GanvasNormalisationInputGradient',
} as const;

export interface UploadAttributes {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}
export interface ZerosAttributes {
  readonly shape: readonly number[];
}
export interface ConvolutionAttributes {
  readonly stride: number;
  /** The slope of the activation, or of that of the gate; absent: linear. */
  readonly leakySlope?: number | undefined;
}
export interface InputGradientAttributes extends ConvolutionAttributes {
  /** [height, width] of the result. */
  readonly size: readonly [number, number];
}
export interface DenseAttributes {
  readonly leakySlope?: number | undefined;
}
export interface FilterGradientAttributes {
  readonly kernel: number;
  readonly stride: number;
}
export interface DropoutAttributes {
  /** The masks of equal pieces of the input, one after the other. */
  readonly pieces: readonly MaskWords[];
  readonly leakySlope: number;
}
export interface NormaliseAttributes {
  readonly epsilon: number;
  readonly leakySlope: number;
}
export interface NormalisationGradientAttributes {
  readonly epsilon: number;
}
export interface WeightedSumAttributes {
  /** The two weights. */
  readonly ofFirst: number;
  readonly ofSecond: number;
  /** Of the second. */
  readonly power: 1 | 2;
}
export interface SumBatchAttributes {
  readonly scale: number;
}
export interface CrossEntropyGradientAttributes {
  readonly scale: number;
}
export interface AdamStepAttributes {
  readonly rate: number;
  readonly correction: number;
  readonly epsilon: number;
}
export interface AdamAttributes extends AdamStepAttributes {
  readonly beta1: number;
  readonly beta2: number;
}

type Inputs = Readonly<Record<string, tf.Tensor | undefined>>;

/** Runs a kernel of ours on the current backend: its result, or null when the backend has none of that name. */
export function runOwn<T extends tf.Tensor | tf.Tensor[]>(name: string, inputs: Inputs, attributes: object): T | null {
  if (!tf.getKernel(name, tf.getBackend())) return null;
  const given = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor !== undefined));
  return tf.engine().runKernel(name, given as tf.NamedTensorMap, attributes as tf.NamedAttrMap) as T;
}
