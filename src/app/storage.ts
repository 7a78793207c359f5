// What the browser keeps for the next visit, where it lets us: plain data under a name. Whoever recalls it checks it.

/** null where nothing was kept, storage is off, or what is in it is not ours. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** null forgets. Where storage is off or full, it lasts as long as the page. */
export function keep(key: string, value: object | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Said above: nothing is owed to the next visit.
  }
}
