// Batch normalisation on any backend against tfjs's gradients of a plain composition on its CPU backend, for many
// shapes.
import * as tf from '@tensorflow/tfjs';
import { fixed } from '../../src/config/run.ts';
import { kernels } from '../../src/gan/ops/current.ts';
import { describeError } from '../support/tensors.ts';

/** Batch, height, width, channels. */
export type NormalisationCase = readonly [number, number, number, number];

export const normalisationCases: readonly NormalisationCase[] = [
  // The three feature maps, then odd sizes, few and many channels, one image, and few numbers.
  [4, 7, 7, 8],
  [3, 14, 14, 6],
  [2, 28, 28, 4],
  [5, 7, 7, 3],
  [3, 5, 3, 9],
  [2, 9, 7, 17],
  [6, 3, 4, 40],
  [1, 7, 7, 2],
  [1, 2, 3, 1],
];

const slope = fixed.leakySlope;
const epsilon = fixed.normalisationEpsilon;
const tolerance = 5e-5;
const normal = <T extends tf.Tensor>(shape: readonly number[], seed: number): T =>
  tf.randomNormal([...shape], 0, 1, 'float32', seed) as unknown as T;

/** Some channels have a mean far from zero, where E[x²] − E[x]² would fail. */
function inputsOf(shape: NormalisationCase) {
  const each = [shape[3]];
  const shift = tf.mul(normal(each, 2), 30);
  return {
    x: tf.add(tf.mul(normal(shape, 1), tf.abs(normal(each, 3))), shift) as tf.Tensor4D,
    dOut: normal<tf.Tensor4D>(shape, 4),
    gamma: normal<tf.Tensor1D>(each, 5),
    beta: normal<tf.Tensor1D>(each, 6),
    mean: normal<tf.Tensor1D>(each, 7),
    variance: tf.add(0.1, tf.abs(normal(each, 8))) as tf.Tensor1D,
  };
}

/** The definition, literally: normalised, scaled, shifted, activated. */
function plain(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const normalised = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
  return tf.leakyRelu(tf.add(tf.mul(normalised, gamma), beta), slope);
}

function expected({ x, dOut, gamma, beta, mean, variance }: ReturnType<typeof inputsOf>) {
  const axes = [0, 1, 2];
  const inTraining = (a: tf.Tensor, g: tf.Tensor, b: tf.Tensor): tf.Tensor => {
    const centre = tf.mean(a, axes);
    return plain(a, centre, tf.mean(tf.square(tf.sub(a, centre)), axes), g, b);
  };
  const [dx, dGamma, dBeta] = tf.grads((a, g, b) => inTraining(a as tf.Tensor, g as tf.Tensor, b as tf.Tensor))(
    [x, gamma, beta],
    dOut,
  );
  const centre = tf.mean(x, axes);
  return {
    mean: centre,
    variance: tf.mean(tf.square(tf.sub(x, centre)), axes),
    inTraining: inTraining(x, gamma, beta),
    inGeneration: plain(x, mean, variance, gamma, beta),
    dx,
    dGamma,
    dBeta,
  };
}

/** The kernels' results. `gated` is dOut times the activation's derivative, which the convolutions apply. */
function actual({ x, gamma, beta, mean, variance }: ReturnType<typeof inputsOf>, gated: tf.Tensor4D) {
  const { channelMoments, normalisationGradient, normalise } = kernels();
  const moments = channelMoments(x);
  return {
    ...moments,
    inTraining: normalise(x, moments, { gamma, beta }, slope),
    inGeneration: normalise(x, { mean, variance }, { gamma, beta }, slope),
    ...normalisationGradient(x, gated, moments, gamma),
  };
}

/** One line for each wrong result, or leaked tensor, on the backend that `use` makes current. */
export async function problemsOf(shape: NormalisationCase, use: () => Promise<unknown>): Promise<string[]> {
  await tf.setBackend('cpu');
  const inputs = tf.tidy(() => inputsOf(shape));
  const results = tf.tidy(() => expected(inputs));
  const gated = tf.tidy(() => tf.mul(inputs.dOut, tf.step(results.inTraining, slope)) as tf.Tensor4D);
  await use();
  const before = tf.memory().numTensors;
  const found = actual(inputs, gated);
  const problems: string[] = [];
  const left = tf.memory().numTensors - before - Object.keys(found).length;
  if (left !== 0) problems.push(`${left} tensors leaked`);
  for (const [name, tensor] of Object.entries(found) as [keyof typeof found, tf.Tensor][]) {
    await use();
    const values = await tensor.data();
    await tf.setBackend('cpu');
    const problem = describeError(tf.tensor(values, tensor.shape), results[name], tolerance);
    if (problem !== null) problems.push(`${name}: ${problem}`);
  }
  tf.dispose([inputs, results, gated, { ...found }]);
  return problems;
}
