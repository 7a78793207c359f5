// Builds the production page and serves it for the end-to-end tests: with isolation headers, and plainly under a sub-path.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Served as `npm start` does. */
    pageUrl: string;
    /** The same files from a host that knows no headers, in a folder. */
    plainUrl: string;
  }
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

function servePlainly(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
      .replace(/^\/some\/where/, '')
      .replace(/\/$/, '/index.html');
    try {
      const body = readFileSync(join(folder, normalize(path)));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end('Not found');
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = mkdtempSync(join(tmpdir(), 'ganvas-page-'));
  await build({ logLevel: 'error', mode: 'production', build: { outDir, emptyOutDir: true } });
  const page = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const plain = await servePlainly(outDir);
  project.provide(
    'pageUrl',
    page.resolvedUrls?.local[0] ?? `http://127.0.0.1:${(page.httpServer.address() as AddressInfo).port}/`,
  );
  project.provide('plainUrl', `http://127.0.0.1:${(plain.address() as AddressInfo).port}/some/where/`);
  return async () => {
    await page.close();
    await new Promise((resolve) => plain.close(resolve));
    rmSync(outDir, { recursive: true });
  };
}
