// What is going on, in a word or a sentence.
import type { StopReason } from '../../config/stopping.ts';
import type { PageState } from '../../page/state/store.ts';
import type { Words } from '../words/words.ts';

/** What has ended training by itself, and what another press of Train does. */
export const endWords = (reason: StopReason, { config, stopRules }: PageState, { status }: Words): string =>
  status.ended(reason, { epochs: config.epochs, ...stopRules });

export function stateWords(state: PageState, words: Words): string {
  const { states, doing } = words.status;
  const { session, finished, intent, progress, trainingStatus } = state;
  // Before what is loaded or compiled: the press of Pause shows at once.
  if (intent === 'pause') return states.pausing;
  if (progress !== null) return doing(words.progress(progress));
  if (intent === 'train' && session !== 'training') return states.starting;
  if (intent === 'discriminator') return states.trainingDiscriminator;
  if (intent === 'generator') return states.trainingGenerator;
  switch (session) {
    case 'empty':
      return states.starting;
    case 'loading':
      return states.building;
    case 'ready':
      if (state.description?.resumed !== undefined) return states.readyToGoOn;
      return state.touched ? states.weightsFromFile : states.untrained;
    case 'training':
      return states.training;
    case 'paused':
      if (finished) return endWords(finished, state, words);
      return (trainingStatus?.step ?? 0) === 0 && !state.touched ? states.untrained : states.paused;
    case 'failed':
      return states.stopped;
    default:
      return session satisfies never;
  }
}
