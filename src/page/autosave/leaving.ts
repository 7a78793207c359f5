// Before the page is left: a question where a run took a while and its weights are nowhere else, and the last save.

import type { PageStore } from '../state/store.ts';
import { isSaved } from './autosave.ts';

/** Steps from which on a run is worth a question. */
const worthAsking = 100;

/** The browser asks in its own words; most do so only if the page was ever touched. */
export function askBeforeLeaving(store: PageStore): void {
  addEventListener('beforeunload', (event) => {
    const { trainingStatus, savedStep } = store.getState();
    // What the browser keeps by itself is there next time.
    if (isSaved(store.getState())) return;
    const step = trainingStatus?.step ?? 0;
    if (step - (savedStep ?? 0) >= worthAsking) event.preventDefault();
  });
}

/** The last moment at which a page surely still runs is when it goes out of sight. */
export function saveWhenHidden({
  runs,
  autosave,
}: {
  readonly runs: { save(): Promise<void> };
  readonly autosave: { save(): Promise<void> };
}): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void runs.save();
    if (document.visibilityState === 'hidden') void autosave.save();
  });
}
