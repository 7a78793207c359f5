// Which of the newest losses and accuracies are old news: the other network has learnt alone since they were measured.
import type { SeriesName } from '../../config/history.ts';
import type { PageState } from './store.ts';

const measuredOf = {
  discriminator: ['discriminatorLoss', 'accuracyReal', 'accuracyFake'],
  generator: ['generatorLoss'],
} as const satisfies Record<string, readonly SeriesName[]>;

const none: readonly SeriesName[] = [];

/** Always the same array for the same answer. */
export function staleSeries({ trainingStatus }: PageState): readonly SeriesName[] {
  const alone = trainingStatus?.alone ?? null;
  if (alone === null) return none;
  return measuredOf[alone.network === 'generator' ? 'discriminator' : 'generator'];
}
