// How tests compare tensors: an error that says where and how much.
import type { Tensor } from '@tensorflow/tfjs';

type Numbers = Tensor | Float32Array;

const valuesOf = (numbers: Numbers): Float32Array =>
  numbers instanceof Float32Array ? numbers : (numbers.dataSync() as Float32Array);

/** The largest absolute difference over the largest absolute value expected (0 where both are all zero). */
export function relativeError(actual: Numbers, expected: Numbers): number {
  const a = valuesOf(actual);
  const e = valuesOf(expected);
  if (a.length !== e.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < e.length; i++) {
    const d = Math.abs((a[i] ?? Number.NaN) - (e[i] ?? Number.NaN));
    if (Number.isNaN(d)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, d);
    largest = Math.max(largest, Math.abs(e[i] ?? 0));
  }
  return difference === 0 ? 0 : difference / largest;
}

/**
 * null when `actual` has the shape of `expected` and its values to within `tolerance` of the largest; else what
 * differs.
 */
export function describeError(actual: Tensor, expected: Tensor | undefined, tolerance: number): string | null {
  if (!expected) return 'nothing to compare with';
  if (actual.shape.join() !== expected.shape.join()) return `shape [${actual.shape}], expected [${expected.shape}]`;
  const error = relativeError(actual, expected);
  return error <= tolerance ? null : `relative error ${error.toExponential(2)}, allowed ${tolerance}`;
}
