// The wake lock: held exactly while it is wanted, asked for again after the browser has taken it back.

/** What of `navigator.wakeLock` this needs. */
export interface Screen {
  request(type: 'screen'): Promise<ScreenLock>;
}

export interface ScreenLock {
  release(): Promise<void>;
  addEventListener(type: 'release', listener: () => void): void;
}

const refused = 'The browser does not keep the screen on now; saving the battery is a usual reason.';

/** @returns what to call whenever `isWanted` may have changed. `say` gets one sentence on why it failed, or null. */
export function keepScreenOn(
  screen: Screen,
  isWanted: () => boolean,
  say: (problem: string | null) => void,
): () => void {
  let held: ScreenLock | null = null;
  let busy = false;

  async function lock(): Promise<void> {
    const mine = await screen.request('screen');
    held = mine;
    // The browser takes it back when the page goes out of sight.
    mine.addEventListener('release', () => {
      if (held === mine) held = null;
    });
    say(null);
  }

  async function release(mine: ScreenLock): Promise<void> {
    held = null;
    await mine.release();
  }

  async function settle(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      // What is wanted may change while the browser answers.
      while (isWanted() !== (held !== null)) await (held === null ? lock() : release(held));
      if (!isWanted()) say(null);
    } catch {
      // It is asked for again when training or the page's being seen changes; until then the switch says so.
      if (isWanted()) say(refused);
    } finally {
      busy = false;
    }
  }
  return () => void settle();
}
