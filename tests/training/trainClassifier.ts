// Teaches the digit classifier: shifted digits, dropout, Adam with a rate that falls to nothing. The same seed, the
// same weights.
import * as tf from '@tensorflow/tfjs';
import type { WeightArray } from '../../src/config/weights.ts';
import { Random } from '../../src/data/builtIn/random.ts';
import { kernels } from '../../src/gan/ops/current.ts';
import { type ClassifierWeight, classCount, classifierWeights, featureCount } from '../../src/quality/classifier.ts';
import type { Digits } from '../support/mnist.ts';
import { type Gradients, initialVariables, lossAndGradients, readVariables, type Variables } from './network.ts';

export interface Training {
  /** Passes over the digits. */
  readonly epochs: number;
  readonly batch: number;
  readonly seed: number;
  /** Every image is moved by up to this many pixels in each direction, anew in every epoch. */
  readonly shift: number;
  /** Share of the features that is switched off at each step. */
  readonly dropout: number;
  /** Adam's rate at the start; it falls to zero along half a cosine (Loshchilov and Hutter 2017). */
  readonly learningRate: number;
}

const pixels = 28 * 28;
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-7;

/** The weights after training on tfjs's current backend. Holds no tensor afterwards. */
export async function trainClassifier(
  digits: Digits,
  training: Training,
  log: (line: string) => void,
): Promise<Record<ClassifierWeight, WeightArray>> {
  const { epochs, batch, learningRate } = training;
  const random = new Random(training.seed);
  const variables = initialVariables(random);
  const optimizer = new Optimizer(variables);
  const perEpoch = Math.floor(digits.labels.length / batch);
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = shuffled(digits.labels.length, random);
      let loss = 0;
      for (let step = 0; step < perEpoch; step++) {
        const chosen = order.subarray(step * batch, (step + 1) * batch);
        const progress = (epoch * perEpoch + step) / (epochs * perEpoch);
        optimizer.learningRate = (learningRate * (1 + Math.cos(Math.PI * progress))) / 2;
        loss += trainStep(variables, optimizer, digits, chosen, training, random);
      }
      log(`  epoch ${epoch + 1} of ${epochs}: loss ${(loss / perEpoch).toFixed(4)}`);
    }
    return await readVariables(variables);
  } finally {
    optimizer.dispose();
    tf.dispose({ ...variables });
  }
}

/** One step on the chosen digits; its loss. */
function trainStep(
  variables: Variables,
  optimizer: Optimizer,
  digits: Digits,
  chosen: Uint32Array,
  { shift, dropout }: Training,
  random: Random,
): number {
  const count = chosen.length;
  const input = new Float32Array(count * pixels);
  const targets = new Float32Array(count * classCount);
  for (const [slot, index] of chosen.entries()) {
    copyShifted(digits.images, index, input, slot, shift, random);
    targets[slot * classCount + (digits.labels[index] ?? 0)] = 1;
  }
  const kept = 1 / (1 - dropout);
  const mask = Float32Array.from({ length: count * featureCount }, () => (random.chance(dropout) ? 0 : kept));
  return tf.tidy(() => {
    const { loss, gradients } = lossAndGradients(
      variables,
      tf.tensor4d(input, [count, 28, 28, 1]),
      tf.tensor2d(targets, [count, classCount]),
      tf.tensor2d(mask, [count, featureCount]),
    );
    optimizer.apply(gradients);
    return loss.dataSync()[0] ?? Number.NaN;
  });
}

/** Adam on all weights; owns its moments. (That of src/gan knows only the two networks of a GAN.) */
class Optimizer {
  learningRate = 0;
  readonly #variables: Variables;
  readonly #moments: readonly { name: ClassifierWeight; first: tf.Variable; second: tf.Variable }[];
  #steps = 0;

  constructor(variables: Variables) {
    this.#variables = variables;
    const zeros = (name: ClassifierWeight) => tf.tidy(() => tf.variable(tf.zerosLike(variables[name])));
    this.#moments = classifierWeights.map((name) => ({ name, first: zeros(name), second: zeros(name) }));
  }

  apply(gradients: Gradients): void {
    this.#steps += 1;
    const rate = this.learningRate / (1 - beta1 ** this.#steps);
    const correction = Math.sqrt(1 / (1 - beta2 ** this.#steps));
    for (const { name, first, second } of this.#moments) {
      kernels().adam(this.#variables[name], gradients[name], first, second, {
        beta1,
        beta2,
        rate,
        correction,
        epsilon,
      });
    }
  }

  dispose(): void {
    tf.dispose(this.#moments.flatMap(({ first, second }) => [first, second]));
  }
}

/** The numbers below `count` in a random order (Fisher and Yates). */
function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index--) {
    const other = random.below(index + 1);
    [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
  }
  return order;
}

function copyShifted(
  images: Uint8Array,
  index: number,
  out: Float32Array,
  slot: number,
  shift: number,
  random: Random,
): void {
  const right = random.below(2 * shift + 1) - shift;
  const down = random.below(2 * shift + 1) - shift;
  for (let row = 0; row < 28; row++) {
    for (let column = 0; column < 28; column++) {
      const [y, x] = [row - down, column - right];
      const inside = y >= 0 && y < 28 && x >= 0 && x < 28;
      out[slot * pixels + row * 28 + column] = inside ? (images[index * pixels + y * 28 + x] ?? 0) / 255 : 0;
    }
  }
}
