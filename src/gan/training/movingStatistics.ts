// The moving statistics of batch normalisation: exponential averages of the batches' moments, used to draw digits.
import * as tf from '@tensorflow/tfjs';
import type { NormalisedLayer } from '../../config/networks.ts';
import { fixed } from '../../config/run.ts';
import { isMovingStatistic, type MovingStatistic } from '../../config/weights.ts';
import type { GeneratorTape } from '../networks/generator.ts';
import type { Variables } from '../networks/weights.ts';
import type { Moments } from '../ops/base/kernels.ts';
import { kernels } from '../ops/current.ts';

/** A tensor for each moving statistic; none without batch normalisation. */
export type MovingStatistics = Readonly<Partial<Record<MovingStatistic, tf.Tensor>>>;

const momentum = fixed.normalisationMomentum;

/**
 * A chunk's share of the moving statistics after a half-step. Each chunk in turn sets them to momentum · before +
 * (1 − momentum) · its own; as shares of a sum they add up over chunks like the gradients. The caller disposes them.
 */
export function movingShare(
  weights: Variables<'generator'>,
  { normalised }: GeneratorTape,
  chunk: number,
  chunks: number,
): MovingStatistics {
  const shares: Partial<Record<MovingStatistic, tf.Tensor>> = {};
  if (!normalised) return shares;
  const weight = (1 - momentum) * momentum ** (chunks - 1 - chunk);
  for (const [layer, { moments }] of Object.entries(normalised) as [NormalisedLayer, { moments: Moments }][]) {
    for (const of of ['mean', 'variance'] as const) {
      const name: MovingStatistic = `generator/${layer}_norm/moving_${of}`;
      const before = weights[name];
      if (!before) throw new Error(`There is no ${name}.`);
      shares[name] =
        chunk === 0
          ? kernels().weightedSum(before, momentum ** chunks, moments[of], weight)
          : tf.mul(moments[of], weight);
    }
  }
  return shares;
}

/** Sets the moving statistics among `variables` to the values of the same names. */
export function assignMovingStatistics(
  variables: Readonly<Record<string, tf.Variable>>,
  values: Readonly<Record<string, tf.Tensor>>,
): void {
  for (const [name, variable] of Object.entries(variables)) {
    if (!isMovingStatistic(name)) continue;
    const value = values[name];
    if (value) variable.assign(value);
  }
}
