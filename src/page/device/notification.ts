// A notice for a visitor who looks elsewhere: training has ended by itself, or by an error.

import type { Problem } from '../state/problems.ts';
import type { PageStore } from '../state/store.ts';
import { afterEnd } from './afterEnd.ts';

/** What of the browser's notifications this needs. */
export interface Notifications {
  permission(): NotificationPermission;
  /** Asks the visitor. */
  ask(): Promise<NotificationPermission>;
  show(title: string, body: string): void;
}

/** A pause is the visitor's own doing, and no news. */
export function notifyAtEnd(
  page: PageStore,
  notices: Notifications,
  isWanted: () => boolean,
  sentenceOf: (problem: Problem) => string,
): void {
  page.subscribe((now, before) => {
    if (before.session !== 'training' || now.session === 'training' || !isWanted()) return;
    if (now.session === 'paused' && now.finished !== null) {
      notices.show('Ganvas: training has ended', afterEnd(now.finished, now));
    }
    // What went wrong may be put into the store right after this.
    if (now.session === 'failed') {
      queueMicrotask(() => {
        const problem = page.getState().problems.at(-1);
        notices.show('Ganvas: training has stopped', problem ? sentenceOf(problem) : 'The page says why.');
      });
    }
  });
}
