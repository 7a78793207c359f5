// The self-test lets right backends pass and refuses wrong ones; what it compares with is what stock tfjs computes.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { selfTest } from '../../src/worker/device/selfTest.ts';
import { references } from '../../src/worker/device/selfTestReference.ts';
import { selfTestSteps } from '../../src/worker/device/selfTestSteps.ts';
import { computeReferences } from '../support/selfTestReference.ts';
import { refused } from '../support/sentence.ts';
import { type Spoil, spoilKernel } from '../support/spoilKernel.ts';

vi.mock('../../src/worker/shared/yieldToMessages.ts', () => ({
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
}));

it('compares with what stock tfjs gives, which no code of ours has touched', async () => {
  expect(await computeReferences()).toEqual(references);
});

/** All that a backend must pass before it is used for any networks. */
const testAll = async (backend: 'cpu' | 'wasm'): Promise<void> => {
  for (const step of selfTestSteps) await selfTest(backend, step);
};

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  let mend = () => {};
  beforeEach(async () => {
    await tf.setBackend(backend);
  });
  afterEach(() => mend());

  it('passes, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    await testAll(backend);
    expect(tf.memory().numTensors).toBe(before);
  });

  const every = /(?:)/;
  const products = /conv|matmul/i;
  const spoils: Readonly<Record<string, [RegExp, Spoil]>> = {
    zeros: [every, (values) => values.fill(0)],
    'something that is not a number': [every, (values) => values.fill(Number.NaN, 0, 1)],
    // What half precision does is worse.
    'products off by two thousandths': [
      products,
      (values) => {
        for (const [i, value] of values.entries()) values[i] = value * 1.002;
      },
    ],
  };

  it.each(Object.entries(spoils))('refuses %s from any kernel, and says what was off', async (_, [which, spoil]) => {
    const { kernelNames } = await tf.profile(() => testAll(backend));
    const spoiltKernels: string[] = [];
    for (const kernel of kernelNames) {
      // tfjs names some operations among the kernels.
      if (!which.test(kernel) || !tf.getKernel(kernel, backend)) continue;
      const spoilt = spoilKernel(kernel, backend, spoil);
      mend = spoilt.mend;
      const before = tf.memory().numTensors;
      const outcome = await testAll(backend).catch((error: unknown) => error);
      mend();
      if (!spoilt.changed()) continue;
      const sentence = expect.stringMatching(
        /^(JavaScript|WASM) computes wrongly on this device: in the self-test (the \w+’s loss|the gradient of [\w/]+|the next [\w/]+|what the generator draws) is /,
      );
      const refusal = refused(() => {
        throw outcome;
      });
      expect([kernel, refusal]).toMatchObject([kernel, { kind: 'wrong-accelerator', sentence }]);
      expect(tf.memory().numTensors).toBe(before);
      spoiltKernels.push(kernel);
    }
    expect(spoiltKernels.length).toBeGreaterThan(which === every ? 15 : 1);
  });
});
