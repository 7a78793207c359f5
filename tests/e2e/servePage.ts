// Builds the production page and serves it for the end-to-end tests: with isolation headers, and plainly under a sub-path.

import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { folderShelf, plainHost } from '../support/plainHost.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Served as `npm start` does. */
    pageUrl: string;
    /** The same files from a host that knows no headers, in a folder. */
    plainUrl: string;
    /** Where the built files are. */
    builtFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = mkdtempSync(join(tmpdir(), 'ganvas-page-'));
  await build({ logLevel: 'error', mode: 'production', build: { outDir, emptyOutDir: true } });
  const page = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const plain = await plainHost(folderShelf(outDir));
  project.provide(
    'pageUrl',
    page.resolvedUrls?.local[0] ?? `http://127.0.0.1:${(page.httpServer.address() as AddressInfo).port}/`,
  );
  project.provide('plainUrl', plain.url);
  project.provide('builtFolder', outDir);
  return async () => {
    await page.close();
    await plain[Symbol.asyncDispose]();
    rmSync(outDir, { recursive: true });
  };
}
