import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataProgress, Dataset } from '../../src/data/dataset.ts';
import { loadDataset, loadSource, usualTiming } from '../../src/data/fetchDataset.ts';
import { origin as originWords, progress as progressWords } from '../../src/ui/words/en/progress.ts';
import { rejected } from '../support/sentence.ts';
import { mnistFolder } from '../support/sharedData.ts';
import { samplePixels, tinyFiles, tinySource } from './samples.ts';
import * as server from './server.ts';

const { altered, butFor, cut, good, gunzippedOnTheWay, headersOnly, indexHtml, serve, short, silent, stallsHalfway } =
  server;

/** Long enough that nothing is given up for silence. */
const patient = { quietMs: 60_000, leadMs: 60_000 };
const impatient = { quietMs: 240, leadMs: 120 };

/** Loads the tiny dataset; `a`, `b` are the other hosts in order, `own` is the page's own copy. */
async function load(
  hosts: { own?: server.Temper; a?: server.Temper; b?: server.Temper },
  { timing = patient, localOnly = false, signal = new AbortController().signal } = {},
) {
  const { own, ...others } = hosts;
  const site = await serve({ ...others, ...(own && { 'data/mnist': own }) });
  const progress: DataProgress[] = [];
  const host = new URL(site.baseUrl).host;
  const work = loadSource(
    tinySource(Object.keys(others).map(site.folder)),
    { baseUrl: site.baseUrl, signal, localOnly, onProgress: (step) => progress.push(step) },
    timing,
  );
  return { ...site, work, progress, host };
}

/** The tiny dataset, all of it. The bytes are compared as buffers: Vitest's own comparison takes a second. */
async function expectWhole(work: Promise<Dataset | null>, from: string): Promise<void> {
  const dataset = await work;
  expect(dataset?.info).toMatchObject({ id: 'mnist', label: 'MNIST', count: 80 });
  expect(dataset && originWords(dataset.info.origin)).toBe(from);
  const same = (bytes: Uint8Array | null | undefined, expected: Uint8Array) =>
    Buffer.from(bytes ?? []).equals(expected);
  const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 10);
  expect(same(dataset?.images, samplePixels(80))).toBe(true);
  expect(same(dataset?.labels, labels(80))).toBe(true);
  expect(same(dataset?.test?.images, samplePixels(10, 99))).toBe(true);
  expect(same(dataset?.test?.labels, labels(10))).toBe(true);
}

describe('loadSource: where the files come from', () => {
  it('takes this site’s own copy, and asks no other host', async () => {
    const { work, asked } = await load({ own: good, a: good });
    await expectWhole(work, 'this site');
    expect(asked).toHaveLength(4);
    expect(asked.every((path) => path.startsWith('data/mnist/'))).toBe(true);
  });

  it.each([
    ['404', server.status(404)],
    ['index.html', indexHtml],
    ['500', server.status(500)],
    ['a damaged copy', altered],
  ])('goes on to the first address where this site answers with %s, after one request', async (_, own) => {
    const { work, asked, host } = await load({ own, a: good, b: good });
    await expectWhole(work, host);
    expect(asked.filter((path) => path.startsWith('data/mnist/'))).toHaveLength(1);
    expect(asked.filter((path) => path.startsWith('a/'))).toHaveLength(4);
    expect(asked.filter((path) => path.startsWith('b/'))).toHaveLength(0);
  });

  it('takes files that were gunzipped on the way', async () => {
    const { work } = await load({ own: gunzippedOnTheWay });
    await expectWhole(work, 'this site');
  });

  it.each([
    ['404', server.status(404)],
    ['500', server.status(500)],
    ['index.html', indexHtml],
    ['other bytes', altered],
    ['a cut download', cut],
    ['a gz that is short', short],
  ])('goes on to the next address when the first answers with %s', async (_, a) => {
    const { work, asked, host } = await load({ a, b: good });
    await expectWhole(work, host);
    expect(asked.filter((path) => path.startsWith('a/'))).toHaveLength(1);
  });

  it('keeps what it has when an address fails in the middle', async () => {
    const { work, asked, host } = await load({ a: butFor('train-images', cut), b: good });
    await expectWhole(work, host);
    expect(asked.map((path) => path.replace(/-idx.*/, ''))).toEqual([
      'data/mnist/train-labels',
      'a/train-labels',
      'a/train-images',
      'b/train-images',
      'b/t10k-labels',
      'b/t10k-images',
    ]);
  });

  it('gives up an address that sends nothing', async () => {
    for (const a of [silent, headersOnly, stallsHalfway]) {
      const { work, host } = await load({ a, b: good }, { timing: { quietMs: 240, leadMs: 60_000 } });
      await expectWhole(work, host);
    }
  });

  it('lets the next address try while the first is silent, before giving that up', async () => {
    const { work, asked, host } = await load({ a: silent, b: good }, { timing: { quietMs: 60_000, leadMs: 60 } });
    await expectWhole(work, host);
    expect(asked.filter((path) => path.startsWith('b/'))).toHaveLength(4);
  });

  it('has given all up after 8 s when the network is silent, which leaves 2 s to draw digits and start', () => {
    // This site and two addresses: two head starts, and the silence of the last.
    expect(usualTiming.quietMs).toBe(4_000);
    expect(2 * usualTiming.leadMs + usualTiming.quietMs).toBeLessThanOrEqual(8_000);
  });
});

