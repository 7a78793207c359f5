// The built page in a browser of its own, cut off from other hosts, with the probes in it, waited for until it can
// train.
import type { Page } from 'playwright';
import { openAlone } from '../support/browser.ts';
import { watchRequests } from './probes.ts';

export interface BenchedPage extends AsyncDisposable {
  readonly page: Page;
  readonly version: string;
}

/** `before` is called with the page before it is loaded. `await using` closes it again. */
export async function openBenched(url: string, before?: (page: Page) => void): Promise<BenchedPage> {
  const { browser, page } = await openAlone({ viewport: { width: 1440, height: 1000 } });
  const { origin } = new URL(url);
  await page.context().route(
    (address) => address.origin !== origin && address.protocol.startsWith('http'),
    (route) => route.abort(),
  );
  await page.addInitScript(watchRequests);
  before?.(page);
  await page.goto(url);
  await ready(page);
  return { page, version: browser.version(), [Symbol.asyncDispose]: () => browser.close() };
}

/** Resolves when Train can be pressed and the networks are built. */
export async function ready(page: Page): Promise<void> {
  await page.locator('button:not([aria-disabled="true"])', { hasText: /^\s*Train\s*$/ }).waitFor();
  await page
    .getByRole('button', { name: 'Step generator' })
    .and(page.locator(':enabled'))
    .waitFor({ timeout: 120_000 });
}
