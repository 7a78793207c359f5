// The wake lock: the page holds it while it is wanted, and asks again after the browser has taken it back.

/** What of `navigator.wakeLock` this needs. */
export interface Screen {
  request(type: 'screen'): Promise<ScreenLock>;
}

export interface ScreenLock {
  release(): Promise<void>;
  addEventListener(type: 'release', listener: () => void): void;
}

/** @returns what to call whenever `isWanted` may have changed. `report` gets whether the browser refuses it. */
export function keepScreenOn(screen: Screen, isWanted: () => boolean, report: (refused: boolean) => void): () => void {
  let held: ScreenLock | null = null;
  let busy = false;

  async function lock(): Promise<void> {
    const mine = await screen.request('screen');
    held = mine;
    // The browser takes it back when the page goes out of sight.
    mine.addEventListener('release', () => {
      if (held === mine) held = null;
    });
    report(false);
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
      if (!isWanted()) report(false);
    } catch {
      // The next change of the session or of the page's visibility asks again; until then the switch shows the refusal.
      if (isWanted()) report(true);
    } finally {
      busy = false;
    }
  }
  return () => void settle();
}
