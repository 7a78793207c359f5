// What has ended training by itself, and what another press of Train does.
import type { StopReason } from '../../config/stopping.ts';
import type { PageState } from '../state/store.ts';

const more = (n: number | null, one: string, many: string): string =>
  n === null || n === 1 ? `one more ${one}` : `${n} more ${many}`;

export function afterEnd(reason: StopReason, { config, stopRules }: Pick<PageState, 'config' | 'stopRules'>): string {
  switch (reason) {
    case 'epochs':
      return `Done: Train goes on for ${more(config.epochs, 'epoch', 'epochs')}`;
    case 'minutes':
      return `Time is up: Train goes on for ${more(stopRules.minutes, 'minute', 'minutes')}`;
    case 'patience':
      return `No better for ${stopRules.patience ?? 'some'} measurements: Train gives it as many more`;
    default:
      return reason satisfies never;
  }
}
