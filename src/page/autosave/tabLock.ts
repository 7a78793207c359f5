// Which tab of this browser keeps its run: one at most, by a lock that the browser gives up when the tab is gone.

const name = 'ganvas-run';
/** How long the tab that has the run may take to save it before it is taken away. */
const patienceMs = 5_000;

export interface TabLock {
  /**
   * Asks for it. `onChange` is told whether this tab has it, now and whenever that changes; `onAsked` is called, and waited
   * for, before it is handed over to a tab that asked for it.
   */
  begin(onChange: (mine: boolean) => void, onAsked: () => Promise<unknown>): void;
  /** Has the other tab save its run and hand over; one that does not answer is not waited for. */
  takeOver(): void;
}

/** What is needed of the browser: tests bring their own. */
export interface LockParts {
  /** null on plain http: then every tab keeps its run, and nobody knows of the others. So it is where it refuses every request. */
  readonly locks: Pick<LockManager, 'request'> | null;
  readonly channel: () => Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
}

export const browserTabLock = (): TabLock =>
  createTabLock({ locks: navigator.locks ?? null, channel: () => new BroadcastChannel(name) });

export function createTabLock({ locks, channel }: LockParts): TabLock {
  let tell: (mine: boolean) => void = () => {};
  let askedFor: () => Promise<unknown> = async () => {};
  let line: ReturnType<LockParts['channel']> | null = null;
  let release: (() => void) | null = null;
  let waiting: AbortController | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;

  /** Holds it until it is handed over, or stolen. */
  const hold = (): Promise<void> =>
    new Promise((resolve) => {
      clearTimeout(patience);
      release = () => {
        release = null;
        tell(false);
        resolve();
        // Next in line, for when the other tab is closed.
        queue();
      };
      tell(true);
    });

  /** Another tab has stolen it; or the browser has no locks for this page, as where cookies are blocked: asked again, it refuses again. */
  function fail(error: unknown): void {
    release = null;
    const stolen = error instanceof DOMException && error.name === 'AbortError';
    tell(!stolen);
    if (stolen) queue();
  }

  /** Waits for its turn; a tab that has not got the lock stands in line once. */
  function queue(): void {
    const place = new AbortController();
    waiting = place;
    locks?.request(name, { signal: place.signal }, hold).catch((error: unknown) => {
      if (!place.signal.aborted) fail(error);
    });
  }

  function steal(): void {
    // Its place in line would otherwise come before that of the tab that is robbed, when that one wants it back.
    waiting?.abort();
    locks?.request(name, { steal: true }, hold).catch(fail);
  }

  /** null where cookies are blocked: then the browser refuses the lock, too, and no tab can take over. */
  function openLine(): ReturnType<LockParts['channel']> | null {
    try {
      return channel();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'SecurityError') return null;
      throw error;
    }
  }

  return {
    begin(onChange, onAsked) {
      tell = onChange;
      askedFor = onAsked;
      if (locks === null) return onChange(true);
      line = openLine();
      line?.addEventListener('message', ({ data }: MessageEvent) => {
        if (data !== 'hand over' || release === null) return;
        const giveUp = release;
        void askedFor().finally(() => {
          // Stolen meanwhile, there is nothing left to give.
          if (release === giveUp) giveUp();
        });
      });
      // Said at once if another tab has it; else this one waits in line and gets it when that one is closed.
      locks
        .request(name, { ifAvailable: true }, (lock) => {
          if (lock !== null) return hold();
          onChange(false);
          queue();
          return undefined;
        })
        .catch(fail);
    },
    takeOver() {
      if (locks === null || release !== null) return;
      line?.postMessage('hand over');
      clearTimeout(patience);
      patience = setTimeout(steal, patienceMs);
    },
  };
}
