// Convolutions and their gradients, written with forward conv2d alone: the one operation that every tfjs backend
// computes fast. What each computes: ../base/kernels.ts.
import * as tf from '@tensorflow/tfjs';
import { type Size, sameBatch, samePadding } from '../base/geometry.ts';
import type { Epilogue } from '../base/kernels.ts';
import { leakyReluGradient } from './elementwise.ts';

/** tfjs's convolution with all of the epilogue that it can fuse: all but the gate. */
function convolve(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  stride: number | [number, number],
  pad: tf.backend_util.ExplicitPadding | 'same',
  epilogue: Omit<Epilogue, 'gate'>,
): tf.Tensor4D {
  if (!epilogue.bias) return tf.conv2d(x, filter, stride, pad);
  return tf.fused.conv2d({
    x,
    filter,
    strides: stride,
    pad,
    bias: epilogue.bias,
    ...(epilogue.leakySlope === undefined ? {} : { activation: 'leakyrelu', leakyreluAlpha: epilogue.leakySlope }),
  });
}

function throughGate(result: tf.Tensor4D, { gate, leakySlope = 1 }: Epilogue): tf.Tensor4D {
  return gate ? leakyReluGradient(result, gate, leakySlope) : result;
}

export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, stride: number, epilogue: Epilogue = {}): tf.Tensor4D {
  const [, , , outChannels] = filter.shape;
  return tf.tidy(() => {
    const result =
      outChannels === 1 && stride === 1
        ? convToOneChannel(x, filter, epilogue)
        : convolve(x, filter, stride, 'same', epilogue);
    return throughGate(result, epilogue);
  });
}

/** Outputs that one column group of the matmul below computes at once: the width of the CPU's kernels. */
const tile = { rows: 2, columns: 4 } as const;

/**
 * To one channel, in tiles: a matmul with one column wastes nearly all of its width, so 2×4 outputs are computed at
 * once by eight copies of the kernel, each shifted inside a window larger by as much, with the tile's size as the
 * stride.
 */
function convToOneChannel(x: tf.Tensor4D, filter: tf.Tensor4D, epilogue: Epilogue): tf.Tensor4D {
  const [batch, height, width] = x.shape;
  const kernel = filter.shape[0];
  const copies: tf.Tensor4D[] = [];
  for (let down = 0; down < tile.rows; down++) {
    for (let right = 0; right < tile.columns; right++) {
      copies.push(
        tf.pad(filter, [
          [down, tile.rows - 1 - down],
          [right, tile.columns - 1 - right],
          [0, 0],
          [0, 0],
        ]),
      );
    }
  }
  const down = Math.ceil(height / tile.rows);
  const across = Math.ceil(width / tile.columns);
  const pad = (size: number, tiles: number, step: number): [number, number] => {
    const { before } = samePadding(size, kernel, 1);
    return [before, step * (tiles - 1) + kernel + step - 1 - size - before];
  };
  const tiles = convolve(
    x,
    tf.concat(copies, 3),
    [tile.rows, tile.columns],
    [[0, 0], pad(height, down, tile.rows), pad(width, across, tile.columns), [0, 0]],
    { ...epilogue, ...(epilogue.bias ? { bias: tf.tile(epilogue.bias, [copies.length]) } : {}) },
  );
  const image = tf.reshape(
    tf.transpose(tf.reshape(tiles, [batch, down, across, tile.rows, tile.columns]), [0, 1, 3, 2, 4]),
    [batch, tile.rows * down, tile.columns * across, 1],
  );
  return crop(image as tf.Tensor4D, [height, width]);
}

/** Its first rows and columns; x itself where it has no more: tfjs would copy it. */
function crop(x: tf.Tensor4D, [height, width]: Size): tf.Tensor4D {
  const [batch, h, w, channels] = x.shape;
  return h === height && w === width ? x : tf.slice(x, [0, 0, 0, 0], [batch, height, width, channels]);
}

/**
 * An input row o meets kernel row k of output row i where o = stride·i + k − before. Rows with the same remainder by
 * the stride meet the same kernel rows, so each remainder (phase) is a small stride-1 convolution of dy, and the phases
 * are interleaved by concatenating: no zero is multiplied, nothing is transposed.
 */
export function conv2dInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputSize: Size,
  stride: number,
  epilogue: Epilogue = {},
): tf.Tensor4D {
  return tf.tidy(() => {
    const [batch, outHeight, outWidth] = dy.shape;
    const [kernelHeight, kernelWidth, channels] = filter.shape;
    const vertical = phases(inputSize[0], outHeight, kernelHeight, stride);
    const horizontal = phases(inputSize[1], outWidth, kernelWidth, stride);
    const filters = filtersOfPhases(filter, vertical, horizontal);
    const height = Math.ceil(inputSize[0] / stride);
    const width = Math.ceil(inputSize[1] / stride);
    const rows = vertical.map((v, i) => {
      const row = horizontal.map((h, j) => {
        const taps = filters[i * stride + j] as tf.Tensor4D;
        return convolve(trimmed(dy, v, h), taps, 1, [[0, 0], v.pad, h.pad, [0, 0]], epilogue);
      });
      // In memory, [b, height, width, stride·channels] is [b, height, width·stride, channels].
      return tf.reshape(tf.concat(row, 3), [batch, height, 1, width * stride * channels]);
    });
    const interleaved = tf.reshape(tf.concat(rows, 2), [batch, height * stride, width * stride, channels]);
    return throughGate(crop(interleaved as tf.Tensor4D, inputSize), epilogue);
  });
}

