// Builds a page for production and serves it as `npm start` does, isolation headers included, from a folder that goes
// away again.
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, preview } from 'vite';

const project = resolve(import.meta.dirname, '../../..');

export interface Served extends AsyncDisposable {
  readonly url: string;
  /** Where the built files are. */
  readonly folder: string;
}

/** `root`: the folder of the page's index.html, relative to the project. */
export async function serveBuilt(root = '.'): Promise<Served> {
  const outDir = mkdtempSync(join(tmpdir(), 'ganvas-bench-'));
  const shared = { configFile: join(project, 'vite.config.ts'), root: join(project, root), logLevel: 'error' } as const;
  await build({ ...shared, mode: 'production', build: { outDir, emptyOutDir: true } });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  return {
    url: `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}/`,
    folder: outDir,
    async [Symbol.asyncDispose]() {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
