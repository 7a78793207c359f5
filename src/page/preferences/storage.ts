// What the browser keeps for the next visit, or for this tab, where it lets us: plain data under a name. Whoever recalls it checks it.

/** null where nothing was kept, storage is off, or what is in it is not ours. */
export const recall = (key: string): unknown => read(() => localStorage, key);

/** null forgets. Where storage is off or full, it lasts as long as the page. */
export const keep = (key: string, value: object | null): void => write(() => localStorage, key, value);

/** As `recall`, of what this tab has kept before it was loaded anew. */
export const recallForTab = (key: string): unknown => read(() => sessionStorage, key);

/** As `keep`, until this tab is closed. */
export const keepForTab = (key: string, value: object | null): void => write(() => sessionStorage, key, value);

function read(place: () => Storage, key: string): unknown {
  try {
    return JSON.parse(place().getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(place: () => Storage, key: string, value: object | null): void {
  try {
    if (value === null) place().removeItem(key);
    else place().setItem(key, JSON.stringify(value));
  } catch {
    // Said above: nothing is owed to the next visit.
  }
}
