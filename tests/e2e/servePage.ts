// Builds the production page and serves it for the end-to-end tests: with isolation headers, and plainly under a
// sub-path.

import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium } from 'playwright';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { coverageFolder, instrument } from '../coverage/instrument.ts';
import { buildPage, builtPage } from '../support/builtPage.ts';
import { chromiumFlags, ensureChromium } from '../support/chromium.ts';
import { workersGiveWay } from '../support/giveWay.ts';
import { folderShelf, plainHost } from '../support/plainHost.ts';

type Visited = Exclude<BrowserContextOptions['storageState'], string | undefined>;

declare module 'vitest' {
  interface ProvidedContext {
    /** Served as `npm start` does. */
    pageUrl: string;
    /** The same files from a host that knows no headers, in a folder. */
    plainUrl: string;
    /** Of the browser that tests open their windows in: starting one takes a second of both cores. */
    browserAddress: string;
    /** Where the built files are. */
    builtFolder: string;
    /** What a browser keeps of a first visit: how fast its accelerators are. */
    visited: Visited;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = coverageFolder === undefined ? await builtPage() : await countedPage();
  const page = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const plain = await plainHost(folderShelf(outDir));
  const pageUrl = page.resolvedUrls?.local[0] ?? `http://127.0.0.1:${(page.httpServer.address() as AddressInfo).port}/`;
  project.provide('pageUrl', pageUrl);
  project.provide('visited', await visit(pageUrl));
  const server = await chromium.launchServer({ executablePath: ensureChromium(), args: chromiumFlags });
  project.provide('browserAddress', server.wsEndpoint());
  const stopGivingWay = workersGiveWay();
  project.provide('plainUrl', plain.url);
  project.provide('builtFolder', outDir);
  return async () => {
    stopGivingWay();
    await server.close();
    await page.close();
    await plain[Symbol.asyncDispose]();
    if (coverageFolder !== undefined) rmSync(outDir, { recursive: true });
  };
}

/** The page with counters for `npm run coverage`, in a folder of its own. */
async function countedPage(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'ganvas-page-'));
  const counted = { plugins: [instrument()], worker: { plugins: () => [instrument()] } };
  await buildPage({ build: { outDir, emptyOutDir: true }, ...counted });
  return outDir;
}

/** Opens the page once, and stays until it has found out what this machine has. */
async function visit(url: string): Promise<Visited> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => localStorage.getItem('ganvas-accelerators') !== null, null, { timeout: 120_000 });
    return await page.context().storageState();
  } finally {
    await browser.close();
  }
}
