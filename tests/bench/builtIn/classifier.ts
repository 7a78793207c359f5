// A small convnet that tells digits apart, trained in Node on tfjs's WASM backend: the judge of the bench.
import * as tf from '@tensorflow/tfjs';
import { convolve, convolveImages } from './convolution.ts';

const pixels = 28 * 28;
const batch = 128;

export interface Digits {
  /** [count, 28, 28] */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

export interface Training {
  /** Passes over the digits. */
  readonly epochs: number;
  readonly seed: number;
  /** Every image is moved by up to this many pixels in each direction, anew in every epoch. */
  readonly shift: number;
}

interface Weights {
  readonly conv1: tf.Variable<tf.Rank.R4>;
  readonly bias1: tf.Variable;
  readonly conv2: tf.Variable<tf.Rank.R4>;
  readonly bias2: tf.Variable;
  readonly dense1: tf.Variable<tf.Rank.R2>;
  readonly bias3: tf.Variable;
  readonly dense2: tf.Variable<tf.Rank.R2>;
  readonly bias4: tf.Variable;
}

function makeWeights(seed: number): Weights {
  const normal = <R extends tf.Rank>(shape: tf.ShapeMap[R], fanIn: number, index: number) =>
    tf.variable(tf.truncatedNormal<R>(shape, 0, Math.sqrt(2 / fanIn), 'float32', seed * 10 + index));
  return {
    conv1: normal<tf.Rank.R4>([5, 5, 1, 16], 25, 1),
    bias1: tf.variable(tf.zeros([16])),
    conv2: normal<tf.Rank.R4>([3, 3, 16, 32], 9 * 16, 2),
    bias2: tf.variable(tf.zeros([32])),
    dense1: normal<tf.Rank.R2>([7 * 7 * 32, 128], 7 * 7 * 32, 3),
    bias3: tf.variable(tf.zeros([128])),
    dense2: normal<tf.Rank.R2>([128, 10], 128, 4),
    bias4: tf.variable(tf.zeros([10])),
  };
}

/** Logits [n, 10] of images [n, 28, 28, 1] in [0, 1]; `dropout` [n, 128] scales the dense layer’s units, or is null. */
function logitsOf(images: tf.Tensor4D, weights: Weights, dropout: tf.Tensor | null): tf.Tensor2D {
  const first = tf.relu(tf.add(convolveImages(images, weights.conv1), weights.bias1)) as tf.Tensor4D;
  const second = tf.relu(tf.add(convolve(first, weights.conv2), weights.bias2)) as tf.Tensor4D;
  const flat = tf.reshape(second, [images.shape[0], 7 * 7 * 32]) as tf.Tensor2D;
  const hidden = tf.relu(tf.add(tf.matMul(flat, weights.dense1), weights.bias3)) as tf.Tensor2D;
  const left = dropout === null ? hidden : tf.mul(hidden, dropout);
  return tf.add(tf.matMul(left as tf.Tensor2D, weights.dense2), weights.bias4);
}

/** A multiplicative generator is random enough to shuffle and shift. */
function randomOf(seed: number): () => number {
  let state = (seed * 7919 + 1) % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export class Classifier {
  readonly #weights: Weights;

  private constructor(weights: Weights) {
    this.#weights = weights;
  }

  /** Trains with Adam (1e-3, falling to a tenth linearly) and dropout 0.4 in batches of 128. The caller disposes it. */
  static train(digits: Digits, { epochs, seed, shift }: Training, log: (line: string) => void): Classifier {
    const weights = makeWeights(seed);
    const variables = Object.values(weights) as tf.Variable[];
    const random = randomOf(seed);
    const count = digits.labels.length;
    const order = Array.from({ length: count }, (_, index) => index);
    const perEpoch = Math.floor(count / batch);
    const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
    const input = new Float32Array(batch * pixels);
    const mask = new Float32Array(batch * 128);
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let index = count - 1; index > 0; index--) {
        const other = Math.floor(random() * (index + 1));
        [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
      }
      let loss = 0;
      for (let step = 0; step < perEpoch; step++) {
        const chosen = order.slice(step * batch, (step + 1) * batch);
        for (const [slot, index] of chosen.entries()) copyShifted(digits.images, index, input, slot, shift, random);
        for (let unit = 0; unit < mask.length; unit++) mask[unit] = random() < 0.6 ? 1 / 0.6 : 0;
        const progress = (epoch * perEpoch + step) / (epochs * perEpoch);
        (optimizer as unknown as { learningRate: number }).learningRate = 1e-3 * (1 - 0.9 * progress);
        loss += tf.tidy(() => {
          const images = tf.tensor4d(input, [batch, 28, 28, 1]);
          const labels = tf.oneHot(
            chosen.map((index) => digits.labels[index] ?? 0),
            10,
          );
          const cost = optimizer.minimize(
            () => tf.losses.softmaxCrossEntropy(labels, logitsOf(images, weights, tf.tensor2d(mask, [batch, 128]))),
            true,
            variables,
          );
          return cost?.dataSync()[0] ?? Number.NaN;
        });
      }
      log(`  epoch ${epoch + 1} of ${epochs}: loss ${(loss / perEpoch).toFixed(4)}`);
    }
    optimizer.dispose();
    return new Classifier(weights);
  }

  /** The class of each image. */
  classify(digits: Digits): Uint8Array {
    const count = digits.labels.length;
    const classes = new Uint8Array(count);
    for (let start = 0; start < count; start += 500) {
      const size = Math.min(500, count - start);
      const input = Float32Array.from(
        digits.images.subarray(start * pixels, (start + size) * pixels),
        (value) => value / 255,
      );
      tf.tidy(() => {
        const logits = logitsOf(tf.tensor4d(input, [size, 28, 28, 1]), this.#weights, null);
        classes.set(tf.argMax(logits, 1).dataSync(), start);
      });
    }
    return classes;
  }

  dispose(): void {
    tf.dispose(Object.values(this.#weights));
  }
}

function copyShifted(
  images: Uint8Array,
  index: number,
  out: Float32Array,
  slot: number,
  shift: number,
  random: () => number,
): void {
  const right = Math.floor(random() * (2 * shift + 1)) - shift;
  const down = Math.floor(random() * (2 * shift + 1)) - shift;
  for (let row = 0; row < 28; row++) {
    for (let column = 0; column < 28; column++) {
      const [y, x] = [row - down, column - right];
      const inside = y >= 0 && y < 28 && x >= 0 && x < 28;
      out[slot * pixels + row * 28 + column] = inside ? (images[index * pixels + y * 28 + x] ?? 0) / 255 : 0;
    }
  }
}
