// A static host as simple as they come: files from a folder, under a path, with types and no other header. It can go
// away and come back.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** What it serves: the bytes at a path below the page's folder ('index.html'). @throws when there are none */
export type Shelf = (path: string) => Uint8Array | string;

export const folderShelf =
  (folder: string): Shelf =>
  (path) =>
    readFileSync(join(folder, normalize(path)));

export interface PlainHost extends AsyncDisposable {
  /** The page's folder, ending in a slash. */
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: string[];
  shelf: Shelf;
  /** Whether it answers at all. */
  up: boolean;
}

export async function plainHost(shelf: Shelf): Promise<PlainHost> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
      .replace(/^\/some\/where\//, '')
      .replace(/^$/, 'index.html');
    if (!host.up) return void request.socket.destroy();
    host.asked.push(path);
    let body: Uint8Array | string;
    try {
      body = host.shelf(path);
    } catch {
      response.writeHead(404).end('Not found');
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host: PlainHost = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/`,
    asked: [],
    shelf,
    up: true,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return host;
}
