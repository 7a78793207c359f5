// Whether the tensors of a file are those that its settings ask for, with numbers that networks can have.
import { GanvasError } from '../config/errors.ts';
import type { Shape } from '../config/networks.ts';
import type { WeightArray } from '../config/weights.ts';
import { dimensions, quote } from './phrases.ts';

/**
 * Exactly the tensors of the settings, in their shapes, every number finite and no variance or second moment below zero.
 * @param where how the sentences name the file
 * @throws GanvasError 'weights-mismatch' or 'non-finite-weights'
 */
export function checkTensors(
  tensors: ReadonlyMap<string, WeightArray>,
  shapes: ReadonlyMap<string, Shape>,
  where: string,
): void {
  for (const [name, shape] of shapes) {
    const array = tensors.get(name);
    if (!array) throw new GanvasError('weights-mismatch', `${where} has no tensor ${quote(name)}.`);
    if (!sameShape(array.shape, shape)) {
      throw new GanvasError(
        'weights-mismatch',
        `Tensor ${quote(name)} of ${where} has the shape ${dimensions(array.shape)}, and the settings want ${dimensions(shape)}.`,
      );
    }
    const bad = array.data.findIndex((number) => !Number.isFinite(number));
    if (bad >= 0) {
      throw new GanvasError(
        'non-finite-weights',
        `Tensor ${quote(name)} of ${where} holds ${array.data[bad]} as number ${bad + 1} of ${array.data.length}.`,
      );
    }
  }
  for (const [name, { data }] of tensors) {
    const squares = name.endsWith('/moving_variance') || name.startsWith('second_moment/');
    const negative = squares ? data.find((square) => square < 0) : undefined;
    if (negative !== undefined) {
      const what = `holds ${negative}, and such a mean of squares cannot be below zero`;
      throw new GanvasError('weights-mismatch', `Tensor ${quote(name)} of ${where} ${what}.`);
    }
  }
  for (const name of tensors.keys()) {
    if (!shapes.has(name)) {
      throw new GanvasError('weights-mismatch', `${where} has a tensor ${quote(name)} that the networks do not.`);
    }
  }
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, i) => length === b[i]);
