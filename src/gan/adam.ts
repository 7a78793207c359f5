// Adam (Kingma and Ba 2015, algorithm 1) on one network's variables.
import * as tf from '@tensorflow/tfjs';
import type { NetworkName } from '../config/networks.ts';
import { fixed } from '../config/run.ts';
import { isMovingStatistic, type moments } from '../config/weights.ts';
import { adam } from './ops/adam.ts';
import { zeros } from './ops/transfer.ts';
import type { Gradients, Variables } from './weights.ts';

/**
 * Owns the moments of the variables it was given (not the variables); moving statistics among them it leaves alone. tfjs's
 * own Adam is not used: its default epsilon depends on the device, and its state cannot be set before the first step.
 */
export class Adam<N extends NetworkName> {
  learningRate: number;
  readonly #beta1: number;
  /** Those that are learned, by name. */
  readonly #variables: ReadonlyMap<string, tf.Variable>;
  readonly #first = new Map<string, tf.Variable>();
  readonly #second = new Map<string, tf.Variable>();
  /** Updates done so far. */
  iterations = 0;

  constructor(variables: Variables<N>, learningRate: number, beta1: number) {
    this.learningRate = learningRate;
    this.#beta1 = beta1;
    const all = Object.entries(variables) as [string, tf.Variable][];
    this.#variables = new Map(all.filter(([name]) => !isMovingStatistic(name)));
    for (const [name, variable] of this.#variables) {
      for (const moments of [this.#first, this.#second]) {
        const moment = tf.tidy(() => tf.variable(zeros(variable.shape)));
        moments.set(name, moment);
      }
    }
  }

  /** One update of every variable that is learned. The gradients stay the caller's. */
  apply(gradients: Gradients<N>): void {
    this.iterations += 1;
    const { beta2, epsilon } = fixed;
    const beta1 = this.#beta1;
    const rate = this.learningRate / (1 - beta1 ** this.iterations);
    const correction = Math.sqrt(1 / (1 - beta2 ** this.iterations));
    const numbers = { beta1, beta2, rate, correction, epsilon };
    const byName = gradients as Readonly<Record<string, tf.Tensor | undefined>>;
    for (const [name, variable] of this.#variables) {
      const [gradient, first, second] = [byName[name], this.#first.get(name), this.#second.get(name)];
      if (!first || !second) throw new Error('Adam was disposed.');
      if (!gradient) throw new Error(`There is no gradient for ${name}.`);
      adam(variable, gradient, first, second, numbers);
    }
  }

  /** Its variables by weight, in their order. The optimizer stays their owner. */
  get moments(): Readonly<Record<(typeof moments)[number], ReadonlyMap<string, tf.Variable>>> {
    return { first: this.#first, second: this.#second };
  }

  dispose(): void {
    for (const moments of [this.#first, this.#second]) {
      for (const variable of moments.values()) variable.dispose();
      moments.clear();
    }
  }
}
