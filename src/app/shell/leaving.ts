// Asks before the page is left with a run that took a while and is nowhere else.
import type { PageStore } from '../store.ts';

/** Steps from which on a run is worth a question. */
const worthAsking = 100;

/** The browser asks in its own words; most do so only if the page was ever touched. */
export function askBeforeLeaving(store: PageStore): void {
  addEventListener('beforeunload', (event) => {
    const { standing, savedStep } = store.getState();
    const step = standing?.step ?? 0;
    if (step - (savedStep ?? 0) >= worthAsking) event.preventDefault();
  });
}