describe('loadSource, local only', () => {
  it('takes this site’s copy', async () => {
    const { work } = await load({ own: good }, { localOnly: true });
    await expectWhole(work, 'this site');
  });

  it.each([
    ['none', server.status(404)],
    ['index.html', indexHtml],
    ['half of the files', butFor('t10k', server.status(404))],
    ['a damaged copy', altered],
  ])('gives null and asks no other host where this site has %s', async (_, own) => {
    const { work, asked } = await load({ own, a: good }, { localOnly: true });
    expect(await work).toBeNull();
    expect(asked.some((path) => path.startsWith('a/'))).toBe(false);
  });
});

describe('loadSource: one sentence when no place has it', () => {
  const cases: [string, server.Temper, server.Temper, string, string][] = [
    ['404 and 500', server.status(404), server.status(500), 'http', '{host} answered 404, and {host} answered 500.'],
    ['503 twice', server.status(503), server.status(503), 'http', '{host} and {host} answered 503.'],
    [
      'other bytes',
      altered,
      altered,
      'checksum',
      '{host} and {host} sent another train-labels-idx1-ubyte.gz than the official one (its SHA-256 differs).',
    ],
    [
      'web pages',
      indexHtml,
      indexHtml,
      'checksum',
      '{host} and {host} sent something else than train-labels-idx1-ubyte.gz.',
    ],
    ['cut gz files', short, short, 'network', '{host} and {host} sent train-labels-idx1-ubyte.gz damaged or cut off.'],
    ['silence', silent, headersOnly, 'stalled', '{host} and {host} sent no byte for 0.24 s.'],
    ['a stall halfway', stallsHalfway, stallsHalfway, 'stalled', '{host} and {host} sent no byte for 0.24 s.'],
  ];
  it.each(cases)('%s', async (_, a, b, kind, reasons) => {
    const { work, host } = await load({ a, b }, { timing: impatient });
    const sentence = `MNIST could not be fetched: ${reasons.replaceAll('{host}', host)}`;
    expect(await rejected(work)).toMatchObject({ name: 'GanvasError', kind, sentence });
  });

  it('a cut download', async () => {
    const { work } = await load({ a: butFor('train-images', cut) });
    expect(await rejected(work)).toMatchObject({
      kind: 'network',
      sentence: expect.stringMatching(/^MNIST could not be fetched: 127\.0\.0\.1:\d+ broke off after [\d,]+ bytes\.$/),
    });
  });

  it('no network at all', async () => {
    // Port 9 of this machine: nobody listens there.
    const source = tinySource(['http://127.0.0.1:9/a/', 'http://127.0.0.1:9/b/']);
    const signal = new AbortController().signal;
    expect(await rejected(loadSource(source, { baseUrl: 'http://127.0.0.1:9/', signal }))).toMatchObject({
      kind: 'network',
      sentence: 'MNIST could not be fetched: 127.0.0.1:9 and 127.0.0.1:9 could not be reached.',
    });
  });

  it('more bytes than the file can have', async () => {
    const endless: server.Temper = (response) => {
      response.writeHead(200);
      response.write(Uint8Array.of(0x1f, 0x8b, 8, 0));
      const timer = setInterval(() => response.write(new Uint8Array(10_000)), 1);
      response.on('close', () => clearInterval(timer));
    };
    const { work, host } = await load({ a: endless });
    expect(await rejected(work)).toMatchObject({
      kind: 'checksum',
      sentence: `MNIST could not be fetched: ${host} sent more than train-labels-idx1-ubyte.gz has.`,
    });
  });

  it('says that this site’s own copy is damaged', async () => {
    const { work, host } = await load({ own: altered, a: server.status(404) });
    expect(await rejected(work)).toMatchObject({
      kind: 'http',
      sentence: `MNIST could not be fetched: this site sent another train-labels-idx1-ubyte.gz than the official one (its SHA-256 differs), and ${host} answered 404.`,
    });
  });
});

