// Every kernel in tfjs's own operations: what computes on the CPU, on WebGPU, and where nothing else is installed.
import * as tf from '@tensorflow/tfjs';
import type { Kernels } from '../base/kernels.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolution.ts';
import {
  adam,
  crossEntropyGradient,
  crossEntropySum,
  dense,
  denseKernelGradient,
  dropout,
  dropoutGradient,
  sigmoidGradient,
  sumToChannels,
  weightedSum,
} from './elementwise.ts';
import { channelMoments, normalisationGradient, normalise } from './normalisation.ts';

export const portableKernels: Kernels = {
  upload: <T extends tf.Tensor>(values: Float32Array, shape: readonly number[]) => tf.tensor(values, [...shape]) as T,
  zeros: (shape) => tf.zeros([...shape]),
  flatten: (x) => tf.reshape(x, [-1]),
  conv2d,
  conv2dInputGradient,
  conv2dFilterGradient,
  dense,
  denseKernelGradient,
  dropout,
  dropoutGradient,
  sumToChannels,
  weightedSum,
  crossEntropySum,
  crossEntropyGradient,
  sigmoidGradient,
  channelMoments,
  normalise,
  normalisationGradient,
  adam,
};
