// The convolutions on what Node has: portable kernels on tfjs's CPU backend, compiled ones on WASM.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { convolutionCases, nameOf, problemsOf } from './convolutionCases.ts';

describe.each([
  ['cpu', () => tf.setBackend('cpu')],
  ['wasm', startWasmKernels],
] as const)('on %s', (_, use) => {
  it.each(convolutionCases.map((shape) => [nameOf(shape), shape] as const))('%s', async (_name, shape) => {
    expect(await problemsOf(shape, use)).toEqual([]);
  });
});
