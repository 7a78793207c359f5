// Numbers to the device and back: weights, latents, images, labels.
import * as tf from '@tensorflow/tfjs';
import type { Shape } from '../../config/networks.ts';
import { kernelNames, runOwn } from './own.ts';

/** A tensor of float32 numbers, which are its own from then on: nobody may change them. The caller disposes it. */
export function upload<T extends tf.Tensor>(values: Float32Array, shape: Shape): T {
  return runOwn<T>(kernelNames.upload, {}, { values, shape }) ?? (tf.tensor(values, [...shape]) as T);
}

/** A tensor of zeros. The caller disposes it. */
export function zeros(shape: Shape): tf.Tensor {
  return runOwn(kernelNames.zeros, {}, { shape }) ?? tf.zeros([...shape]);
}

/** As many numbers are read together: a GPU whose textures are the smallest that there are (4,096²) has room for four times as many. */
const together = 2 ** 22;

/**
 * All numbers of the tensors, one after the other, as they are at the moment of the call; the tensors stay on the device. Few reads: each
 * waits for it.
 */
export async function readAll(tensors: readonly tf.Tensor[]): Promise<Float32Array<ArrayBuffer>> {
  const groups: tf.Tensor[][] = [];
  let room = 0;
  for (const tensor of tensors) {
    if (tensor.size > room || groups.length === 0) {
      groups.push([]);
      room = together;
    }
    groups.at(-1)?.push(tensor);
    room -= tensor.size;
  }
  const rows = groups.map((group) => tf.tidy(() => tf.concat(group.map(inARow))));
  try {
    const read = await Promise.all(rows.map((row) => row.data() as Promise<Float32Array<ArrayBuffer>>));
    if (read.length === 1 && read[0]) return read[0];
    const all = new Float32Array(rows.reduce((sum, { size }) => sum + size, 0));
    let at = 0;
    for (const numbers of read) {
      all.set(numbers, at);
      at += numbers.length;
    }
    return all;
  } finally {
    tf.dispose(rows);
  }
}

const inARow = (x: tf.Tensor): tf.Tensor1D => runOwn<tf.Tensor1D>(kernelNames.inARow, { x }, {}) ?? tf.reshape(x, [-1]);
