// What a browser window has run of src, written beside what the others have: only while coverage is measured.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page, Worker } from 'playwright';
import { coverageFolder } from './instrument.ts';

const counters = (): unknown => (globalThis as { __coverage__?: unknown }).__coverage__ ?? null;

/**
 * Reads the counters of every page and worker of a context that is about to be closed; those that do not answer are
 * left out.
 */
export async function collectCoverage(context: BrowserContext): Promise<void> {
  if (coverageFolder === undefined) return;
  mkdirSync(coverageFolder, { recursive: true });
  const realms: (Page | Worker)[] = context.pages().flatMap((page) => [page, ...page.workers()]);
  for (const realm of realms) {
    // A worker that a test has hung never answers.
    const late = new Promise<null>((resolve) => setTimeout(resolve, 5_000, null));
    const read = 'url' in realm && 'goto' in realm ? realm.evaluate(counters) : (realm as Worker).evaluate(counters);
    const found = await Promise.race([read.catch(() => null), late]);
    if (found !== null) writeFileSync(join(coverageFolder, `${randomUUID()}.json`), JSON.stringify(found));
  }
}
