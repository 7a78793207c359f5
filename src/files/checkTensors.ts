// Whether the tensors of a file are those that its settings ask for, with numbers that networks can have.
import { type FileName, GanvasError } from '../config/errors.ts';
import type { Shape } from '../config/networks.ts';
import type { WeightArray } from '../config/weights.ts';
import { dimensions, quote } from './phrases.ts';

/**
 * Exactly the tensors of the settings, in their shapes, every number finite and no variance or second moment below
 * zero.
 * @param file how errors name the file
 * @throws GanvasError 'weights-mismatch' or 'non-finite-weights'
 */
export function checkTensors(
  tensors: ReadonlyMap<string, WeightArray>,
  shapes: ReadonlyMap<string, Shape>,
  file: FileName,
): void {
  for (const [name, shape] of shapes) {
    const array = tensors.get(name);
    if (!array) throw new GanvasError('tensor-missing', { file, tensor: quote(name) });
    if (!sameShape(array.shape, shape)) {
      const shapes = { shape: dimensions(array.shape), wanted: dimensions(shape) };
      throw new GanvasError('tensor-shape', { file, tensor: quote(name), ...shapes });
    }
    const bad = array.data.findIndex((number) => !Number.isFinite(number));
    if (bad >= 0) {
      const found = { value: array.data[bad] ?? Number.NaN, at: bad + 1, of: array.data.length };
      throw new GanvasError('tensor-not-finite', { file, tensor: quote(name), ...found });
    }
  }
  for (const [name, { data }] of tensors) {
    const squares = name.endsWith('/moving_variance') || name.startsWith('second_moment/');
    const negative = squares ? data.find((square) => square < 0) : undefined;
    if (negative !== undefined) {
      throw new GanvasError('tensor-negative', { file, tensor: quote(name), value: negative });
    }
  }
  for (const name of tensors.keys()) {
    if (!shapes.has(name)) throw new GanvasError('tensor-unknown', { file, tensor: quote(name) });
  }
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, i) => length === b[i]);
