// What the browser keeps under a name, and what is left of it where it keeps nothing or something else.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keep, keepForTab, keepText, recall, recallForTab, recallText } from '../../src/page/preferences/storage.ts';

afterEach(() => vi.unstubAllGlobals());

function fakePlace(name: 'localStorage' | 'sessionStorage'): Map<string, string> {
  const kept = new Map<string, string>();
  vi.stubGlobal(name, {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  return kept;
}

describe('what is kept', () => {
  it('comes back, for visits and for the tab apart, until it is forgotten', () => {
    const [visits, tab] = [fakePlace('localStorage'), fakePlace('sessionStorage')];
    expect(keep('a', { x: 1 })).toBe(true);
    expect(keepForTab('a', { x: 2 })).toBe(true);
    expect([recall('a'), recallForTab('a')]).toEqual([{ x: 1 }, { x: 2 }]);
    expect([keep('a', null), keepForTab('a', null)]).toEqual([true, true]);
    expect([recall('a'), recallForTab('a'), visits.size, tab.size]).toEqual([null, null, 0, 0]);
  });

  it('is the very text where it is text', () => {
    const visits = fakePlace('localStorage');
    expect(recallText('theme')).toBeNull();
    expect(keepText('theme', 'dark')).toBe(true);
    expect(visits.get('theme')).toBe('dark');
    expect(recallText('theme')).toBe('dark');
    expect(keepText('theme', null)).toBe(true);
    expect(recallText('theme')).toBeNull();
  });

  it('is nothing where it is not ours', () => {
    fakePlace('localStorage').set('a', '{"x": ');
    fakePlace('sessionStorage').set('a', 'yes');
    expect([recall('a'), recallForTab('a')]).toEqual([null, null]);
  });
});

it.each([
  ['off', undefined],
  [
    'full',
    {
      getItem: () => null,
      setItem() {
        throw new DOMException('Full.', 'QuotaExceededError');
      },
      removeItem() {
        throw new DOMException('Off.', 'SecurityError');
      },
    },
  ],
])('where storage is %s nothing is kept, and nothing breaks', (_, place) => {
  vi.stubGlobal('localStorage', place);
  vi.stubGlobal('sessionStorage', place);
  for (const value of [{ x: 1 }, null]) expect([keep('a', value), keepForTab('a', value)]).toEqual([false, false]);
  expect(keepText('a', 'text')).toBe(false);
  expect([recall('a'), recallForTab('a'), recallText('a')]).toEqual([null, null, null]);
});
