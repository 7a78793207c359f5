// One update by Adam of one variable: in a single pass over memory where the backend has a kernel of ours for it.
import * as tf from '@tensorflow/tfjs';
import { weightedSum } from './elementwise.ts';
import { type AdamAttributes, type AdamStepAttributes, kernelNames, runOwn } from './own.ts';

/**
 * m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², w ← w − rate · m / (√v · correction + ε). `rate` and `correction` hold the
 * corrections for the moments' start at zero: learning rate / (1 − β₁ᵗ) and √(1 / (1 − β₂ᵗ)). All have the variable's shape.
 */
export function adam(
  variable: tf.Variable,
  gradient: tf.Tensor,
  first: tf.Variable,
  second: tf.Variable,
  numbers: AdamAttributes,
): void {
  if (runOwn(kernelNames.adam, { variable, gradient, first, second }, numbers)) return;
  const { beta1, beta2 } = numbers;
  tf.tidy(() => {
    first.assign(weightedSum(first, beta1, gradient, 1 - beta1));
    second.assign(weightedSum(second, beta2, gradient, 1 - beta2, 2));
    variable.assign(step(variable, first, second, numbers));
  });
}

function step(variable: tf.Tensor, first: tf.Tensor, second: tf.Tensor, numbers: AdamStepAttributes): tf.Tensor {
  const { rate, correction, epsilon } = numbers;
  return (
    runOwn(kernelNames.adamStep, { variable, first, second }, { rate, correction, epsilon }) ??
    tf.sub(variable, tf.mul(tf.div(first, tf.add(tf.mul(tf.sqrt(second), correction), epsilon)), rate))
  );
}
