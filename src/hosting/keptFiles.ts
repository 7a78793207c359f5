// The page's files in the browser: one cache for each version; a file that the last version had, too, is not fetched
// again.
import { headersFor } from './policy.ts';

/** A file of the build. `revision`: its checksum, where its name does not change with its contents. */
export interface BuiltFile {
  readonly url: string;
  readonly revision: string | null;
}

export interface KeptFiles {
  /** Fetches what is missing. @throws Error when one file could not be had: then none is used */
  keep(): Promise<void>;
  /** Under what a request's file is kept; null where it is not the page's, and none of our business. */
  keyOf(request: Pick<Request, 'method' | 'mode' | 'url'>): string | null;
  /**
   * The file with the headers that the page needs, where its host sent none; from the host where it is not kept any
   * more, and kept again then, if it can only be the same.
   */
  answer(key: string, request: Request): Promise<Response>;
  /** Forgets the files of all other versions. */
  dropOthers(): Promise<void>;
}

/** `scope`: the page's folder, an absolute address ending in a slash. `version` tells builds apart. */
export function keptFiles(files: readonly BuiltFile[], scope: string, version: string): KeptFiles {
  // Another copy of the page may lie in another folder of this host.
  const prefix = `ganvas-page ${scope} `;
  const cacheName = prefix + version;
  const keyOfFile = ({ url, revision }: BuiltFile): string => {
    const key = new URL(url, scope);
    if (revision !== null) key.searchParams.set('revision', revision);
    return key.href;
  };
  const keys = new Map(files.map((file) => [new URL(file.url, scope).href, keyOfFile(file)]));
  /** Those whose content their name tells: what the host has under another's may be of a newer version. */
  const sureKeys = new Set(files.filter(({ revision }) => revision === null).map(keyOfFile));
  const page = new URL('index.html', scope).href;
  const assets = new URL('assets/', scope).href;

  /** Whatever the host says of requests that would be answered otherwise: there is one answer. */
  const found = { ignoreVary: true } as const;

  async function keepOne(cache: Cache, file: BuiltFile): Promise<void> {
    const key = keyOfFile(file);
    if (await cache.match(key, found)) return;
    const before = await caches.match(key, found);
    if (before) return cache.put(key, before);
    const response = await fetch(new URL(file.url, scope), { cache: file.revision === null ? 'default' : 'reload' });
    if (!response.ok) throw new Error(`${file.url} could not be kept: the host answered ${response.status}.`);
    await cache.put(key, response);
  }

  /**
   * Fetches from the host. It caches a lost file of this version again; it answers even if the disk is full or the file
   * is cut.
   */
  async function fetchAgain(cache: Cache, key: string, request: Request): Promise<Response> {
    const response = await fetch(request);
    // Neither an error, nor another host's file, nor a part of one (206) is what this version was built with.
    if (sureKeys.has(key) && response.status === 200 && response.type === 'basic') {
      // Waited for: the browser may end the service worker as soon as it has answered.
      await cache.put(key, response.clone()).catch(() => {});
    }
    return response;
  }

  return {
    async keep() {
      const cache = await caches.open(cacheName);
      await Promise.all(files.map((file) => keepOne(cache, file)));
    },
    keyOf({ method, mode, url }) {
      if (method !== 'GET' || !url.startsWith(scope)) return null;
      const { origin, pathname } = new URL(url);
      const address = origin + pathname;
      if (mode === 'navigate') return address === scope || address === page ? (keys.get(page) ?? null) : null;
      // A page of the version before, in another tab, may still want a file that this one has not.
      return keys.get(url) ?? (url.startsWith(assets) ? url : null);
    },
    async answer(key, request) {
      const cache = await caches.open(cacheName);
      const kept = (await cache.match(key, found)) ?? (await caches.match(key, found));
      return withHeaders(kept ?? (await fetchAgain(cache, key, request)));
    },
    async dropOthers() {
      const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
      await Promise.all(others.map((name) => caches.delete(name)));
    },
  };
}

function withHeaders({ body, status, statusText, headers: sent }: Response): Response {
  const headers = new Headers(sent);
  for (const [name, value] of Object.entries(headersFor(sent.get('content-type') ?? ''))) {
    if (!headers.has(name)) headers.set(name, value);
  }
  // Made anew, it is no redirect either, which a page must not be.
  return new Response(body, { status, statusText, headers });
}
