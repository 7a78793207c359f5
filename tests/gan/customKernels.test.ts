// Training runs on the custom kernels of its backend: portable ones would give the same numbers, only slower.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/gan/ops/base/kernels.ts';
import { kernels } from '../../src/gan/ops/current.ts';
import { portableKernels } from '../../src/gan/ops/portable/kernels.ts';
import { wasmKernels } from '../../src/gan/ops/wasm/kernels.ts';
import { run } from '../../src/gan/ops/wasm/register.ts';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { customKernelsOfTraining, registered } from './customKernelCases.ts';

describe('custom kernels', () => {
  it('are none on the CPU', async () => {
    await startWasmKernels();
    await tf.setBackend('cpu');
    expect(kernels()).toBe(portableKernels);
    expect(await customKernelsOfTraining()).toEqual([]);
  });

  it('are all of the compiled ones on WASM', async () => {
    await startWasmKernels();
    expect(kernels()).toBe(wasmKernels);
    expect(await customKernelsOfTraining()).toEqual(
      registered([
        'adam',
        'channelMoments',
        'conv2d',
        'conv2dFilterGradient',
        'conv2dInputGradient',
        'dense',
        'denseKernelGradient',
        'dropout',
        'normalisationInputGradient',
        'normalisationSums',
        'normalise',
        'sumPositions',
      ]),
    );
  });

  it('refuse gradients of another batch than the inputs', async () => {
    await startWasmKernels();
    const [x, dy] = [tf.zeros<tf.Rank.R4>([2, 4, 4, 1]), tf.zeros<tf.Rank.R4>([3, 4, 4, 1])];
    for (const each of [portableKernels, wasmKernels]) {
      expect(() => each.conv2dFilterGradient(x, dy, 3, 1)).toThrow('2 inputs but 3 gradients.');
    }
    tf.dispose([x, dy]);
  });

  it('compile only as a whole, and run only where they are registered', () => {
    const { adam, ...incomplete } = portableKernels;
    // @ts-expect-error: adam is missing.
    const kernelsWithoutAdam: Kernels = incomplete;
    expect({ ...kernelsWithoutAdam, adam }).toEqual(portableKernels);
    const unchecked = (x: tf.Tensor2D) => [
      // @ts-expect-error: WASM has no such kernel.
      run('crossEntropy', { logits: x, labels: x }, {}),
      // @ts-expect-error: an input is missing.
      run('denseKernelGradient', { x }, {}),
      // @ts-expect-error: an attribute is missing.
      run('conv2dFilterGradient', { x: tf.reshape(x, [1, 1, 1, 1]), dy: tf.reshape(x, [1, 1, 1, 1]) }, { kernel: 3 }),
    ];
    expect(unchecked).toBeTypeOf('function');
  });
});
