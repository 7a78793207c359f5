// Serves the official MNIST files at the real addresses of one host: what stands in for the internet in tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';

/** Routes requests to `host` to the files in `folder`; returns the growing list of names that were asked for. */
export async function serveFiles(
  context: BrowserContext,
  folder: string,
  host = 'cdn.jsdelivr.net',
): Promise<string[]> {
  const served: string[] = [];
  await context.route(
    (address) => address.hostname === host,
    (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
      served.push(name);
      return route.fulfill({
        body: readFileSync(join(folder, name)),
        headers: { 'content-type': 'application/gzip', 'access-control-allow-origin': '*' },
      });
    },
  );
  return served;
}
