// Which entries of a long record stay where there is room for fewer: the newest, and of those before some, evenly spaced.
import type { Metrics, SeriesName } from '../config/history.ts';
import type { QualityRow } from '../config/quality.ts';

/** Of `length` entries `most`, which are fewer, in their order. The newer half of them has no gaps: it is what a run that goes on is judged by. */
function thinned(length: number, most: number): readonly number[] {
  const newest = Math.ceil(most / 2);
  const older = length - newest;
  const spaced = most - newest;
  return Array.from({ length: most }, (_, i) => (i < spaced ? Math.floor((i * older) / spaced) : older + i - spaced));
}

export function thinnedRows(rows: readonly QualityRow[], most: number): readonly QualityRow[] {
  if (rows.length <= most) return rows;
  return thinned(rows.length, most).map((i) => rows[i] as QualityRow);
}

export function thinnedMetrics(metrics: Metrics, most: number): Metrics {
  if (metrics.steps.length <= most) return metrics;
  const kept = thinned(metrics.steps.length, most);
  const column = (name: SeriesName) => Float32Array.from(kept, (i) => metrics[name][i] as number);
  return {
    steps: Uint32Array.from(kept, (i) => metrics.steps[i] as number),
    discriminatorLoss: column('discriminatorLoss'),
    generatorLoss: column('generatorLoss'),
    accuracyReal: column('accuracyReal'),
    accuracyFake: column('accuracyFake'),
  };
}
