// What the browser keeps under a name, for the next visit or for this tab. Storage may be off or full: nothing here
// throws, and what cannot be kept lasts as long as the page. Whoever recalls something checks it.

type Place = () => Storage;
const visits: Place = () => localStorage;
const tab: Place = () => sessionStorage;

/** null where nothing was kept, storage is off, or what is in it is not ours. */
export const recall = (key: string): unknown => parsed(read(visits, key));
/** null forgets. @returns whether the browser has done it */
export const keep = (key: string, value: object | null): boolean => write(visits, key, value && JSON.stringify(value));

/** As `recall` and `keep`, of plain text. */
export const recallText = (key: string): string | null => read(visits, key);
export const keepText = (key: string, text: string | null): boolean => write(visits, key, text);

/** As `recall` and `keep`, until this tab is closed; it may be reloaded meanwhile. */
export const recallForTab = (key: string): unknown => parsed(read(tab, key));
export const keepForTab = (key: string, value: object | null): boolean =>
  write(tab, key, value && JSON.stringify(value));

function read(place: Place, key: string): string | null {
  try {
    return place().getItem(key);
  } catch {
    return null;
  }
}

function write(place: Place, key: string, text: string | null): boolean {
  try {
    if (text === null) place().removeItem(key);
    else place().setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
