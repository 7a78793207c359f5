// Elementwise operations and sums on what Node has: portable kernels on tfjs's CPU backend, compiled ones on WASM.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { elementwiseShapes, problemsOf, readsBack } from './elementwiseCases.ts';

describe.each([
  ['cpu', () => tf.setBackend('cpu')],
  ['wasm', startWasmKernels],
] as const)('on %s', (_, use) => {
  it.each(elementwiseShapes.map((shape) => [shape.join('×'), shape] as const))('%s', async (_name, shape) => {
    expect(await problemsOf(shape, use)).toEqual([]);
  });

  it('reads all numbers back unchanged, also more than fit in one read', async () => {
    expect(await readsBack([...elementwiseShapes, [2, 1_500_000], [3_000_000], [2]], use)).toBe(true);
  });
});
