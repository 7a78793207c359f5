// How parts of the page know what the service worker does.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Offline, OfflineState } from '../../page/device/offline.ts';

/** null where the page has no service worker. */
export const OfflineContext = createContext<Offline | null>(null);

const nothing = createStore<OfflineState>(() => ({ kept: null, offer: null }));

export function useOffline(): readonly [Offline | null, OfflineState] {
  const offline = useContext(OfflineContext);
  return [offline, useStore(offline?.store ?? nothing)];
}
