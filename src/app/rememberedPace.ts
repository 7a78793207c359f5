// The pace that the visitor chose, remembered where the browser lets us.
import type { Pace } from '../protocol/pace.ts';

const key = 'ganvas-pace';

export function rememberedPace(): Pace | null {
  try {
    const value = localStorage.getItem(key);
    return value === 'smooth' || value === 'full' ? value : null;
  } catch {
    // Storage is off: the choice lasts as long as the page.
    return null;
  }
}

export function rememberPace(pace: Pace): void {
  try {
    localStorage.setItem(key, pace);
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
}
