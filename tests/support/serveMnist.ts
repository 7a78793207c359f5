// Serves the official MNIST files at the real addresses: what stands in for the internet in tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';
import { sources } from '../../src/data/sources.ts';

const hosts = sources.mnist.addresses.map((address) => new URL(address).hostname);

/**
 * Routes requests to the hosts of MNIST to the files in `folder`; returns the growing list of names that were asked
 * for. All hosts: where the machine is so slow that the first is silent for two seconds, the page asks the next as
 * well.
 */
export async function serveFiles(context: BrowserContext, folder: string): Promise<string[]> {
  const served: string[] = [];
  await context.route(
    (address) => hosts.includes(address.hostname),
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
