// Our own kernels beside tfjs's, by name: a backend that has one registered uses it, another does with tfjs's operations.
import * as tf from '@tensorflow/tfjs';

export const kernelNames = {
  /** Inputs x, filter and, where wanted, bias or gate. */
  conv2d: 'GanvasConv2D',
  /** Inputs dy, filter and, where wanted, bias or gate. */
  conv2dInputGradient: 'GanvasConv2DInputGradient',
  /** Inputs x, dy and, to be added to in place, sum. */
  conv2dFilterGradient: 'GanvasConv2DFilterGradient',
  /** Input x [b, …, channels] → [b, channels]. */
  sumPositions: 'GanvasSumPositions',
  /** Inputs x and, where wanted, gate. */
  dropout: 'GanvasDropout',
  /** Inputs variable, gradient, first, second; changes all but the gradient in place and gives nothing. */
  adam: 'GanvasAdam',
} as const;

export interface ConvolutionAttributes {
  readonly stride: number;
  /** The slope of the activation, or of that of the gate; absent: linear. */
  readonly leakySlope?: number | undefined;
}
export interface InputGradientAttributes extends ConvolutionAttributes {
  /** [height, width] of the result. */
  readonly size: readonly [number, number];
}
export interface FilterGradientAttributes {
  readonly kernel: number;
  readonly stride: number;
}
/** The masks of one layer as a piece of a random stream; see random.ts. `threshold` 0 and `kept` 1: none. */
export interface DropoutAttributes {
  readonly low: number;
  readonly high: number;
  readonly start: number;
  readonly threshold: number;
  readonly kept: number;
  readonly leakySlope: number;
}
export interface AdamAttributes {
  readonly beta1: number;
  readonly beta2: number;
  readonly rate: number;
  readonly correction: number;
  readonly epsilon: number;
}

type Inputs = Readonly<Record<string, tf.Tensor | undefined>>;

/** Runs a kernel of ours on the current backend: its result, or null when the backend has none of that name. */
export function runOwn<T extends tf.Tensor>(name: string, inputs: Inputs, attributes: object): T | null {
  if (!tf.getKernel(name, tf.getBackend())) return null;
  const given = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor !== undefined));
  return tf.engine().runKernel(name, given as tf.NamedTensorMap, attributes as tf.NamedAttrMap) as T;
}
