// A cold load of the page: when it is first painted, what came before that, and what it weighs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Served } from '../support/serve.ts';
import { median } from '../support/statistics.ts';
import { type BenchedPage, openBenched } from './openBenched.ts';

export interface Load {
  /** From the navigation, in a browser that has just been started: median and worst of the loads. */
  readonly firstPaintMs: number;
  readonly worstFirstPaintMs: number;
  /** Gzipped; of the page and what it loads for itself, as far as it was there before the first paint. */
  readonly pageBytes: number;
  /** The same, and what the worker had loaded by then. */
  readonly allBytes: number;
  readonly files: readonly string[];
  /** Of the page itself, until Train can be pressed: while the worker loads and compiles. */
  readonly longestTaskMs: number;
  readonly readyMs: number;
}

interface Request {
  readonly path: string;
  readonly endedAt: number;
}

/** The page's own and not the worker's: what the document's resource timing lists, but for the worker itself. */
async function loadOnce(served: Served) {
  const finished: Request[] = [];
  await using opened: BenchedPage = await openBenched(served.url, (page) => {
    page.on('requestfinished', (request) => {
      const { startTime, responseEnd } = request.timing();
      finished.push({ path: new URL(request.url()).pathname, endedAt: startTime + Math.max(0, responseEnd) });
    });
  });
  const { page } = opened;
  const found = await page.evaluate(() => ({
    origin: performance.timeOrigin,
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    ready: performance.now(),
    own: performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    longTasks: (globalThis as unknown as { loading: { longTasks: number[] } }).loading.longTasks,
  }));
  const workers = new Set(page.workers().map((worker) => new URL(worker.url()).pathname));
  const own = new Set(['/', ...found.own].filter((path) => !workers.has(path)));
  const early = finished.filter(({ endedAt }) => endedAt <= found.origin + found.firstPaint).map(({ path }) => path);
  return { ...found, early: [...new Set(early)], own };
}

const gzipped = (folder: string, path: string): number =>
  gzipSync(readFileSync(join(folder, path === '/' ? 'index.html' : path))).length;

export async function measureLoad(served: Served, times = 3): Promise<Load> {
  const loads: Awaited<ReturnType<typeof loadOnce>>[] = [];
  for (let i = 0; i < times; i++) loads.push(await loadOnce(served));
  // The files differ by what happened to come in time: the load that brought most of them counts.
  const weights = loads.map(({ early, own }) => {
    const sizes = early.map((path) => ({ path, bytes: gzipped(served.folder, path), own: own.has(path) }));
    const sum = (which: typeof sizes) => which.reduce((total, { bytes }) => total + bytes, 0);
    return { page: sum(sizes.filter((each) => each.own)), all: sum(sizes), files: sizes.map(({ path }) => path) };
  });
  const paints = loads.map(({ firstPaint }) => firstPaint);
  const heaviest = weights.reduce((most, each) => (each.all > most.all ? each : most));
  return {
    firstPaintMs: median(paints),
    worstFirstPaintMs: Math.max(...paints),
    pageBytes: Math.max(...weights.map(({ page }) => page)),
    allBytes: heaviest.all,
    files: heaviest.files,
    longestTaskMs: Math.max(0, ...loads.flatMap(({ longTasks }) => longTasks)),
    readyMs: median(loads.map(({ ready }) => ready)),
  };
}
