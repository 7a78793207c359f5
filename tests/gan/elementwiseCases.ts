// Elementwise operations and sums on any backend against plain loops in double precision, for shapes of each kind.
import * as tf from '@tensorflow/tfjs';
import { kernels } from '../../src/gan/ops/current.ts';
import { readAll } from '../../src/gan/ops/readAll.ts';
import { purposes, RandomStream } from '../../src/gan/random/stream.ts';
import { relativeError } from '../support/tensors.ts';

/**
 * Odd and even in each dimension, single numbers, and more rows and columns than a texture has: one shader serves
 * several of these shapes.
 */
export const elementwiseShapes: readonly (readonly number[])[] = [
  [1],
  [5],
  [128],
  [40_001],
  [1, 1],
  [6, 1],
  [7, 1],
  [3, 8],
  [4, 5],
  [3, 40_001],
  [40_001, 3],
  [1, 1, 1, 1],
  [5, 5, 3, 1],
  [4, 4, 6, 8],
  [3, 7, 7, 5],
];

export const tolerance = 2e-5;
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
export const normal = (shape: readonly number[], part: number): Float32Array<ArrayBuffer> =>
  new RandomStream(3, purposes.initialWeights, 0, part).normals(sizeOf(shape));

interface Operation {
  /** Whether the operation takes tensors of this shape. */
  readonly for: (shape: readonly number[]) => boolean;
  readonly actual: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor;
  readonly plain: (x: Float32Array, y: Float32Array, shape: readonly number[]) => ArrayLike<number>;
}

const always = () => true;
const sigmoid = (l: number): number => 1 / (1 + Math.exp(-l));
const numbers = { beta1: 0.5, beta2: 0.999, rate: 0.01, correction: 3, epsilon: 1e-7 };

/** The sums of `x` by channel: every `channels`-th number. */
export function sums(x: Float32Array, channels: number): Float64Array {
  const total = new Float64Array(channels);
  for (const [i, value] of x.entries()) total[i % channels] = (total[i % channels] ?? 0) + value;
  return total;
}

const both = (x: Float32Array, y: Float32Array, of: (a: number, b: number) => number): Float64Array =>
  Float64Array.from(x, (value, i) => of(value, y[i] ?? Number.NaN));

const operations: Readonly<Record<string, Operation>> = {
  upload: { for: always, actual: (x) => tf.clone(x), plain: (x) => x },
  weightedSum: {
    for: always,
    actual: (x, y) => kernels().weightedSum(x, 0.9, y, 0.1),
    plain: (x, y) => both(x, y, (a, b) => 0.9 * a + 0.1 * b),
  },
  weightedSumOfSquares: {
    for: always,
    actual: (x, y) => kernels().weightedSum(x, -2, y, 3, 2),
    plain: (x, y) => both(x, y, (a, b) => 3 * b * b - 2 * a),
  },
  sigmoidGradient: {
    for: always,
    actual: (x, y) => kernels().sigmoidGradient(x, y),
    plain: (x, y) => both(x, y, (dy, s) => dy * s * (1 - s)),
  },
  adam: {
    for: always,
    actual(x, y) {
      const [variable, first, second] = [tf.add(x, 0), tf.add(y, 0), tf.square(x)].map((each) => tf.variable(each)) as [
        tf.Variable,
        tf.Variable,
        tf.Variable,
      ];
      kernels().adam(variable, y, first, second, numbers);
      const result = tf.clone(variable);
      tf.dispose([variable, first, second]);
      return result;
    },
    plain: (x, y) =>
      both(x, y, (w, g) => {
        const second = numbers.beta2 * w * w + (1 - numbers.beta2) * g * g;
        return w - (numbers.rate * g) / (Math.sqrt(second) * numbers.correction + numbers.epsilon);
      }),
  },
  crossEntropyGradient: {
    for: (shape) => shape.length === 2,
    actual: (x, y) => kernels().crossEntropyGradient(x as tf.Tensor2D, y as tf.Tensor2D, 0.25),
    plain: (x, y) => both(x, y, (l, label) => 0.25 * (sigmoid(l) - label)),
  },
  crossEntropySum: {
    for: ([, columns, ...rest]) => columns === 1 && rest.length === 0,
    // 30 times as far from zero: the loss must be exact where the probability is not.
    actual: (x, y) => kernels().crossEntropySum(tf.mul(x, 30) as tf.Tensor2D, y as tf.Tensor2D),
    plain: (x, y) => {
      const losses = both(
        x,
        y,
        (l, label) => Math.max(30 * l, 0) - 30 * l * label + Math.log1p(Math.exp(-Math.abs(30 * l))),
      );
      return [losses.reduce((sum, loss) => sum + loss, 0)];
    },
  },
  sumToChannels: {
    for: ({ length }) => length === 2 || length === 4,
    actual: (x) => kernels().sumToChannels(x as tf.Tensor2D | tf.Tensor4D),
    plain: (x, _, shape) => sums(x, shape.at(-1) ?? 0),
  },
};

/** One line for each wrong result, or leaked tensor, on the backend that `use` makes current. */
export async function problemsOf(shape: readonly number[], use: () => Promise<unknown>): Promise<string[]> {
  const [x, y] = [normal(shape, 1), normal(shape, 2)];
  const problems: string[] = [];
  for (const [name, { for: isFor, actual, plain }] of Object.entries(operations)) {
    if (!isFor(shape)) continue;
    await use();
    const before = tf.memory().numTensors;
    const result = tf.tidy(() => actual(kernels().upload(x.slice(), shape), kernels().upload(y.slice(), shape)));
    const left = tf.memory().numTensors - before - 1;
    if (left !== 0) problems.push(`${name}: leaked ${left} tensors`);
    const values = (await result.data()) as Float32Array;
    result.dispose();
    const error = relativeError(values, Float32Array.from(plain(x, y, shape)));
    if (!(error <= tolerance)) problems.push(`${name}: relative error ${error.toExponential(2)}`);
  }
  return problems;
}

/**
 * Whether the backend that `use` makes current reads numbers as they were at the moment of the call, although their
 * tensors change meanwhile.
 */
export async function readsBack(shapes: readonly (readonly number[])[], use: () => Promise<unknown>): Promise<boolean> {
  await use();
  const before = tf.memory().numTensors;
  const given = shapes.map((shape, part) => normal(shape, part));
  const variables = given.map((values, i) =>
    tf.tidy(() => tf.variable(kernels().upload(values.slice(), shapes[i] ?? []))),
  );
  const reading = readAll(variables);
  for (const variable of variables) tf.tidy(() => variable.assign(kernels().zeros(variable.shape)));
  const read = await reading;
  const after = await readAll(variables);
  tf.dispose(variables);
  const expected = given.flatMap((values) => [...values]);
  return (
    read.length === expected.length &&
    expected.every((value, i) => read[i] === value) &&
    after.every((value) => value === 0) &&
    tf.memory().numTensors === before
  );
}
