// Opens one of the page's IndexedDB databases, once, and anew when it was closed: another version of the page may want
// to change it.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A function that gives the database, and rejects with a DOMException where the browser keeps nothing. */
export function databaseOf<Schema extends DBSchema>(
  name: string,
  version: number,
  /** Makes of version `from`, 0 for none, what this one has. */
  upgrade: (database: IDBPDatabase<Schema>, from: number) => void,
): () => Promise<IDBPDatabase<Schema>> {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = (): void => {
    opened = null;
  };
  return async () => {
    if (!('indexedDB' in globalThis)) throw new DOMException('There is no IndexedDB here.', 'NotSupportedError');
    opened ??= openDB<Schema>(name, version, {
      upgrade,
      // A newer version of this page, in another tab, wants to change it: we make way, and it is opened anew when
      // needed.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return opened;
  };
}
