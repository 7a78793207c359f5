// The browser's copy of fetched files, in Cache Storage: a damaged file is deleted; a file that cannot be stored is
// not.

import { datasetCache } from '../config/datasets.ts';
import { throwIfCancelled } from './abort.ts';
import type { SourceFile } from './sources.ts';
import { contentOf } from './verify.ts';

export interface Store {
  /** The file's content, or null where it is not kept. A kept copy that is not the official one is dropped. */
  take(file: SourceFile, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Keeps bytes as they came (gzipped they take a fifth of the room); the caller has checked them. Never fails. */
  keep(file: SourceFile, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Null where there is no Cache Storage: on plain http, in some private windows, in Node. */
export async function openStore(baseUrl: string): Promise<Store | null> {
  if (typeof caches === 'undefined') return null;
  try {
    return storeIn(await caches.open(datasetCache), baseUrl);
  } catch {
    return null;
  }
}

function storeIn(cache: Cache, baseUrl: string): Store {
  // Keys must be URLs; nothing is ever fetched from these. The checksum keeps datasets with the same file names apart.
  const key = (file: SourceFile) => new URL(`kept/${file.sha256}/${file.name}`, baseUrl).href;
  return {
    async take(file, signal) {
      try {
        const kept = await cache.match(key(file));
        if (!kept) return null;
        return await contentOf(new Uint8Array(await kept.arrayBuffer()), file, signal);
      } catch {
        throwIfCancelled(signal);
        await cache.delete(key(file)).catch(() => false);
        return null;
      }
    },
    async keep(file, bytes) {
      try {
        await cache.put(key(file), new Response(bytes, { headers: { 'content-type': 'application/octet-stream' } }));
      } catch {
        // No room, or no permission: the next visit fetches again.
      }
    },
  };
}
