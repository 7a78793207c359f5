// A stride-2 convolution that can be trained on tfjs's WASM backend, which lacks one gradient and is slow at the other.
import * as tf from '@tensorflow/tfjs';

const stride = 2;

/** How much a 'same' convolution pads a side of `size` for a filter of `side`: [before, after]. */
function padding(size: number, side: number): [number, number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + side - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** dy/dw as a forward convolution in which the batch plays the channels. */
function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, side: number): tf.Tensor4D {
  const padded = tf.pad4d(x, [[0, 0], padding(x.shape[1], side), padding(x.shape[2], side), [0, 0]]);
  const wide = tf.conv2d(
    tf.transpose(padded, [3, 1, 2, 0]) as tf.Tensor4D,
    tf.transpose(dy, [1, 2, 0, 3]),
    1,
    'valid',
    'NHWC',
    stride,
  );
  return tf.transpose(tf.slice(wide, [0, 0, 0, 0], [-1, side, side, -1]), [1, 2, 0, 3]);
}

/** dy/dx as a forward convolution of dy with zeros between its pixels. Sides of x must be even. */
function inputGradient(w: tf.Tensor4D, dy: tf.Tensor4D, size: number): tf.Tensor4D {
  const [count, height, width, channels] = dy.shape;
  const rows = tf.reshape(dy, [count * height * width, 1, channels]);
  const spread = tf.reshape(tf.concat([rows, tf.zerosLike(rows)], 1), [count * height, 1, width * 2 * channels]);
  const full = tf.reshape(tf.concat([spread, tf.zerosLike(spread)], 1), [count, height * 2, width * 2, channels]);
  const side = w.shape[0];
  const before = side - 1 - padding(size, side)[0];
  const after = padding(size, side)[0];
  const padded = tf.pad4d(full as tf.Tensor4D, [
    [0, 0],
    [before, after],
    [before, after],
    [0, 0],
  ]);
  return tf.conv2d(padded, tf.transpose(tf.reverse(w, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D, 1, 'valid');
}

/** A 'same' convolution with stride 2 of [n, size, size, in] by [side, side, in, out], with both gradients. */
export const convolve = tf.customGrad((...args) => {
  const [input, filter, save] = args as unknown as [tf.Tensor4D, tf.Tensor4D, (tensors: tf.Tensor[]) => void];
  save([input, filter]);
  const gradFunc = (gradient: tf.Tensor, saved: tf.Tensor[]) => {
    const [x, w] = saved as [tf.Tensor4D, tf.Tensor4D];
    const dy = gradient as tf.Tensor4D;
    return [inputGradient(w, dy, x.shape[1]), filterGradient(x, dy, w.shape[0])];
  };
  return { value: tf.conv2d(input, filter, stride, 'same'), gradFunc };
}) as unknown as (input: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor4D;

/** The same for the first layer, whose input needs no gradient. */
export function convolveImages(images: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  const ofFilter = tf.customGrad((...args) => {
    const [w] = args as unknown as [tf.Tensor4D];
    const gradFunc = (dy: tf.Tensor) => filterGradient(images, dy as tf.Tensor4D, w.shape[0]);
    return { value: tf.conv2d(images, w, stride, 'same'), gradFunc };
  });
  return ofFilter(filter) as tf.Tensor4D;
}
