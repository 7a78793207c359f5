// Two switches for a visitor who looks elsewhere while training goes on: remembered, and off until they are pressed.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PageStore } from '../state/store.ts';
import { type Notice, type Notifications, notifyAtEnd, type TrainingEnd } from './notification.ts';
import { keepScreenOn, type Screen } from './wakeLock.ts';

export interface AttentionState {
  /** Whether the screen stays on during training; null where the browser cannot do that. */
  readonly screen: boolean | null;
  /** Whether the end of training brings a notification; null where the browser cannot do that. */
  readonly notice: boolean | null;
  /** Whether the browser refuses what was switched on. */
  readonly screenRefused: boolean;
  readonly noticeRefused: boolean;
}

export interface Attention {
  readonly store: StoreApi<AttentionState>;
  chooseScreen(on: boolean): void;
  /** Asks the visitor for permission where there is none yet; stays off where that is refused. */
  chooseNotice(on: boolean): Promise<void>;
}

export interface AttentionParts {
  readonly page: PageStore;
  /** null where the browser has no wake lock. */
  readonly screen: Screen | null;
  /** null where the browser has no notifications. */
  readonly notices: Notifications | null;
  readonly isVisible: () => boolean;
  /** Calls back whenever `isVisible` changes. */
  readonly onVisibility: (listener: () => void) => void;
  /** The words of a notification. */
  readonly noticeOf: (end: TrainingEnd) => Notice;
  /** The switches as the last visit left them, and how to remember them. */
  readonly recalled: unknown;
  readonly keep: (choices: { readonly screen: boolean; readonly notice: boolean }) => void;
}

const isOn = (recalled: unknown, name: 'screen' | 'notice'): boolean =>
  typeof recalled === 'object' && recalled !== null && (recalled as Record<string, unknown>)[name] === true;

export function createAttention(parts: AttentionParts): Attention {
  const { page, screen, notices, recalled, isVisible } = parts;
  const store = createStore<AttentionState>(() => ({
    screen: screen && isOn(recalled, 'screen'),
    // A permission can be taken back between two visits, and is asked for only when the switch is pressed.
    notice: notices && isOn(recalled, 'notice') && notices.permission() === 'granted',
    screenRefused: false,
    noticeRefused: false,
  }));
  const get = store.getState;
  const set = store.setState;
  const keep = (): void => parts.keep({ screen: get().screen === true, notice: get().notice === true });

  if (screen !== null) {
    const isWanted = (): boolean => get().screen === true && page.getState().session === 'training' && isVisible();
    const settle = keepScreenOn(screen, isWanted, (screenRefused) => set({ screenRefused }));
    parts.onVisibility(settle);
    page.subscribe((now, before) => {
      if (now.session !== before.session) settle();
    });
    store.subscribe((now, before) => {
      if (now.screen !== before.screen) settle();
    });
  }
  if (notices !== null) notifyAtEnd(page, notices, () => get().notice === true && !isVisible(), parts.noticeOf);

  return {
    store,
    chooseScreen(on) {
      set({ screen: on, screenRefused: false });
      keep();
    },
    async chooseNotice(on) {
      set({ notice: on, noticeRefused: false });
      if (on && notices !== null && notices.permission() !== 'granted' && (await notices.ask()) !== 'granted') {
        set({ notice: false, noticeRefused: true });
      }
      keep();
    },
  };
}
