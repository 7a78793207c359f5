// The scores of half-steps as the page wants them: one entry a step.

import type { Metrics } from '../../config/history.ts';
import type { HalfStepScores } from '../../gan/training/trainer.ts';

/** One entry a step, in their order; scores of the same step (its two halves) are put together. */
export function metricsOf(scores: readonly HalfStepScores[]): Metrics {
  // A network that is behind fills steps that the other has taken.
  const steps = [...new Set(scores.map(({ step }) => step))].sort((a, b) => a - b);
  const empty = () => new Float32Array(steps.length).fill(Number.NaN);
  const metrics: Metrics = {
    steps: Uint32Array.from(steps),
    discriminatorLoss: empty(),
    generatorLoss: empty(),
    accuracyReal: empty(),
    accuracyFake: empty(),
  };
  const places = new Map(steps.map((step, place) => [step, place]));
  for (const score of scores) {
    const place = places.get(score.step) ?? 0;
    if (score.network === 'generator') {
      metrics.generatorLoss[place] = score.loss;
    } else {
      metrics.discriminatorLoss[place] = score.loss;
      metrics.accuracyReal[place] = score.accuracyReal;
      metrics.accuracyFake[place] = score.accuracyFake;
    }
  }
  return metrics;
}
