// Batch normalisation on what Node has: portable kernels on tfjs's CPU backend, compiled ones on WASM.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { normalisationCases, problemsOf } from './normalisationCases.ts';

describe.each([
  ['cpu', () => tf.setBackend('cpu')],
  ['wasm', startWasmKernels],
] as const)('on %s', (_, use) => {
  it.each(normalisationCases.map((shape) => [shape.join('×'), shape] as const))('%s', async (_name, shape) => {
    expect(await problemsOf(shape, use)).toEqual([]);
  });
});
