// What is said of the accelerator while none is in use: it is looked for, changed, or could not be started.
import { backend } from '../../page/state/format.ts';
import type { PageState } from '../../page/state/store.ts';

export function acceleratorWords({ session, browser, accelerator, description }: PageState): string {
  if (session === 'failed') return 'Nothing computes at the moment.';
  if (browser === null) return 'Looking at what this browser has…';
  if (accelerator !== 'automatic') return `Switching to ${backend(accelerator)}…`;
  return description === null ? 'Choosing the accelerator…' : 'Choosing the accelerator anew…';
}
