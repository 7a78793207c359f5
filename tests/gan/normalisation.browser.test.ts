// Batch normalisation in a real browser: shaders on WebGL, compiled kernels on all WASM threads, portable ones on
// WebGPU.
import { describe, expect, it } from 'vitest';
import { findBackends } from '../../src/worker/device/backend.ts';
import { startUnchecked } from '../support/startUnchecked.ts';
import { normalisationCases, problemsOf } from './normalisationCases.ts';

const backends = await findBackends(() => {
  throw new Error('The device was lost.');
});

const offered = (name: string) => backends.offers.some((offer) => offer.name === name && offer.available);

// Skipped where the browser lacks the backend: the test's name says which.
for (const backend of ['webgl', 'wasm', 'webgpu'] as const) {
  describe.skipIf(!offered(backend))(`on ${backend}`, () => {
    it.each(normalisationCases.map((shape) => [shape.join('×'), shape] as const))('%s', async (_name, shape) => {
      expect(await problemsOf(shape, () => startUnchecked(backends, backend))).toEqual([]);
    });
  });
}
