// Light or dark: the system's choice until the visitor makes one, which is remembered where the browser lets us.

export type Theme = 'light' | 'dark';

const key = 'ganvas-theme';
const system = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

function stored(): Theme | null {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    // Storage is off: the choice lasts as long as the page.
    return null;
  }
}

let chosen: Theme | null = null;

export function applyStoredTheme(): void {
  chosen = stored();
  if (chosen !== null) document.documentElement.dataset.theme = chosen;
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
  chosen = next === system() ? null : next;
  try {
    if (chosen === null) {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem(key);
    } else {
      document.documentElement.dataset.theme = chosen;
      localStorage.setItem(key, chosen);
    }
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
  for (const listener of [...listeners]) listener();
}
