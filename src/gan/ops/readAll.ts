// Many tensors' numbers from the device in few reads: each read waits for the device.
import * as tf from '@tensorflow/tfjs';
import { kernels } from './current.ts';

/** Numbers in one read. A GPU with the smallest textures that there are (4,096²) has room for four times as many. */
const readSize = 2 ** 22;

/**
 * All numbers of the tensors, one after the other, as they are at the moment of the call. The tensors stay on the
 * device.
 */
export async function readAll(tensors: readonly tf.Tensor[]): Promise<Float32Array<ArrayBuffer>> {
  const groups: tf.Tensor[][] = [];
  let room = 0;
  for (const tensor of tensors) {
    if (tensor.size > room || groups.length === 0) {
      groups.push([]);
      room = readSize;
    }
    groups.at(-1)?.push(tensor);
    room -= tensor.size;
  }
  const { flatten } = kernels();
  const rows = groups.map((group) => tf.tidy(() => tf.concat(group.map(flatten))));
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
