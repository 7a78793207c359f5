// Thins a long series to what there is room for: of what is old, evenly spaced entries; of what is new, all.
import type { Metrics, SeriesName } from '../config/history.ts';

/**
 * The indices that stay of `length` entries, `most` at most, in order: all of the `newest` entries, and of those before
 * them evenly spaced ones from the first on. The first and the last are always among them.
 */
export function thinnedIndices(length: number, most: number, newest = 1): readonly number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  const older = length - newest;
  const spaced = most - newest;
  return Array.from({ length: most }, (_, i) => (i < spaced ? Math.floor((i * older) / spaced) : older + i - spaced));
}

export function thinned<Item>(items: readonly Item[], most: number, newest = 1): readonly Item[] {
  return thinnedIndices(items.length, most, newest).map((i) => items[i] as Item);
}

export function thinnedMetrics(metrics: Metrics, most: number, newest = 1): Metrics {
  if (metrics.steps.length <= most) return metrics;
  const kept = thinnedIndices(metrics.steps.length, most, newest);
  const column = (name: SeriesName) => Float32Array.from(kept, (i) => metrics[name][i] as number);
  return {
    steps: Uint32Array.from(kept, (i) => metrics.steps[i] as number),
    discriminatorLoss: column('discriminatorLoss'),
    generatorLoss: column('generatorLoss'),
    accuracyReal: column('accuracyReal'),
    accuracyFake: column('accuracyFake'),
  };
}
