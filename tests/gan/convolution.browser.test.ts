// Our convolutions in a real browser: our shaders on WebGL.
import { describe, expect, it } from 'vitest';
import { findBackends } from '../../src/worker/backend.ts';
import { convolutionCases, nameOf, problemsOf } from './convolutionCases.ts';

const backends = await findBackends(() => {
  throw new Error('The device was lost.');
});

describe.each(['webgl'] as const)('on %s', (backend) => {
  it.each(convolutionCases.map((shape) => [nameOf(shape), shape] as const))('%s', async (_name, shape) => {
    expect(await problemsOf(shape, () => backends.start(backend))).toEqual([]);
  });
});
