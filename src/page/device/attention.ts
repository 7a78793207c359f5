// What the page does for a visitor who looks elsewhere while it trains: two switches, remembered, off until they are pressed.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../state/problems.ts';
import type { PageStore } from '../state/store.ts';
import { type Notifications, notifyAtEnd } from './notification.ts';
import { keepScreenOn, type Screen } from './wakeLock.ts';

export interface AttentionState {
  /** Whether the screen shall stay on while it trains; null where the browser cannot do that. */
  readonly screen: boolean | null;
  /** Whether to be told when training has ended; null where the browser cannot do that. */
  readonly notice: boolean | null;
  /** Why what was switched on does not happen: one sentence for each. */
  readonly screenProblem: string | null;
  readonly noticeProblem: string | null;
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
  /** What a notification says of a problem. */
  readonly sentenceOf: (problem: Problem) => string;
  /** What was kept of the last visit, and keeping it. */
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
    screenProblem: null,
    noticeProblem: null,
  }));
  const get = store.getState;
  const set = store.setState;
  const keep = (): void => parts.keep({ screen: get().screen === true, notice: get().notice === true });

  if (screen !== null) {
    const isWanted = (): boolean => get().screen === true && page.getState().session === 'training' && isVisible();
    const settle = keepScreenOn(screen, isWanted, (screenProblem) => set({ screenProblem }));
    parts.onVisibility(settle);
    page.subscribe((now, before) => {
      if (now.session !== before.session) settle();
    });
    store.subscribe((now, before) => {
      if (now.screen !== before.screen) settle();
    });
  }
  if (notices !== null) notifyAtEnd(page, notices, () => get().notice === true && !isVisible(), parts.sentenceOf);

  return {
    store,
    chooseScreen(on) {
      set({ screen: on, screenProblem: null });
      keep();
    },
    async chooseNotice(on) {
      set({ notice: on, noticeProblem: null });
      if (on && notices !== null && notices.permission() !== 'granted' && (await notices.ask()) !== 'granted') {
        const noticeProblem =
          'The browser does not let this page notify you. Its settings for this site can change that.';
        set({ notice: false, noticeProblem });
      }
      keep();
    },
  };
}
