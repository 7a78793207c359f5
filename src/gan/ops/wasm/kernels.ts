// The kernels of the WASM backend: compiled ones where they are faster than tfjs's operations, portable ones elsewhere.
import * as tf from '@tensorflow/tfjs';
import { fixed } from '../../../config/run.ts';
import { noMasks } from '../../random/stream.ts';
import { sameBatch } from '../base/geometry.ts';
import type { Kernels } from '../base/kernels.ts';
import { portableKernels } from '../portable/kernels.ts';
import { run } from './register.ts';

const epsilon = fixed.normalisationEpsilon;

/**
 * `adam` changes weights in place. tfjs's convolutions and matrix products cache a packed copy of each filter and would
 * go on with the old weights: on WASM, no operation that reads a filter or a kernel may be portable.
 */
const readsOrChangesWeights = {
  conv2d: (x, filter, stride, { bias, gate, leakySlope } = {}) =>
    run('conv2d', { x, filter, bias, gate }, { stride, leakySlope }),
  conv2dInputGradient: (dy, filter, size, stride, { bias, gate, leakySlope } = {}) =>
    run('conv2dInputGradient', { dy, filter, bias, gate }, { stride, leakySlope, size }),
  dense: (x, kernel, bias, leakySlope) => run('dense', { x, kernel, bias }, { leakySlope }),
  adam: (variable, gradient, first, second, numbers) => {
    run('adam', { variable, gradient, first, second }, numbers);
  },
} satisfies Partial<Kernels>;

export const wasmKernels: Kernels = {
  ...readsOrChangesWeights,
  upload: portableKernels.upload,
  zeros: portableKernels.zeros,
  flatten: portableKernels.flatten,
  conv2dFilterGradient: (x, dy, kernel, stride) => {
    sameBatch(x, dy);
    return run('conv2dFilterGradient', { x, dy }, { kernel, stride });
  },
  denseKernelGradient: (x, dy) => run('denseKernelGradient', { x, dy }, {}),
  dropout: (x, pieces) => (pieces ? run('dropout', { x }, { pieces, leakySlope: 1 }) : tf.clone(x)),
  dropoutGradient: (dy, output, leakySlope, pieces = [noMasks]) =>
    run('dropout', { x: dy, gate: output }, { pieces, leakySlope }),
  sumToChannels: (x) =>
    x.rank === 2
      ? portableKernels.sumToChannels(x)
      : tf.tidy(() => portableKernels.sumToChannels(run('sumPositions', { x: x as tf.Tensor4D }, {}))),
  weightedSum: portableKernels.weightedSum,
  crossEntropySum: portableKernels.crossEntropySum,
  crossEntropyGradient: portableKernels.crossEntropyGradient,
  sigmoidGradient: portableKernels.sigmoidGradient,
  channelMoments: (x) => {
    const [mean, variance] = run('channelMoments', { x }, {});
    return { mean, variance };
  },
  normalise: (x, moments, scaling, leakySlope) =>
    run('normalise', { x, ...moments, ...scaling }, { epsilon, leakySlope }),
  normalisationGradient: (x, dy, moments, gamma) => {
    const [dGamma, dBeta] = run('normalisationSums', { x, dy, ...moments }, { epsilon });
    const dx = run('normalisationInputGradient', { x, dy, ...moments, gamma, dGamma, dBeta }, { epsilon });
    return { dx, dGamma, dBeta };
  },
};
