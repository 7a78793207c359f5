// This browser's wake lock and notifications, for the two switches.
import { keep, recall } from '../preferences/storage.ts';
import type { PageStore } from '../state/store.ts';
import { type Attention, type AttentionParts, createAttention } from './attention.ts';
import type { Notifications } from './notification.ts';

const key = 'ganvas-away';

/** One at a time: a newer one replaces the last. */
const tag = 'ganvas-training';

const notices: Notifications = {
  permission: () => Notification.permission,
  ask: () => Notification.requestPermission(),
  show({ title, body }) {
    try {
      const shown = new Notification(title, { body, tag });
      shown.addEventListener('click', () => {
        window.focus();
        shown.close();
      });
    } catch {
      // Browsers of phones only let a service worker notify; ours brings the page to the front when it is pressed.
      void navigator.serviceWorker?.ready.then((registration) => registration.showNotification(title, { body, tag }));
    }
  },
};

export function openAttention(page: PageStore, noticeOf: AttentionParts['noticeOf']): Attention {
  return createAttention({
    page,
    noticeOf,
    screen: 'wakeLock' in navigator ? navigator.wakeLock : null,
    notices: 'Notification' in window && window.isSecureContext ? notices : null,
    isVisible: () => document.visibilityState === 'visible',
    onVisibility: (listener) => document.addEventListener('visibilitychange', listener),
    recalled: recall(key),
    keep: (choices) => keep(key, choices),
  });
}
