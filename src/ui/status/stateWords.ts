// What is going on, in a word or a sentence.

import { afterEnd } from '../../page/device/afterEnd.ts';
import type { PageState } from '../../page/state/store.ts';
import type { WorkerWords } from '../words/useErrorWords.ts';

export function stateWords(state: PageState, words: Pick<WorkerWords, 'progress'>): string {
  const { session, finished, intent, progress, trainingStatus } = state;
  // Before what is loaded or compiled: whoever presses Pause sees at once that it was heard.
  if (intent === 'pause') return 'Pausing…';
  if (progress !== null) return `${words.progress(progress)}…`;
  if (intent === 'train' && session !== 'training') return 'Starting…';
  if (intent === 'discriminator') return 'Training the discriminator…';
  if (intent === 'generator') return 'Training the generator…';
  switch (session) {
    case 'empty':
      return 'Starting…';
    case 'loading':
      return 'Building the networks…';
    case 'ready':
      if (state.description?.resumed !== undefined) return 'Ready to go on';
      return state.touched ? 'Weights from a file' : 'Untrained';
    case 'training':
      return 'Training';
    case 'paused':
      if (finished) return afterEnd(finished, state);
      return (trainingStatus?.step ?? 0) === 0 && !state.touched ? 'Untrained' : 'Paused';
    case 'failed':
      return 'Stopped';
    default:
      return session satisfies never;
  }
}
