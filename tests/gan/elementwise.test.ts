// Our elementwise operations and sums on what Node has: tfjs's operations on its CPU backend, and our kernels for WASM.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { comeBack, elementwiseShapes, problemsOf } from './elementwiseCases.ts';

describe.each([
  ['cpu', () => tf.setBackend('cpu')],
  ['wasm', startWasmKernels],
] as const)('on %s', (_, use) => {
  it.each(elementwiseShapes.map((shape) => [shape.join('×'), shape] as const))('%s', async (_name, shape) => {
    expect(await problemsOf(shape, use)).toEqual([]);
  });

  it('gives all numbers back as they were, also more than are read together', async () => {
    expect(await comeBack([...elementwiseShapes, [2, 1_500_000], [3_000_000], [2]], use)).toBe(true);
  });
});