describe('loadSource: progress and cancel', () => {
  it('counts bytes up to the total, and names the place', async () => {
    const { work, progress, host } = await load({ a: good });
    await work;
    const amounts = progress.map(({ loadedBytes = -1 }) => loadedBytes);
    expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
    const last = progress.at(-1);
    expect(last?.loadedBytes).toBeGreaterThan(0);
    expect(last?.loadedBytes).toBe(last?.totalBytes);
    expect(progress[0]).toMatchObject({
      stage: 'fetching',
      dataset: 'mnist',
      from: { thisSite: true },
      loadedBytes: 0,
    });
    expect(progress.map(progressWords)[0]).toBe('Fetching MNIST from this site');
    expect(progress.map(progressWords)).toContain(`Fetching MNIST from ${host}`);
    expect(progress.map(progressWords)).toContain('Checking MNIST');
  });

  it('counts the content’s bytes where the host gunzips on the way', async () => {
    const { work, progress } = await load({ a: gunzippedOnTheWay });
    await work;
    const total = Object.values(tinyFiles).reduce((sum, { length }) => sum + length, 0);
    expect(progress.at(-1)).toMatchObject({ loadedBytes: total, totalBytes: total });
    expect(progress.every(({ loadedBytes = 0, totalBytes = 0 }) => loadedBytes <= totalBytes)).toBe(true);
  });

  it.each([
    ['before the first byte', silent],
    ['in the middle of a file', stallsHalfway],
  ])('stops when cancelled %s, and says so', async (_, a) => {
    const controller = new AbortController();
    const { work } = await load({ a, b: good }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('does not begin when it is cancelled already', async () => {
    const { work, asked } = await load({ a: good }, { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    expect(asked).toEqual([]);
  });
});

describe.skipIf(mnistFolder === null)('loadDataset on the real MNIST (skipped where its files are not at hand)', () => {
  it('has the pinned checksums, 60,000 images to train on and 10,000 to test', async () => {
    const { baseUrl } = await serve({
      'data/mnist': (response, name) => createReadStream(join(mnistFolder ?? '', name)).pipe(response),
    });
    const dataset: Dataset = await loadDataset('mnist', { baseUrl, signal: new AbortController().signal });
    expect(dataset.info).toEqual({ id: 'mnist', label: 'MNIST', count: 60_000, origin: { from: 'this-site' } });
    expect(dataset.images).toHaveLength(60_000 * 784);
    expect(dataset.test?.images).toHaveLength(10_000 * 784);
    expect(dataset.test?.labels).toHaveLength(10_000);
    // As anybody knows them who has opened MNIST.
    expect([...(dataset.labels?.subarray(0, 10) ?? [])]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  });
});
