// Elementwise operations and sums in a real browser: shaders on WebGL.
import * as tf from '@tensorflow/tfjs';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { describe, expect, it } from 'vitest';
import { kernels } from '../../src/gan/ops/current.ts';
import { sumMatrices } from '../../src/gan/ops/webgl/kernels.ts';
import { findBackends } from '../../src/worker/device/backend.ts';
import { startUnchecked } from '../support/startUnchecked.ts';
import { relativeError } from '../support/tensors.ts';
import { elementwiseShapes, normal, problemsOf, readsBack, sums, tolerance } from './elementwiseCases.ts';

const backends = await findBackends(() => {
  throw new Error('The device was lost.');
});

/** Shapes with texels that reach beyond the edge. */
const odd = [[1], [5], [1, 1], [3, 4], [4, 3], [5, 5, 3, 1], [3, 7, 7, 5]];

describe('on webgl', () => {
  it.each(elementwiseShapes.map((shape) => [shape.join('×'), shape] as const))('%s', async (_name, shape) => {
    expect(await problemsOf(shape, () => startUnchecked(backends, 'webgl'))).toEqual([]);
  });

  it('reads all numbers back unchanged', async () => {
    expect(await readsBack(elementwiseShapes, () => startUnchecked(backends, 'webgl'))).toBe(true);
  });

  it.each(
    elementwiseShapes.filter(({ length }) => length === 4).map((shape) => [shape.join('×'), shape] as const),
  )('sums matrices of %s', async (_name, shape) => {
    await startUnchecked(backends, 'webgl');
    const values = normal(shape, 1);
    const [a = 0, b = 0, rows = 0, columns = 0] = shape;
    const sum = tf.tidy(() => sumMatrices(kernels().upload<tf.Tensor3D>(values.slice(), [a * b, rows, columns])));
    const found = (await sum.data()) as Float32Array;
    sum.dispose();
    expect(relativeError(found, Float32Array.from(sums(values, rows * columns)))).toBeLessThan(tolerance);
  });

  // A shader that serves several shapes must not confuse them, whichever came first.
  it('in the other order', async () => {
    for (const shape of elementwiseShapes.toReversed())
      expect(await problemsOf(shape, () => startUnchecked(backends, 'webgl'))).toEqual([]);
  });

  it.each(
    odd.map((shape) => [shape.join('×'), shape] as const),
  )('leaves zero beyond the edge of %s', async (_name, shape) => {
    await startUnchecked(backends, 'webgl');
    const values = new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(1);
    const { crossEntropyGradient, normalisationGradient, normalise, sumToChannels, upload, weightedSum } = kernels();
    const found = tf.tidy(() => {
      const x = upload(values, shape);
      const results = [x, weightedSum(x, 1, x, 1)];
      // Operations whose result for zeros, or for zeros in one direction, is not zero.
      if (shape.length === 2) results.push(crossEntropyGradient(x as tf.Tensor2D, x as tf.Tensor2D, 1));
      if (shape.length % 2 === 0) results.push(sumToChannels(x as tf.Tensor4D));
      if (shape.length === 4) {
        const each = upload<tf.Tensor1D>(new Float32Array(shape[3] ?? 0).fill(2), [shape[3] ?? 0]);
        const moments = { mean: each, variance: each };
        results.push(normalise(x as tf.Tensor4D, moments, { gamma: each, beta: each }, 0.2));
        results.push(normalisationGradient(x as tf.Tensor4D, x as tf.Tensor4D, moments, each).dx);
        results.push(sumMatrices(tf.reshape(x, [-1, shape[2] ?? 0, shape[3] ?? 0])));
      }
      return results.map((each) => ({ size: each.size, texels: texelsOf(each).filter((value) => value !== 0).length }));
    });
    expect(found).toEqual(found.map(({ size }) => ({ size, texels: size })));
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
