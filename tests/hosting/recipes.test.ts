// The hosting recipes in docs/hosting say what the policy says, and nginx understands its own.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headersFor, pagePolicy, workerPolicy } from '../../src/hosting/policy.ts';
import { recipes } from '../../src/hosting/recipes.ts';

const folder = resolve(import.meta.dirname, '../../docs/hosting');
const readText = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('the recipes in docs/hosting', () => {
  it.each(Object.keys(recipes))('%s is what npm run hosting writes', (name) => {
    expect(readText(name)).toBe(recipes[name]);
  });

  it('give the page one policy and everything under assets another', () => {
    const { headers } = JSON.parse(readText('vercel.json')) as {
      headers: { source: string; headers: { key: string; value: string }[] }[];
    };
    const policies = headers.map(({ source, headers: list }) => [
      source,
      list.find(({ key }) => key === 'Content-Security-Policy')?.value,
    ]);
    expect(Object.fromEntries(policies)).toEqual({
      '/': pagePolicy,
      '/index.html': pagePolicy,
      '/serviceWorker.js': workerPolicy,
      '/assets/(.*)': workerPolicy,
    });
  });
});

const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));
const mimeTypes = '/etc/nginx/mime.types';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}

/** nginx with docs/hosting/nginx.conf over a small page in a folder. */
async function startNginx(): Promise<{ url: string } & AsyncDisposable> {
  const place = mkdtempSync(join(tmpdir(), 'ganvas-nginx-'));
  const page = join(place, 'www/some/where');
  mkdirSync(join(page, 'assets'), { recursive: true });
  const long = 'x'.repeat(2_000);
  const files = {
    'index.html': `<!doctype html>${long}`,
    'serviceWorker.js': `//${long}`,
    'manifest.webmanifest': '{}',
    'assets/entry-1a.js': `//${long}`,
    'assets/kernels-2b.wasm': long,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(page, name), text);
  const port = await freePort();
  const server = readText('nginx.conf')
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replace('root /usr/share/nginx/html;', `root ${join(place, 'www')};`);
  const config = join(place, 'nginx.conf');
  // As root nginx gives its work to another user, who may not read this folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  writeFileSync(
    config,
    `${user} daemon off; pid ${place}/pid; error_log stderr; events {}
    http { include ${mimeTypes}; default_type application/octet-stream; access_log off; ${server} }`,
  );
  execFileSync(nginx ?? '', ['-t', '-q', '-c', config], { stdio: 'pipe' });
  const running = spawn(nginx ?? '', ['-c', config], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/some/where/`;
  const answers = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  await expect.poll(answers, { timeout: 10_000 }).toBe(true);
  return {
    url,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((done) => running.once('exit', done));
      running.kill('SIGTERM');
      await ended;
      rmSync(place, { recursive: true });
    },
  };
}

describe.skipIf(nginx === undefined || !existsSync(mimeTypes))('nginx, where it is installed', () => {
  it('sends types, headers, compression and caching as the page needs them', async () => {
    await using server = await startNginx();
    const look = async (path: string) => {
      const { headers } = await fetch(server.url + path);
      const { 'Content-Security-Policy': policy, ...isolation } = headersFor(headers.get('content-type') ?? '');
      expect(headers.get('content-security-policy')).toBe(policy);
      for (const [name, value] of Object.entries(isolation)) expect(headers.get(name)).toBe(value);
      const words = ['content-type', 'cache-control', 'content-encoding'].map((name) => headers.get(name));
      return words.join(' | ');
    };
    const year = 'public, max-age=31536000, immutable';
    expect(await look('')).toBe('text/html | no-cache | gzip');
    expect(await look('serviceWorker.js')).toBe('application/javascript | no-cache | gzip');
    expect(await look('manifest.webmanifest')).toBe('application/manifest+json | no-cache | ');
    expect(await look('assets/entry-1a.js')).toBe(`application/javascript | ${year} | gzip`);
    expect(await look('assets/kernels-2b.wasm')).toBe(`application/wasm | ${year} | gzip`);
    const missing = await fetch(`${server.url}assets/gone.js`);
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, null]);
  });
});
