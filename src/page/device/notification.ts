// A notification for a visitor who looks elsewhere: training has ended by itself, or by an error.
import type { StopReason } from '../../config/stopping.ts';
import type { Problem } from '../state/problems.ts';
import type { PageState, PageStore } from '../state/store.ts';

/** How training has ended: by a rule, in this state of the page, or by a problem (null where none was reported). */
export type TrainingEnd =
  | { readonly reason: StopReason; readonly state: PageState }
  | { readonly reason: 'failed'; readonly problem: Problem | null };

export interface Notice {
  readonly title: string;
  readonly body: string;
}

/** What of the browser's notifications this needs. */
export interface Notifications {
  permission(): NotificationPermission;
  /** Asks the visitor. */
  ask(): Promise<NotificationPermission>;
  show(notice: Notice): void;
}

/** No notification for a pause: the visitor pressed it. */
export function notifyAtEnd(
  page: PageStore,
  notices: Notifications,
  isWanted: () => boolean,
  noticeOf: (end: TrainingEnd) => Notice,
): void {
  page.subscribe((now, before) => {
    if (before.session !== 'training' || now.session === 'training' || !isWanted()) return;
    if (now.session === 'paused' && now.finished !== null) {
      notices.show(noticeOf({ reason: now.finished, state: now }));
    }
    // The problem may reach the store right after this.
    if (now.session === 'failed') {
      queueMicrotask(() => {
        notices.show(noticeOf({ reason: 'failed', problem: page.getState().problems.at(-1) ?? null }));
      });
    }
  });
}
