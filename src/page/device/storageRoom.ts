// What the browser says of the room that it gives this page.

/** In bytes; null where it does not say. */
export const usedStorage = async (): Promise<number | null> => (await estimate()).usage ?? null;

/** In bytes; 0 where it does not say. */
export async function freeStorage(): Promise<number> {
  const { quota = 0, usage = 0 } = await estimate();
  return Math.max(0, quota - usage);
}

const estimate = (): Promise<StorageEstimate> =>
  unlessRefused(async () => (await navigator.storage?.estimate?.()) ?? {}, {});

/** Where cookies are blocked, the browser has the means and refuses to use them: then there is nothing to say. */
export async function unlessRefused<T>(ask: () => Promise<T>, instead: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // Caches say so by a SecurityError, estimate() by a TypeError.
    if (error instanceof DOMException || error instanceof TypeError) return instead;
    throw error;
  }
}
