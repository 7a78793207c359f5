// The kernels of the WebGL backend: shaders where they are faster than tfjs's operations, portable ones elsewhere.
import * as tf from '@tensorflow/tfjs';
import { fixed } from '../../../config/run.ts';
import { noMasks } from '../../random/stream.ts';
import { sameBatch } from '../base/geometry.ts';
import type { Kernels } from '../base/kernels.ts';
import { portableKernels } from '../portable/kernels.ts';
import { run } from './register.ts';

const epsilon = fixed.normalisationEpsilon;

export const webglKernels: Kernels = {
  upload: <T extends tf.Tensor>(values: Float32Array, shape: readonly number[]) =>
    run('upload', {}, { values, shape }) as T,
  zeros: (shape) => run('zeros', {}, { shape }),
  flatten: (x) => run('flatten', { x }, {}),
  conv2d: (x, filter, stride, { bias, gate, leakySlope } = {}) =>
    run('conv2d', { x, filter, bias, gate }, { stride, leakySlope }),
  conv2dInputGradient: (dy, filter, size, stride, { bias, gate, leakySlope } = {}) =>
    run('conv2dInputGradient', { dy, filter, bias, gate }, { stride, leakySlope, size }),
  conv2dFilterGradient,
  dense: portableKernels.dense,
  denseKernelGradient: portableKernels.denseKernelGradient,
  dropout: (x, pieces) => (pieces ? run('dropout', { x }, { pieces, leakySlope: 1 }) : tf.clone(x)),
  dropoutGradient: (dy, output, leakySlope, pieces = [noMasks]) =>
    run('dropout', { x: dy, gate: output }, { pieces, leakySlope }),
  sumToChannels,
  weightedSum,
  crossEntropySum: (logits, labels) => tf.tidy(() => sumToChannels(run('crossEntropy', { logits, labels }, {}))),
  crossEntropyGradient: (logits, labels, scale) => run('crossEntropyGradient', { logits, labels }, { scale }),
  sigmoidGradient: <T extends tf.Tensor>(dy: T, y: T) => run('sigmoidGradient', { dy, y }, {}) as T,
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
  adam: (variable, gradient, first, second, { beta1, beta2, rate, correction, epsilon }) => {
    tf.tidy(() => {
      first.assign(weightedSum(first, beta1, gradient, 1 - beta1));
      second.assign(weightedSum(second, beta2, gradient, 1 - beta2, 2));
      variable.assign(run('adamStep', { variable, first, second }, { rate, correction, epsilon }));
    });
  },
};

/** A product of matrices: what the taps read of x, times dy. */
function conv2dFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, kernel: number, stride: number): tf.Tensor4D {
  sameBatch(x, dy);
  const [batch, height, width, inChannels] = x.shape;
  const outChannels = dy.shape[3];
  return tf.tidy(() => {
    if (outChannels === 1 && stride === 1) {
      // A product for each image, added up: many short sums keep a GPU busier than a few long ones.
      const patches = run('patches', { dy }, { kernel });
      const products = tf.matMul(patches, tf.reshape(x, [batch, height * width, inChannels]));
      return tf.reshape(sumMatrices(products as tf.Tensor3D), [kernel, kernel, inChannels, 1]) as tf.Tensor4D;
    }
    const product = tf.matMul(run('tapInputs', { x }, { kernel, stride }), tf.reshape(dy, [-1, outChannels]));
    return tf.reshape(product, [kernel, kernel, inChannels, outChannels]) as tf.Tensor4D;
  });
}

function sumToChannels(x: tf.Tensor2D | tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    const perImage = x.rank === 2 ? (x as tf.Tensor2D) : run('sumPositions', { x: x as tf.Tensor4D }, {});
    return run('sumBatch', { x: perImage }, { scale: 1 });
  });
}

/** The sum of matrices: [b, rows, columns] → [rows, columns]. The caller disposes it. */
export function sumMatrices(x: tf.Tensor3D): tf.Tensor2D {
  const [batch, rows, columns] = x.shape;
  return tf.tidy(() => run('sumMatrices', { x: tf.reshape(x, [batch, 1, rows, columns]) as tf.Tensor4D }, {}));
}

function weightedSum(
  first: tf.Tensor,
  firstWeight: number,
  second: tf.Tensor,
  secondWeight: number,
  power: 1 | 2 = 1,
): tf.Tensor {
  return run('weightedSum', { first, second }, { firstWeight, secondWeight, power });
}
