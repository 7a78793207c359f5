// What the service worker keeps of the files that it had to fetch: those of its own version, whole, and nothing else.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptFiles } from '../../src/hosting/keptFiles.ts';

const scope = 'https://host.example/some/where/';
const files = keptFiles(
  [
    { url: 'index.html', revision: '1a' },
    { url: 'assets/page-2b.js', revision: null },
  ],
  scope,
  'v2',
);
const own = `ganvas-page ${scope} v2`;

/** The browser's caches as far as they are used here, by name and key. */
let stored: Map<string, Map<string, Response>>;
let full: boolean;

const cache = (name: string) => {
  const entries = stored.get(name) ?? new Map<string, Response>();
  stored.set(name, entries);
  return {
    match: async (key: string) => entries.get(key)?.clone(),
    put: async (key: string, response: Response) => {
      if (full) throw new DOMException('No room', 'QuotaExceededError');
      entries.set(key, response);
    },
  };
};

const fakeCaches = {
  open: async (name: string) => cache(name),
  match: async (key: string) =>
    [...stored.values()]
      .find((entries) => entries.has(key))
      ?.get(key)
      ?.clone(),
};

/** As a host of this origin answers; only a browser says so of its own accord. */
const answered = (status: number, type: ResponseType = 'basic'): Response => {
  const response = new Response('from the host', { status });
  Object.defineProperty(response, 'type', { value: type });
  return response;
};

const host = vi.fn<(request: Request) => Promise<Response>>();
const ask = async (path: string): Promise<string> => {
  const request = new Request(new URL(path, scope));
  return (await files.answer(files.keyOf(request) ?? '', request)).text();
};
const kept = (): string[] => [...(stored.get(own)?.keys() ?? [])];

beforeEach(() => {
  stored = new Map();
  full = false;
  host.mockReset();
  vi.stubGlobal('caches', fakeCaches);
  vi.stubGlobal('fetch', host);
});
afterEach(() => void vi.unstubAllGlobals());

describe('a file of this version that is not kept any more', () => {
  it('is fetched once and kept again, under the name that it had', async () => {
    host.mockImplementation(async () => answered(200));
    for (let i = 0; i < 2; i++) expect(await ask('assets/page-2b.js')).toBe('from the host');
    expect(host).toHaveBeenCalledTimes(1);
    expect(kept()).toEqual([`${scope}assets/page-2b.js`]);
  });

  it('is not kept where its name does not tell its content: it may be of a newer version', async () => {
    host.mockImplementation(async () => answered(200));
    expect(await ask('index.html')).toBe('from the host');
    expect(kept()).toEqual([]);
  });

  it.each([
    ['an error', 404, 'basic'],
    ['a part', 206, 'basic'],
    ['another host’s', 200, 'cors'],
  ] as const)('is not kept where what came is %s', async (_, status, type) => {
    host.mockImplementation(async () => answered(status, type));
    expect(await ask('assets/page-2b.js')).toBe('from the host');
    expect(kept()).toEqual([]);
  });

  it('is given where there is no room to keep it', async () => {
    full = true;
    host.mockImplementation(async () => answered(200));
    expect(await ask('assets/page-2b.js')).toBe('from the host');
  });
});

it('a file of another version is given and not kept', async () => {
  host.mockImplementation(async () => answered(200));
  expect(await ask('assets/page-0a.js')).toBe('from the host');
  expect(kept()).toEqual([]);
});
