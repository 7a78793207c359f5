// Which of several tabs keeps its run: one at most, handed over on request, taken from one that does not answer, never lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTabLock, type LockParts } from '../../src/page/autosave/tabLock.ts';

type Grant = (lock: Lock | null) => unknown;
const lock: Lock = { name: 'ganvas-run', mode: 'exclusive' };

/** One browser's lock of that name, as the specification has it: a holder, a line of those who wait, and stealing. */
class Browser {
  #holder: { end: (error?: DOMException) => void } | null = null;
  #line: (() => void)[] = [];
  readonly #listeners: ((event: MessageEvent) => void)[] = [];

  parts(): LockParts {
    const request = (_: string, options: LockOptions, granted: Grant): Promise<unknown> =>
      this.#request(options, granted);
    const channel = (): ReturnType<LockParts['channel']> => {
      const own: ((event: MessageEvent) => void)[] = [];
      return {
        postMessage: (data: unknown) => {
          for (const each of this.#listeners) if (!own.includes(each)) each({ data } as MessageEvent);
        },
        addEventListener: (_: string, listener: unknown) => {
          own.push(listener as (event: MessageEvent) => void);
          this.#listeners.push(listener as (event: MessageEvent) => void);
        },
      };
    };
    return { locks: { request } as unknown as LockManager, channel };
  }

  get waiting(): number {
    return this.#line.length;
  }

  #request({ ifAvailable, steal, signal }: LockOptions, granted: Grant): Promise<unknown> {
    if (ifAvailable && this.#holder) return Promise.resolve(granted(null));
    return new Promise((resolve, reject) => {
      const take = (): void => {
        const holder = { end: (error?: DOMException) => reject(error) };
        this.#holder = holder;
        void Promise.resolve(granted(lock)).then((value) => {
          if (this.#holder !== holder) return;
          this.#holder = null;
          resolve(value);
          this.#line.shift()?.();
        });
      };
      if (steal) {
        this.#holder?.end(new DOMException('Stolen', 'AbortError'));
        return take();
      }
      if (!this.#holder) return take();
      this.#line.push(take);
      signal?.addEventListener('abort', () => {
        if (!this.#line.includes(take)) return;
        this.#line = this.#line.filter((each) => each !== take);
        reject(new DOMException('Aborted', 'AbortError'));
      });
    });
  }
}

function open(browser: Browser, save: () => Promise<unknown> = async () => {}) {
  const told: boolean[] = [];
  const saved = vi.fn(save);
  const tab = createTabLock(browser.parts());
  tab.begin((mine) => told.push(mine), saved);
  return { tab, told, saved, has: () => told.at(-1) };
}

/** A save that ends when it is told to. */
function slowSave() {
  let finishSaving = (): void => {};
  const ended = new Promise<void>((resolve) => {
    finishSaving = resolve;
  });
  return { save: () => ended, finishSaving };
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the lock on a run', () => {
  it('is had where cookies are blocked: the browser refuses both the lock and the line to other tabs', async () => {
    const refuse = () => new DOMException('The operation is insecure.', 'SecurityError');
    const locks = { request: () => Promise.reject(refuse()) } as unknown as LockManager;
    const channel = (): never => {
      throw refuse();
    };
    const told: boolean[] = [];
    createTabLock({ locks, channel }).begin(
      (mine) => told.push(mine),
      async () => {},
    );
    await settle();
    expect(told).toEqual([true]);
  });

  it('is had by one tab, and the next is told that it has not got it', async () => {
    const browser = new Browser();
    const [first, second] = [open(browser), open(browser)];
    await settle();
    expect([first.told, second.told]).toEqual([[true], [false]]);
    expect(browser.waiting).toBe(1);
  });

  it('is handed over once the tab that has it has saved, and back again as quickly', async () => {
    const browser = new Browser();
    const { save, finishSaving } = slowSave();
    const first = open(browser, save);
    const second = open(browser);
    await settle();
    second.tab.takeOver();
    await settle();
    expect([first.has(), second.has()]).toEqual([true, false]);
    finishSaving();
    await settle();
    expect([first.has(), second.has()]).toEqual([false, true]);
    first.tab.takeOver();
    await settle();
    expect(second.saved).toHaveBeenCalledOnce();
    expect([first.has(), second.has()]).toEqual([true, false]);
    // Nobody steals what was given.
    await vi.advanceTimersByTimeAsync(20_000);
    expect([first.told, second.told]).toEqual([
      [true, false, true],
      [false, true, false],
    ]);
    expect(browser.waiting).toBe(1);
  });

  it('is taken from a tab that does not answer, which may have it back', async () => {
    const browser = new Browser();
    const hung = open(browser, () => new Promise(() => {}));
    const second = open(browser);
    await settle();
    second.tab.takeOver();
    await vi.advanceTimersByTimeAsync(4_900);
    expect([hung.has(), second.has()]).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(200);
    expect([hung.has(), second.has()]).toEqual([false, true]);
    expect(browser.waiting).toBe(1);
    hung.tab.takeOver();
    await settle();
    expect([hung.has(), second.has()]).toEqual([true, false]);
  });

  it('given up late, after it was stolen, gives up nothing', async () => {
    const browser = new Browser();
    const { save, finishSaving } = slowSave();
    const slow = open(browser, save);
    const second = open(browser);
    await settle();
    second.tab.takeOver();
    await vi.advanceTimersByTimeAsync(6_000);
    finishSaving();
    await settle();
    expect([slow.told, second.told]).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(browser.waiting).toBe(1);
  });

  it('is everybody’s where the browser has no locks', () => {
    const told: boolean[] = [];
    createTabLock({ ...new Browser().parts(), locks: null }).begin(
      (mine) => told.push(mine),
      async () => {},
    );
    expect(told).toEqual([true]);
  });

  it('is everybody’s where the browser refuses every request, and is not asked for again', async () => {
    let asked = 0;
    const request = async (): Promise<never> => {
      asked += 1;
      // An endless row of refusals would leave no time to end the test.
      if (asked > 10) return new Promise(() => {});
      throw new DOMException('Cookies are blocked', 'SecurityError');
    };
    const told: boolean[] = [];
    const locks = { request } as unknown as LockManager;
    createTabLock({ ...new Browser().parts(), locks }).begin(
      (mine) => told.push(mine),
      async () => {},
    );
    await settle();
    expect(asked).toBe(1);
    expect(told).toEqual([true]);
  });
});
