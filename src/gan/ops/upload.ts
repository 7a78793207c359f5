// Numbers for the device: weights, latents, images, labels.
import * as tf from '@tensorflow/tfjs';
import type { Shape } from '../../config/networks.ts';
import { kernelNames, runOwn } from './own.ts';

/** A tensor of float32 numbers, which are its own from then on: nobody may change them. The caller disposes it. */
export function upload<T extends tf.Tensor>(values: Float32Array, shape: Shape): T {
  return runOwn<T>(kernelNames.upload, {}, { values, shape }) ?? (tf.tensor(values, [...shape]) as T);
}
