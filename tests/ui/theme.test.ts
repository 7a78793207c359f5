// Light and dark: what the visitor chose is there at the next visit, and what the system has is followed otherwise.
import { afterEach, describe, expect, it, vi } from 'vitest';

/** A visit: the module anew, on a page of its own. */
async function visit(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined, system = 'light') {
  const dataset: { theme?: string } = {};
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('document', { documentElement: { dataset } });
  vi.stubGlobal('matchMedia', () => ({ matches: system === 'dark' }));
  vi.resetModules();
  const theme = await import('../../src/ui/components/theme.ts');
  theme.applyStoredTheme();
  return { ...theme, dataset };
}

function storageWith(kept: Map<string, string>) {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

afterEach(() => vi.unstubAllGlobals());

describe('the theme', () => {
  it('that was chosen is there at the next visit, until it is the system’s again', async () => {
    const kept = new Map<string, string>();
    const first = await visit(storageWith(kept));
    expect([first.currentTheme(), first.dataset.theme]).toEqual(['light', undefined]);
    first.toggleTheme();
    expect([first.currentTheme(), first.dataset.theme]).toEqual(['dark', 'dark']);
    // As earlier pages have kept it.
    expect(kept.get('ganvas-theme')).toBe('dark');
    const next = await visit(storageWith(kept));
    expect([next.currentTheme(), next.dataset.theme]).toEqual(['dark', 'dark']);
    next.toggleTheme();
    expect([next.currentTheme(), next.dataset.theme, kept.size]).toEqual(['light', undefined, 0]);
  });

  it('is the system’s where what is kept means nothing', async () => {
    const { currentTheme, dataset } = await visit(storageWith(new Map([['ganvas-theme', 'sepia']])), 'dark');
    expect([currentTheme(), dataset.theme]).toEqual(['dark', undefined]);
  });

  it('can be chosen where the browser keeps nothing, for this page', async () => {
    const { currentTheme, toggleTheme, dataset } = await visit(undefined);
    toggleTheme();
    expect([currentTheme(), dataset.theme]).toEqual(['dark', 'dark']);
  });
});
