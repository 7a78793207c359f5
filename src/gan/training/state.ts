// Reads all that training depends on from the device and writes it back, so that a resumed run equals an unbroken one.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../../config/errors.ts';
import type { Shape } from '../../config/networks.ts';
import { sizeOf, type WeightArray } from '../../config/weights.ts';
import { kernels } from '../ops/current.ts';
import { readAll } from '../ops/readAll.ts';

/** Copies of the variables' values at the moment of the call. The caller owns the arrays, which share one buffer. */
export async function readVariables(
  variables: ReadonlyMap<string, tf.Variable>,
): Promise<ReadonlyMap<string, WeightArray>> {
  const shapes = new Map<string, Shape>([...variables].map(([name, { shape }]) => [name, shape]));
  const data = await readAll([...variables.values()]);
  const arrays = new Map<string, WeightArray>();
  let at = 0;
  for (const [name, shape] of shapes) {
    const end = at + sizeOf(shape);
    arrays.set(name, { shape, data: data.subarray(at, end) });
    at = end;
  }
  return arrays;
}

/**
 * Sets the variables to the values of the arrays of the same names.
 * @throws GanvasError 'weights-mismatch' where one is missing or has another shape; then no variable has changed.
 */
export function writeVariables(
  variables: ReadonlyMap<string, tf.Variable>,
  arrays: ReadonlyMap<string, WeightArray>,
): void {
  for (const [name, variable] of variables) {
    const array = arrays.get(name);
    if (!array) throw new GanvasError('saved-run-lacks', { weight: name });
    if (array.shape.join() !== variable.shape.join() || array.data.length !== variable.size) {
      const shapes = { shape: `[${array.shape}]`, wanted: `[${variable.shape}]` };
      throw new GanvasError('saved-run-shape', { weight: name, ...shapes });
    }
  }
  for (const [name, variable] of variables) {
    const { data, shape } = arrays.get(name) as WeightArray;
    // A copy: a backend may hold on to the array.
    tf.tidy(() => variable.assign(kernels().upload(data.slice(), shape)));
  }
}
