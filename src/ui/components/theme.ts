// Light or dark: the system's choice until the visitor makes one, which is remembered where the browser lets us.
import { keepText, recallText } from '../../page/preferences/storage.ts';

export type Theme = 'light' | 'dark';

const key = 'ganvas-theme';
const system = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

let chosen: Theme | null = null;

export function applyStoredTheme(): void {
  const stored = recallText(key);
  if (stored === 'light' || stored === 'dark') choose(stored);
}

function choose(theme: Theme | null): void {
  chosen = theme;
  if (theme === null) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export const currentTheme = (): Theme => chosen ?? system();

const listeners = new Set<() => void>();
/** Calls back whenever what is on screen changes between light and dark. */
export function onThemeChange(listener: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  listeners.add(listener);
  media.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    media.removeEventListener('change', listener);
  };
}

/** Back to what the system has means following it again. */
export function toggleTheme(): void {
  const next = currentTheme() === 'dark' ? 'light' : 'dark';
  choose(next === system() ? null : next);
  keepText(key, chosen);
  for (const listener of [...listeners]) listener();
}
