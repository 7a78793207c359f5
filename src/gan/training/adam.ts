// Adam (Kingma and Ba 2015, algorithm 1) on one network's variables.
import * as tf from '@tensorflow/tfjs';
import type { NetworkName } from '../../config/networks.ts';
import { fixed } from '../../config/run.ts';
import { isMovingStatistic, type moments } from '../../config/weights.ts';
import type { Gradients, Variables } from '../networks/weights.ts';
import { kernels } from '../ops/current.ts';

/**
 * Owns the moments of the given variables, not the variables. It ignores moving statistics among them. tfjs's own Adam
 * is not used: its default epsilon depends on the device, and its state cannot be set before the first step.
 */
export class Adam<N extends NetworkName> {
  learningRate: number;
  readonly #beta1: number;
  /** The learned ones, by name. */
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
        const moment = tf.tidy(() => tf.variable(kernels().zeros(variable.shape)));
        moments.set(name, moment);
      }
    }
  }

  /** One update of every learned variable. The caller owns the gradients. */
  apply(gradients: Gradients<N>): void {
    this.iterations += 1;
    const { beta2, epsilon } = fixed;
    const beta1 = this.#beta1;
    const rate = this.learningRate / (1 - beta1 ** this.iterations);
    const correction = Math.sqrt(1 / (1 - beta2 ** this.iterations));
    const { adam } = kernels();
    const numbers = { beta1, beta2, rate, correction, epsilon };
    const byName = gradients as Readonly<Record<string, tf.Tensor | undefined>>;
    for (const [name, variable] of this.#variables) {
      const [gradient, first, second] = [byName[name], this.#first.get(name), this.#second.get(name)];
      if (!first || !second) throw new Error('Adam was disposed.');
      if (!gradient) throw new Error(`There is no gradient for ${name}.`);
      adam(variable, gradient, first, second, numbers);
    }
  }

  /** The moments of each weight, in the order of the variables. The optimizer owns them. */
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
