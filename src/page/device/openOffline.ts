// Opens the service worker's client where this page may have a service worker.
import { keepForTab, recallForTab } from '../preferences/storage.ts';
import type { PageStore } from '../state/store.ts';
import { createOffline, type Offline } from './offline.ts';

const reloadedKey = 'ganvas-reloaded-for-threads';

/** Once a tab, also after a reload; never where the browser does not let us remember that it was. */
const once = (): boolean => recallForTab(reloadedKey) === null && keepForTab(reloadedKey, { reloaded: true });

/**
 * null where there are no service workers: on plain http, in some private windows, and while the page is being
 * developed.
 */
export function openOffline(page: PageStore, pageUrl: string): Offline | null {
  if (import.meta.hot !== undefined || !('serviceWorker' in navigator)) return null;
  let pressed = false;
  const press = (): void => {
    pressed = true;
  };
  for (const name of ['pointerdown', 'keydown', 'drop']) addEventListener(name, press, { once: true, capture: true });
  return createOffline({
    container: navigator.serviceWorker,
    isolated: crossOriginIsolated,
    framed: window.top !== window,
    pageUrl,
    isUntouched: () => {
      const { touched, session, intent } = page.getState();
      return !pressed && !touched && session !== 'training' && intent === null;
    },
    reload: () => location.reload(),
    once,
  });
}
