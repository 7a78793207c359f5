// MNIST that could not be fetched, at its real addresses: the built-in digits stand in, one sentence says why, Retry
// tries again.
import type { Page, Route } from 'playwright';
import { describe, expect } from 'vitest';
import { sources } from '../../src/data/sources.ts';
import { gz, idxLabels } from '../data/samples.ts';
import { nightly } from '../support/long.ts';
import { openPage, setUp, small, status, train, untilStep } from './openPage.ts';
import { stillTraining, theSentence } from './sentence.ts';

const file = (body: Uint8Array) => (route: Route) =>
  route.fulfill({
    body: Buffer.from(body),
    headers: { 'content-type': 'application/gzip', 'access-control-allow-origin': '*' },
  });
const answer = (code: number) => (route: Route) =>
  route.fulfill({ status: code, headers: { 'access-control-allow-origin': '*' } });

// The labels come first: of the official size, and not the official ones.
const others = gz(idxLabels(60_000));
const hosts = sources.mnist.addresses.map((address) => new URL(address).host);
const both = hosts.join(' and ');

const failures: readonly [string, (route: Route) => Promise<void>, string][] = [
  ['HTTP 404', answer(404), `MNIST could not be fetched: ${both} answered 404.`],
  ['HTTP 500', answer(500), `MNIST could not be fetched: ${both} answered 500.`],
  ['no connection', (route) => route.abort(), `MNIST could not be fetched: ${both} could not be reached.`],
  [
    'a checksum that differs',
    file(others),
    `MNIST could not be fetched: ${both} sent another train-labels-idx1-ubyte.gz than the official one (its SHA-256 differs).`,
  ],
  [
    'a download cut off',
    file(others.subarray(0, -100)),
    `MNIST could not be fetched: ${both} sent train-labels-idx1-ubyte.gz damaged or cut off.`,
  ],
  [
    'a page instead of the file',
    file(Buffer.from('<!doctype html>')),
    'sent something else than train-labels-idx1-ubyte.gz.',
  ],
  ['silence', () => new Promise(() => {}), `MNIST could not be fetched: ${both} sent no byte for 4 s.`],
];

/** Notes what the status claims, at every change of it. */
const noteClaims = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const claims: string[] = [];
    Object.assign(window, { claims });
    const output = document.querySelector('output');
    const note = () => claims.push(output?.textContent ?? '');
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
const claims = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { claims: string[] }).claims);

describe('MNIST that could not be fetched', () => {
  nightly(
    'is said with the reason, never claimed, and can be tried again while the built-in digits train',
    async () => {
      let now: (route: Route) => Promise<void> = answer(404);
      let asked = 0;
      await using opened = await openPage({
        before: (context) =>
          context.route(
            (address) => hosts.includes(address.host),
            (route) => {
              asked += 1;
              return now(route);
            },
          ),
      });
      const { page } = opened;
      await setUp(page, small);
      await noteClaims(page);
      expect(asked).toBe(0);
      for (const [index, [name, route, sentence]] of failures.entries()) {
        now = route;
        asked = 0;
        await (index === 0 ? train(page) : page.getByRole('button', { name: 'Retry' })).click();
        await expect.poll(() => theSentence(page), { timeout: 20_000, message: name }).toContain(sentence);
        expect(await theSentence(page)).toMatch(/Training on built-in digits instead\./);
        expect(asked, name).toBe(hosts.length);
        await untilStep(page, 1);
        await stillTraining(page);
        expect(await status(page).textContent(), name).toMatch(/^Training.*Built-in digits, 10,000 images$/);
      }
      const said = await claims(page);
      expect(said.length).toBeGreaterThan(10);
      expect(said.filter((text) => /^Training/.test(text) && /MNIST/.test(text))).toEqual([]);
      expect(said.filter((text) => /MNIST, [\d,]+ images/.test(text))).toEqual([]);
    },
  );
});
