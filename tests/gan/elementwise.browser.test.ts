// Our elementwise operations and sums in a real browser: our shaders on WebGL.
import * as tf from '@tensorflow/tfjs';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { describe, expect, it } from 'vitest';
import { crossEntropyGradient, sumMatrices, sumToChannels, weightedSum } from '../../src/gan/ops/elementwise.ts';
import { normalisationGradient, normalise } from '../../src/gan/ops/normalisation.ts';
import { upload } from '../../src/gan/ops/transfer.ts';
import { findBackends } from '../../src/worker/device/backend.ts';
import { startUnchecked } from '../support/startUnchecked.ts';
import { comeBack, elementwiseShapes, problemsOf } from './elementwiseCases.ts';

const backends = await findBackends(() => {
  throw new Error('The device was lost.');
});

/** With something beyond the edge. */
const odd = [[1], [5], [1, 1], [3, 4], [4, 3], [5, 5, 3, 1], [3, 7, 7, 5]];

describe('on webgl', () => {
  it.each(elementwiseShapes.map((shape) => [shape.join('×'), shape] as const))('%s', async (_name, shape) => {
    expect(await problemsOf(shape, () => startUnchecked(backends, 'webgl'))).toEqual([]);
  });

  it('gives all numbers back as they were', async () => {
    expect(await comeBack(elementwiseShapes, () => startUnchecked(backends, 'webgl'))).toBe(true);
  });

  // A shader that serves several shapes must not take one for the other, whichever came first.
  it('in the other order', async () => {
    for (const shape of elementwiseShapes.toReversed())
      expect(await problemsOf(shape, () => startUnchecked(backends, 'webgl'))).toEqual([]);
  });

  it.each(
    odd.map((shape) => [shape.join('×'), shape] as const),
  )('leaves zero beyond the edge of %s', async (_name, shape) => {
    await startUnchecked(backends, 'webgl');
    const values = new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(1);
    const left = tf.tidy(() => {
      const x = upload(values, shape);
      const made = [x, weightedSum(x, 1, x, 1)];
      // What is not zero for zeros, or for zeros in one direction.
      if (shape.length === 2) made.push(crossEntropyGradient(x as tf.Tensor2D, x as tf.Tensor2D, 1));
      if (shape.length % 2 === 0) made.push(sumToChannels(x as tf.Tensor4D));
      if (shape.length === 4) {
        const each = upload<tf.Tensor1D>(new Float32Array(shape[3] ?? 0).fill(2), [shape[3] ?? 0]);
        const moments = { mean: each, variance: each };
        made.push(normalise(x as tf.Tensor4D, moments, { gamma: each, beta: each }, 0.2));
        made.push(normalisationGradient(x as tf.Tensor4D, x as tf.Tensor4D, moments, each).dx);
        made.push(sumMatrices(tf.reshape(x, [-1, shape[2] ?? 0, shape[3] ?? 0])));
      }
      return made.map((each) => ({ size: each.size, texels: texelsOf(each).filter((value) => value !== 0).length }));
    });
    expect(left).toEqual(left.map(({ size }) => ({ size, texels: size })));
  });
});

/** All numbers of a tensor's texture, those beyond its edge included. */
function texelsOf(tensor: tf.Tensor): Float32Array {
  const webgl = tf.backend() as unknown as MathBackendWebGL;
  const { gl } = webgl.gpgpu;
  const [rows = 0, columns = 0] = webgl.texData.get(tensor.dataId).texShape ?? [];
  const [height, width] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const texels = new Float32Array(4 * height * width);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, webgl.getTexture(tensor.dataId), 0);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, texels);
  return texels;
}
