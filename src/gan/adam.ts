// Adam (Kingma and Ba 2015, algorithm 1) on one network's variables.
import * as tf from '@tensorflow/tfjs';
import type { NetworkName } from '../config/networks.ts';
import { fixed } from '../config/run.ts';
import { adam } from './ops/adam.ts';
import type { Gradients, Variables, WeightNamesOf } from './weights.ts';

/**
 * Owns the moments of the variables it was given (not the variables). tfjs's own Adam is not used: its default epsilon
 * depends on the device, and its state cannot be set before the first step.
 */
export class Adam<N extends NetworkName> {
  learningRate: number;
  readonly #beta1: number;
  readonly #variables: Variables<N>;
  readonly #names: WeightNamesOf[N][];
  readonly #first = new Map<string, tf.Variable>();
  readonly #second = new Map<string, tf.Variable>();
  /** Updates done so far. */
  iterations = 0;

  constructor(variables: Variables<N>, learningRate: number, beta1: number) {
    this.learningRate = learningRate;
    this.#beta1 = beta1;
    this.#variables = variables;
    this.#names = Object.keys(variables) as WeightNamesOf[N][];
    for (const name of this.#names) {
      this.#first.set(
        name,
        tf.tidy(() => tf.variable(tf.zerosLike(variables[name]))),
      );
      this.#second.set(
        name,
        tf.tidy(() => tf.variable(tf.zerosLike(variables[name]))),
      );
    }
  }

  /** One update of every variable. The gradients stay the caller's. */
  apply(gradients: Gradients<N>): void {
    this.iterations += 1;
    const { beta2, epsilon } = fixed;
    const beta1 = this.#beta1;
    const rate = this.learningRate / (1 - beta1 ** this.iterations);
    const correction = Math.sqrt(1 / (1 - beta2 ** this.iterations));
    const numbers = { beta1, beta2, rate, correction, epsilon };
    for (const name of this.#names) {
      const first = this.#first.get(name);
      const second = this.#second.get(name);
      if (!first || !second) throw new Error(`Adam was disposed, or never had ${name}.`);
      adam(this.#variables[name], gradients[name], first, second, numbers);
    }
  }

  dispose(): void {
    for (const moments of [this.#first, this.#second]) {
      for (const variable of moments.values()) variable.dispose();
      moments.clear();
    }
  }
}
