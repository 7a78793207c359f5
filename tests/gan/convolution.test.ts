// Our convolutions against tfjs's own, values and gradients, for many shapes.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { conv2d, conv2dFilterGradient, conv2dInputGradient, conv2dTranspose } from '../../src/gan/ops/convolution.ts';
import { describeError } from '../support/tensors.ts';

const shapes: {
  batch: number;
  height: number;
  width: number;
  kernel: number;
  stride: number;
  from: number;
  to: number;
}[] = [
  { batch: 3, height: 28, width: 28, kernel: 3, stride: 2, from: 1, to: 4 },
  { batch: 2, height: 14, width: 14, kernel: 3, stride: 2, from: 4, to: 6 },
  { batch: 2, height: 14, width: 14, kernel: 4, stride: 2, from: 5, to: 3 },
  { batch: 1, height: 28, width: 28, kernel: 4, stride: 2, from: 3, to: 3 },
  { batch: 2, height: 28, width: 28, kernel: 7, stride: 1, from: 3, to: 1 },
  { batch: 1, height: 9, width: 7, kernel: 7, stride: 1, from: 2, to: 1 },
  { batch: 2, height: 9, width: 7, kernel: 3, stride: 2, from: 2, to: 3 },
  { batch: 2, height: 7, width: 10, kernel: 4, stride: 2, from: 1, to: 1 },
  { batch: 2, height: 6, width: 5, kernel: 3, stride: 1, from: 3, to: 2 },
  { batch: 1, height: 5, width: 5, kernel: 5, stride: 2, from: 1, to: 2 },
  { batch: 2, height: 8, width: 8, kernel: 2, stride: 2, from: 2, to: 2 },
  { batch: 1, height: 1, width: 1, kernel: 3, stride: 1, from: 2, to: 2 },
  { batch: 2, height: 10, width: 11, kernel: 3, stride: 3, from: 2, to: 2 },
];

describe.each(shapes)('$batch×$height×$width×$from → $to, kernel $kernel, stride $stride', (shape) => {
  let x: tf.Tensor4D;
  let filter: tf.Tensor4D;
  let dy: tf.Tensor4D;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    x = tf.randomNormal([shape.batch, shape.height, shape.width, shape.from], 0, 1, 'float32', 11);
    filter = tf.randomNormal([shape.kernel, shape.kernel, shape.from, shape.to], 0, 1, 'float32', 12);
    dy = tf.randomNormal(tf.conv2d(x, filter, shape.stride, 'same').shape, 0, 1, 'float32', 13);
  });

  const gradients = () =>
    tf.grads((a, w) => tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, shape.stride, 'same'))([x, filter], dy);

  it('forward, with bias and LeakyReLU', () => {
    const bias = tf.randomNormal([shape.to], 0, 1, 'float32', 14) as tf.Tensor1D;
    const ours = conv2d(x, filter, shape.stride, { bias, leakySlope: 0.2 });
    const theirs = tf.leakyRelu(tf.add(tf.conv2d(x, filter, shape.stride, 'same'), bias), 0.2);
    expect(describeError(ours, theirs, 1e-4)).toBeNull();
  });

  it('gradient by the input', () => {
    const ours = conv2dInputGradient(dy, filter, [shape.height, shape.width], shape.stride);
    expect(describeError(ours, gradients()[0], 1e-4)).toBeNull();
  });

  it('gradient by the filter', () => {
    const ours = conv2dFilterGradient(x, dy, shape.kernel, shape.stride);
    expect(describeError(ours, gradients()[1], 1e-4)).toBeNull();
  });

  it('transposed', () => {
    const turned = tf.randomNormal(
      [shape.kernel, shape.kernel, shape.to, shape.from],
      0,
      1,
      'float32',
      15,
    ) as tf.Tensor4D;
    const size: [number, number, number, number] = [
      shape.batch,
      shape.height * shape.stride,
      shape.width * shape.stride,
      shape.to,
    ];
    const bias = tf.randomNormal([shape.to], 0, 1, 'float32', 16) as tf.Tensor1D;
    const ours = conv2dTranspose(x, turned, shape.stride, { bias, leakySlope: 0.2 });
    const theirs = tf.leakyRelu(tf.add(tf.conv2dTranspose(x, turned, size, shape.stride, 'same'), bias), 0.2);
    expect(describeError(ours, theirs, 1e-4)).toBeNull();
  });

  it('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    for (const result of [
      conv2d(x, filter, shape.stride),
      conv2dInputGradient(dy, filter, [shape.height, shape.width], shape.stride),
      conv2dFilterGradient(x, dy, shape.kernel, shape.stride),
    ])
      result.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
