// The two switches for visitors who look elsewhere: when the screen is kept on, and when they are told; with fakes of
// the browser's part.
import { describe, expect, it } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { createAttention } from '../../src/page/device/attention.ts';
import type { Notice } from '../../src/page/device/notification.ts';
import { problemOf } from '../../src/page/state/problems.ts';
import { createPageStore, type PageState } from '../../src/page/state/store.ts';
import { noticeOf } from '../../src/ui/status/noticeOf.ts';
import { english } from '../../src/ui/words/en/index.ts';

class FakeLock extends EventTarget {
  released = false;
  async release(): Promise<void> {
    this.released = true;
    this.dispatchEvent(new Event('release'));
  }
}

interface Given {
  readonly recalled?: unknown;
  readonly permission?: NotificationPermission;
  /** What the visitor answers when asked. */
  readonly answer?: NotificationPermission;
  readonly can?: boolean;
}

function setUp({ recalled = null, permission = 'default', answer = 'granted', can = true }: Given = {}) {
  const page = createPageStore();
  const locks: FakeLock[] = [];
  const kept: unknown[] = [];
  const shown: string[] = [];
  const listeners: (() => void)[] = [];
  const browser = { visible: true, refuses: false, permission, asked: 0 };
  const screen = {
    async request() {
      if (browser.refuses) throw new DOMException('Not now.', 'NotAllowedError');
      locks.push(new FakeLock());
      return locks.at(-1) ?? new FakeLock();
    },
  };
  const notices = {
    permission: () => browser.permission,
    async ask() {
      browser.asked += 1;
      browser.permission = answer;
      return answer;
    },
    show: ({ title, body }: Notice) => shown.push(`${title} / ${body}`),
  };
  const away = createAttention({
    page,
    noticeOf: (end) => noticeOf(end, english),
    screen: can ? screen : null,
    notices: can ? notices : null,
    isVisible: () => browser.visible,
    onVisibility: (listener) => listeners.push(listener),
    recalled,
    keep: (choices) => kept.push(choices),
  });
  const look = (visible: boolean): void => {
    browser.visible = visible;
    for (const listener of listeners) listener();
  };
  const held = (): number => locks.filter(({ released }) => !released).length;
  const become = (change: Partial<PageState>): void => page.setState(change);
  return { away, become, browser, held, kept, locks, look, shown };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('keeping the screen on', () => {
  it('is off, and kept off, until the switch is pressed', async () => {
    const { away, become, locks } = setUp();
    expect(away.store.getState().screen).toBe(false);
    become({ session: 'training' });
    await settled();
    expect(locks).toHaveLength(0);
  });

  it('lasts as long as training, from press to pause', async () => {
    const { away, become, held, kept } = setUp();
    away.chooseScreen(true);
    await settled();
    expect(held()).toBe(0);
    become({ session: 'training' });
    await settled();
    expect(held()).toBe(1);
    become({ session: 'paused' });
    await settled();
    expect(held()).toBe(0);
    become({ session: 'training' });
    await settled();
    expect(held()).toBe(1);
    away.chooseScreen(false);
    await settled();
    expect(held()).toBe(0);
    expect(kept).toEqual([
      { screen: true, notice: false },
      { screen: false, notice: false },
    ]);
  });

  it('is asked for again after the page was out of sight', async () => {
    const { become, held, locks, look } = setUp({ recalled: { screen: true } });
    become({ session: 'training' });
    await settled();
    // The browser takes it back by itself.
    await locks[0]?.release();
    look(false);
    await settled();
    expect([locks.length, held()]).toEqual([1, 0]);
    look(true);
    await settled();
    expect([locks.length, held()]).toEqual([2, 1]);
  });

  it('is let go where training ended while the browser still answered', async () => {
    const { become, held, locks } = setUp({ recalled: { screen: true } });
    become({ session: 'training' });
    become({ session: 'paused' });
    await settled();
    expect([locks.length, held()]).toEqual([1, 0]);
  });

  it('says where the browser refuses, and tries again later', async () => {
    const { away, become, browser, held, look } = setUp({ recalled: { screen: true } });
    browser.refuses = true;
    become({ session: 'training' });
    await settled();
    expect(away.store.getState().screenRefused).toBe(true);
    browser.refuses = false;
    look(true);
    await settled();
    expect([held(), away.store.getState().screenRefused]).toEqual([1, false]);
  });
});

describe('the notice', () => {
  const ended = { session: 'paused', finished: 'epochs' } as const;

  it('asks for permission when the switch is pressed, and not before', async () => {
    const { away, browser, kept } = setUp();
    expect(browser.asked).toBe(0);
    await away.chooseNotice(true);
    expect(browser.asked).toBe(1);
    expect(away.store.getState()).toMatchObject({ notice: true, noticeRefused: false });
    await away.chooseNotice(false);
    await away.chooseNotice(true);
    expect(browser.asked).toBe(1);
    expect(kept.at(-1)).toEqual({ screen: false, notice: true });
  });

  it.each(['denied', 'default'] as const)('says so and goes off where the answer is “%s”', async (answer) => {
    const { away, kept } = setUp({ answer });
    await away.chooseNotice(true);
    expect(away.store.getState()).toMatchObject({
      notice: false,
      noticeRefused: true,
    });
    expect(kept.at(-1)).toEqual({ screen: false, notice: false });
  });

  it('is remembered while the permission lasts', () => {
    const recalled = { notice: true };
    expect(setUp({ recalled, permission: 'granted' }).away.store.getState().notice).toBe(true);
    const { away, browser } = setUp({ recalled, permission: 'denied' });
    expect(away.store.getState().notice).toBe(false);
    expect(browser.asked).toBe(0);
  });

  it('comes when training ends by itself and nobody looks', () => {
    const { become, look, shown } = setUp({ recalled: { notice: true }, permission: 'granted' });
    look(false);
    become({ session: 'training' });
    become(ended);
    expect(shown).toEqual([expect.stringMatching(/^Ganvas: training has ended \/ Done: Train goes on for/)]);
  });

  it('says what went wrong, also where that is known a moment later', async () => {
    const { become, look, shown } = setUp({ recalled: { notice: true }, permission: 'granted' });
    look(false);
    become({ session: 'training' });
    become({ session: 'failed' });
    become({ problems: [problemOf(new GanvasError('worker-crashed', { message: '' }), 'page')] });
    await settled();
    expect(shown).toEqual(['Ganvas: training has stopped / The worker that trains has crashed.']);
  });

  it.each([
    ['the page is in sight', true, ended, { notice: true }],
    ['the visitor has paused', false, { session: 'paused', finished: null } as const, { notice: true }],
    ['the switch is off', false, ended, null],
  ])('does not come where %s', async (_, visible, change, recalled) => {
    const { become, look, shown } = setUp({ recalled, permission: 'granted' });
    look(visible);
    become({ session: 'training' });
    become(change);
    await settled();
    expect(shown).toEqual([]);
  });
});

describe('a browser without either', () => {
  it('has no switches', () => {
    const { away } = setUp({ can: false, recalled: { screen: true, notice: true } });
    expect(away.store.getState()).toMatchObject({ screen: null, notice: null });
  });

  it('whose storage holds something else begins with both off', () => {
    for (const recalled of ['yes', 7, { screen: 'on', notice: 1 }, []]) {
      const { away } = setUp({ recalled, permission: 'granted' });
      expect(away.store.getState()).toMatchObject({ screen: false, notice: false });
    }
  });
});
