// The status of the accelerator while none is in use: the page looks for one, changes it, or could not start it.
import type { PageState } from '../../page/state/store.ts';
import type { Words } from '../words/words.ts';

type AcceleratorFacts = Pick<PageState, 'session' | 'browser' | 'accelerator' | 'description'>;

export function acceleratorWords(
  { session, browser, accelerator, description }: AcceleratorFacts,
  { accelerators, backends }: Words,
): string {
  if (session === 'failed') return accelerators.none;
  if (browser === null) return accelerators.looking;
  if (accelerator !== 'automatic') return accelerators.switching(backends[accelerator]);
  return description === null ? accelerators.choosing : accelerators.choosingAnew;
}
