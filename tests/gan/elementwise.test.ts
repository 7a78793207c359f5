// Our elementwise operations and sums on what Node has: tfjs's operations on its CPU backend, and our kernels for WASM.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { elementwiseShapes, problemsOf } from './elementwiseCases.ts';

describe.each([
  ['cpu', () => tf.setBackend('cpu')],
  ['wasm', startWasmKernels],
] as const)('on %s', (_, use) => {
  it.each(elementwiseShapes.map((shape) => [shape.join('×'), shape] as const))('%s', async (_name, shape) => {
    expect(await problemsOf(shape, use)).toEqual([]);
  });
});