interface Phase {
  /** The kernel rows that this phase meets, the last one first: a convolution runs the kernel backwards. */
  readonly taps: readonly number[];
  /** Padding of dy; never negative. */
  readonly pad: [number, number];
  /** Rows of dy that no tap reaches, at its two ends. */
  readonly unused: [number, number];
}

function phases(size: number, outSize: number, kernel: number, stride: number): Phase[] {
  const { before } = samePadding(size, kernel, stride);
  const count = Math.ceil(size / stride);
  return Array.from({ length: stride }, (_, remainder) => {
    const firstTap = (remainder + before) % stride;
    const taps = Math.ceil((kernel - firstTap) / stride);
    if (taps < 1) throw new Error(`A kernel of ${kernel} cannot cover a stride of ${stride}.`);
    const shift = (remainder + before - firstTap) / stride;
    const top = taps - 1 - shift;
    const bottom = count + taps - 1 - outSize - top;
    return {
      taps: Array.from({ length: taps }, (_, i) => firstTap + stride * (taps - 1 - i)),
      pad: [Math.max(0, top), Math.max(0, bottom)],
      unused: [Math.max(0, -top), Math.max(0, -bottom)],
    };
  });
}

/**
 * For each pair of phases, row by row, its part of filter [k, k, in, out] as [taps, taps, out, in]. One gather brings
 * all taps in order and one transpose turns their matrices, so that each part is contiguous in memory.
 */
function filtersOfPhases(filter: tf.Tensor4D, vertical: readonly Phase[], horizontal: readonly Phase[]): tf.Tensor[] {
  const [kernelHeight, kernelWidth, channels, outChannels] = filter.shape;
  const order = vertical.flatMap((v) =>
    horizontal.flatMap((h) => v.taps.flatMap((y) => h.taps.map((x) => y * kernelWidth + x))),
  );
  const rows = tf.reshape(filter, [kernelHeight * kernelWidth, channels * outChannels]);
  const gathered = tf.reshape(tf.gather(rows, tf.tensor1d(order, 'int32')), [order.length, channels, outChannels]);
  const turned = tf.transpose(gathered, [0, 2, 1]);
  let from = 0;
  return vertical.flatMap((v) =>
    horizontal.map((h) => {
      const count = v.taps.length * h.taps.length;
      const part = tf.slice(turned, [from, 0, 0], [count, outChannels, channels]);
      from += count;
      return tf.reshape(part, [v.taps.length, h.taps.length, outChannels, channels]);
    }),
  );
}

function trimmed(dy: tf.Tensor4D, vertical: Phase, horizontal: Phase): tf.Tensor4D {
  const [top, bottom] = vertical.unused;
  const [left, right] = horizontal.unused;
  if (top + bottom + left + right === 0) return dy;
  const [batch, height, width, channels] = dy.shape;
  return tf.slice(dy, [0, top, left, 0], [batch, height - top - bottom, width - left - right, channels]);
}

/**
 * A convolution in which the batch takes the role of the channels and dy that of the filter, dilated by the stride.
 */
export function conv2dFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, kernel: number, stride: number): tf.Tensor4D {
  sameBatch(x, dy);
  if (dy.shape[3] === 1 && stride === 1) return tf.tidy(() => filterGradientOfOneChannel(x, dy, kernel));
  return tf.tidy(() => {
    const [, height, width] = x.shape;
    const pad = (size: number): [number, number] => {
      const { before, out } = samePadding(size, kernel, stride);
      return [before, Math.max(0, (out - 1) * stride + kernel - size - before)];
    };
    const byChannel = tf.transpose(x, [3, 1, 2, 0]);
    const asFilter = tf.transpose(dy, [1, 2, 0, 3]);
    const padded = tf.pad(byChannel, [[0, 0], pad(height), pad(width), [0, 0]]) as tf.Tensor4D;
    const gradient = tf.conv2d(padded, asFilter as tf.Tensor4D, 1, 'valid', 'NHWC', stride);
    // A size that the stride does not divide leaves rows at the end that no kernel row met.
    return tf.transpose(crop(gradient, [kernel, kernel]), [1, 2, 0, 3]) as tf.Tensor4D;
  });
}

/**
 * With one output channel the roles are swapped, so that the matmul stays wide: x is the filter, dy padded by
 * kernel − 1 the input, and the result comes out turned.
 */
function filterGradientOfOneChannel(x: tf.Tensor4D, dy: tf.Tensor4D, kernel: number): tf.Tensor4D {
  const channels = x.shape[3];
  const { before, after } = samePadding(kernel, kernel, 1);
  const around: [number, number] = [kernel - 1 - before, kernel - 1 - after];
  const byChannel = tf.pad(tf.transpose(dy, [3, 1, 2, 0]), [[0, 0], around, around, [0, 0]]) as tf.Tensor4D;
  const asFilter = tf.transpose(x, [1, 2, 0, 3]) as tf.Tensor4D;
  const turned = tf.conv2d(byChannel, asFilter, 1, 'valid');
  return tf.reshape(tf.reverse(turned, [1, 2]), [kernel, kernel, channels, 1]) as tf.Tensor4D;
}
