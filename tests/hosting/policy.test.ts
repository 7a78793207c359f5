// What the policy allows, and which requests the service worker answers.
import { describe, expect, it } from 'vitest';
import { sources } from '../../src/data/sources.ts';
import { keptFiles } from '../../src/hosting/keptFiles.ts';
import { headersFor, pagePolicy, workerPolicy } from '../../src/hosting/policy.ts';

const allowed = (policy: string, directive: string): string[] =>
  policy
    .split('; ')
    .map((each) => each.split(' '))
    .find(([name]) => name === directive)
    ?.slice(1) ?? [];

describe('the policy', () => {
  it('lets no inline script or style in, no eval, and nothing by default', () => {
    for (const policy of [pagePolicy, workerPolicy]) {
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|blob:|data:|\*|https?:(?!\/\/)/);
      expect(allowed(policy, 'default-src')).toEqual(["'none'"]);
    }
    expect(pagePolicy).not.toMatch(/wasm/);
  });

  it('lets page and workers ask their own host and those of the datasets, and no other', () => {
    const hosts = Object.values(sources).flatMap(({ addresses }) =>
      addresses.map((address) => new URL(address).origin),
    );
    for (const policy of [pagePolicy, workerPolicy]) {
      expect(new Set(allowed(policy, 'connect-src'))).toEqual(new Set(["'self'", ...hosts]));
    }
  });

  it('is the page’s for a document and the workers’ for all else', () => {
    expect(headersFor('text/html; charset=utf-8')['Content-Security-Policy']).toBe(pagePolicy);
    expect(headersFor('text/javascript')['Content-Security-Policy']).toBe(workerPolicy);
    expect(headersFor('')['Cross-Origin-Embedder-Policy']).toBe('require-corp');
  });
});

describe('a request', () => {
  const scope = 'https://host.example/some/where/';
  const files = keptFiles(
    [
      { url: 'index.html', revision: '1a' },
      { url: 'assets/page-2b.js', revision: null },
    ],
    scope,
    'v',
  );
  const key = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
    files.keyOf({ url: new URL(path, scope).href, mode, method });

  it('for the page, however it is written, gets the kept page', () => {
    const page = `${scope}index.html?revision=1a`;
    for (const path of ['', '?run=7', '#there', 'index.html']) expect(key(path, 'navigate')).toBe(page);
    expect(key('index.html')).toBe(page);
  });

  it('for a file of this version or of the one before is answered', () => {
    expect(key('assets/page-2b.js')).toBe(`${scope}assets/page-2b.js`);
    expect(key('assets/page-0a.js')).toBe(`${scope}assets/page-0a.js`);
  });

  it('for anything else is left to the browser', () => {
    expect(key('other/', 'navigate')).toBeNull();
    expect(key('data/mnist/train-labels-idx1-ubyte.gz')).toBeNull();
    expect(key('/elsewhere/assets/page-2b.js')).toBeNull();
    expect(key('assets/page-2b.js', 'cors', 'POST')).toBeNull();
    for (const { addresses } of Object.values(sources)) expect(key(addresses[0] ?? '')).toBeNull();
  });
});
