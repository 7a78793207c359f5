// What is large waits until the page was drawn: as long as that takes where it is seen, and not for ever where it is
// not.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterFirstPaint } from '../../src/ui/components/afterFirstPaint.ts';

/** The browser tells that it has drawn. */
let paint = () => {};

function page(visibilityState: DocumentVisibilityState, tells: boolean): void {
  vi.stubGlobal('document', { visibilityState });
  class Observer {
    static supportedEntryTypes = tells ? ['paint'] : [];
    constructor(callback: (list: { getEntriesByName(name: string): readonly string[] }) => void) {
      paint = () => callback({ getEntriesByName: (name) => [name] });
    }
    observe() {}
    disconnect() {
      paint = () => {};
    }
  }
  vi.stubGlobal('PerformanceObserver', Observer);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what waits for the first paint', () => {
  it('comes with it, once, however long it takes to draw a page that is seen', () => {
    page('visible', true);
    const work = vi.fn();
    afterFirstPaint(work);
    vi.advanceTimersByTime(2_000);
    expect(work).not.toHaveBeenCalled();
    paint();
    vi.advanceTimersByTime(10_000);
    expect(work).toHaveBeenCalledOnce();
  });

  it.each([
    ['the page is out of sight', 'hidden', true, 500],
    ['the browser does not tell', 'visible', false, 500],
    ['it never comes', 'visible', true, 3_000],
  ] as const)('comes without it where %s', (_, visibility, tells, ms) => {
    page(visibility, tells);
    const work = vi.fn();
    afterFirstPaint(work);
    vi.advanceTimersByTime(ms - 1);
    expect(work).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(work).toHaveBeenCalledOnce();
  });

  it('does not come when it is called off', () => {
    page('visible', true);
    const work = vi.fn();
    afterFirstPaint(work)();
    paint();
    vi.advanceTimersByTime(10_000);
    expect(work).not.toHaveBeenCalled();
  });
});
