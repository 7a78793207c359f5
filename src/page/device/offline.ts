// The page and its service worker: makes the page available offline, and offers a reload when that brings something.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { serviceWorkerFile, takeOver } from '../../protocol/serviceWorker.ts';

/** What a reload would bring. */
export type Offer = { readonly kind: 'version'; readonly waiting: ServiceWorker } | { readonly kind: 'threads' };

export interface OfflineState {
  /** Whether the page opens without a network; null until that is known. */
  readonly kept: boolean | null;
  readonly offer: Offer | null;
}

export interface Offline {
  readonly store: StoreApi<OfflineState>;
  /** Starts the service worker. It fetches the whole page: not before the page has been drawn. */
  begin(): void;
  /** Reloads the page, with what was offered. Only a press of the visitor calls it. */
  take(): void;
  refuse(): void;
}

/** What of the browser this needs. */
export interface Surroundings {
  readonly container: Pick<
    ServiceWorkerContainer,
    'controller' | 'ready' | 'register' | 'addEventListener' | 'removeEventListener'
  >;
  readonly isolated: boolean;
  /** Whether the page is in a frame: that is isolated only where the page around it is, whoever serves it. */
  readonly framed: boolean;
  /** The page's folder. */
  readonly pageUrl: string;
  /** Whether the page may reload without asking: nothing was pressed, nothing trains. */
  readonly isUntouched: () => boolean;
  readonly reload: () => void;
  /** Returns true once and then never again, not even after a reload; false where that cannot be stored. */
  readonly once: () => boolean;
}

export function createOffline(surroundings: Surroundings): Offline {
  const { container, isolated, framed, pageUrl, isUntouched, reload, once } = surroundings;
  const store = createStore<OfflineState>(() => ({ kept: null, offer: null }));
  const set = store.setState;

  function offerWhenWaiting(worker: ServiceWorker): void {
    const look = (): void => {
      const { offer } = store.getState();
      if (worker.state === 'installed') set({ offer: { kind: 'version', waiting: worker } });
      // A still newer one has taken its place, and offers itself.
      else if (worker.state === 'redundant' && offer?.kind === 'version' && offer.waiting === worker)
        set({ offer: null });
    };
    worker.addEventListener('statechange', look);
    look();
  }

  /** null where cookies are blocked: the browser refuses to say. */
  async function whenReady(): Promise<ServiceWorkerRegistration | null> {
    try {
      return await container.ready;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'SecurityError') return null;
      throw error;
    }
  }

  async function follow(): Promise<void> {
    const registration = await whenReady();
    if (registration === null) return set({ kept: false });
    set({ kept: true });
    const { waiting, installing } = registration;
    for (const worker of [waiting, installing]) if (worker !== null) offerWhenWaiting(worker);
    registration.addEventListener('updatefound', () => {
      if (registration.installing !== null) offerWhenWaiting(registration.installing);
    });
  }

  return {
    store,
    begin() {
      // A page that the service worker has given and that is not isolated all the same would not be it next time.
      if (!isolated && !framed && container.controller === null) {
        const onFirst = (): void => {
          container.removeEventListener('controllerchange', onFirst);
          if (isUntouched() && once()) reload();
          else set({ offer: { kind: 'threads' } });
        };
        container.addEventListener('controllerchange', onFirst);
      }
      // Where the browser keeps nothing (some private windows), the page works as long as it is open.
      container.register(new URL(serviceWorkerFile, pageUrl)).catch(() => set({ kept: false }));
      void follow();
    },
    take() {
      const { offer } = store.getState();
      if (offer === null) return;
      // In another tab it may have been taken already.
      if (offer.kind === 'threads' || offer.waiting.state !== 'installed') return reload();
      container.addEventListener('controllerchange', reload);
      offer.waiting.postMessage(takeOver);
    },
    refuse: () => set({ offer: null }),
  };
}
