// An exponential moving average of the generator's weights (Yazıcı et al. 2019, The Unusual Effectiveness of Averaging
// in GAN Training): two competing networks circle around a balance, and the average is nearer to it than any single
// step.
import * as tf from '@tensorflow/tfjs';
import type { Variables } from '../networks/weights.ts';
import { kernels } from '../ops/current.ts';

/** average ← decay · average + (1 − decay) · weights, for every weight, moving statistics included. */
export function moveAverage(average: Variables<'generator'>, weights: Variables<'generator'>, decay: number): void {
  for (const [name, variable] of Object.entries(average) as [keyof typeof average, tf.Variable][]) {
    const weight = weights[name];
    if (!weight) throw new Error(`There is an average of ${name}, and no such weight.`);
    tf.tidy(() => variable.assign(kernels().weightedSum(variable, decay, weight, 1 - decay)));
  }
}
