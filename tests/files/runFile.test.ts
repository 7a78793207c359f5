// The run file: what goes in comes out, with the same bytes when it is written again, of any run and of very long ones.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { holdsRun, packRun, unpackRun } from '../../src/files/runFile.ts';
import type { SavedRun } from '../../src/files/savedRun.ts';
import { normalisedConfig, refusal, savedRun, smallConfig, tensorsByHand, zip } from './samples.ts';

describe('a run file', () => {
  it.each([
    ['with an average and batch normalisation', savedRun()],
    ['as in the tutorial', savedRun(smallConfig)],
    [
      'before its first step',
      {
        ...savedRun(smallConfig),
        frames: [],
        quality: { rows: [], real: null, nextAt: 3 },
        stopping: { lowest: null, without: 0 },
      },
    ],
  ] satisfies [string, SavedRun][])('gives back the run: %s', (_, run) => {
    const bytes = packRun(run);
    const read = unpackRun(bytes);
    expect(read).toEqual(run);
    expect(packRun(read)).toEqual(bytes);
  });

  it('has the same bytes whatever order the run’s parts come in', () => {
    const run = savedRun();
    expect(packRun(Object.fromEntries(Object.entries(run).reverse()) as unknown as SavedRun)).toEqual(packRun(run));
  });

  it('is told from a zip of weights', () => {
    expect(holdsRun(packRun(savedRun()), 'mine.zip')).toBe(true);
    expect(holdsRun(zip, 'mine.zip')).toBe(false);
    expect(refusal(() => unpackRun(zip, 'mine.zip'))).toBe(
      'not-our-run: mine.zip has no run.json, so it is not a file of Save run.',
    );
    expect(refusal(() => holdsRun(new Uint8Array(40), 'mine.zip'))).toMatch(/^not-our-weights: mine.zip is not a zip/);
  });

  // Each version that was ever written keeps opening: the file was made once, and is never made again.
  it.each([1])('of version %i still opens', (version) => {
    const file = new Uint8Array(readFileSync(resolve(import.meta.dirname, `fixtures/run-${version}.zip`)));
    const run = savedRun({ ...normalisedConfig, filters: 2, weightAverage: 0.9 });
    // Its random numbers are not those of today's `savedRun`: a second reader says what they are.
    const files = unzipSync(file);
    const tensors = tensorsByHand(files['state.safetensors']);
    const realness = tensorsByHand(files['history.safetensors']).get('realness')?.data ?? new Float32Array();
    const grids = Uint8Array.from(files['grids.bin'] ?? []);
    const part = <Values extends Uint8Array | Float32Array>(all: Values, frame: number) =>
      all.slice((frame * all.length) / run.frames.length, ((frame + 1) * all.length) / run.frames.length);
    expect(unpackRun(file)).toEqual({
      ...run,
      training: { ...run.training, tensors },
      frames: run.frames.map((frame, i) => ({
        ...frame,
        pictures: { pixels: part(grids, i), count: 64 },
        realness: part(realness, i),
      })),
    });
    const first = tensors.get('generator/dense/kernel')?.data.subarray(0, 2);
    expect([...(first ?? []), realness[0]].map((value) => value?.toFixed(4))).toEqual(['0.1898', '0.2727', '0.2559']);
    expect(grids[0]).toBe(149);
  });
});

describe('whatever a run may have come to', () => {
  const run = savedRun({ ...smallConfig, filters: 2 });

  // The generator's halves were taken by hand before the discriminator began the next step.
  it('is read: a step that is owed to a generator that is ahead', () => {
    const training = { ...run.training, iterations: { generator: 3, discriminator: 1 } };
    expect(unpackRun(packRun({ ...run, training })).training).toEqual(training);
  });

  it('is read: measurements of one step, and measures a little beyond what they can be', () => {
    const [row] = run.quality.rows;
    if (!row?.digits) throw new Error('The sample has no digits.');
    const digits = { ...row.digits, confidence: 1 + 1e-6, classShares: Array(10).fill(0), inceptionScore: 1 - 1e-9 };
    const quality = { ...run.quality, rows: [row, { ...row, digits }, row] };
    const metrics = { ...run.metrics, accuracyReal: Float32Array.of(0, 1 + 2 ** -22, Number.NaN) };
    expect(unpackRun(packRun({ ...run, quality, metrics }))).toEqual({ ...run, quality, metrics });
  });

  it('is read: counts and times beyond the limits, which they are written as', () => {
    const [row] = run.quality.rows;
    if (!row) throw new Error('The sample has no row.');
    const read = unpackRun(
      packRun({
        ...run,
        epochs: 2 ** 40,
        seconds: 1e9 + 1,
        quality: { ...run.quality, rows: [{ ...row, seconds: Number.POSITIVE_INFINITY }], nextAt: 2e9 },
        stopping: { lowest: 3, without: 2 ** 31 + 1 },
      }),
    );
    expect([
      read.epochs,
      read.seconds,
      read.quality.rows[0]?.seconds,
      read.quality.nextAt,
      read.stopping.without,
    ]).toEqual([2 ** 31, 1e9, 1e9, 1e9, 2 ** 31]);
  });
});

describe('a run file of a very long run', () => {
  const tinyConfig = { ...smallConfig, filters: 2 };
  const base = savedRun(tinyConfig);
  const at = (step: number) => ({
    ...base.training,
    iterations: { generator: step, discriminator: step },
    owesGenerator: false,
  });

  it.each([
    ['as many as there is room for', 30_000],
    ['one more', 30_001],
    ['many more', 100_000],
  ])('keeps the newest measurements, and evenly spaced ones of those before: %s', (_, count) => {
    const row = base.quality.rows[0];
    if (!row) throw new Error('The sample has no row.');
    const rows = Array.from({ length: count }, (_, i) => ({ ...row, step: i + 1 }));
    const bytes = packRun({ ...base, training: at(count), quality: { ...base.quality, rows } });
    const read = unpackRun(bytes);
    const steps = read.quality.rows.map(({ step }) => step);
    expect(steps).toHaveLength(30_000);
    expect(steps.slice(-15_000)).toEqual(rows.slice(-15_000).map(({ step }) => step));
    const gaps = steps.slice(1, 15_001).map((step, i) => step - (steps[i] ?? 0));
    expect(steps[0]).toBe(1);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    expect(Buffer.compare(packRun(read), bytes)).toBe(0);
  });

  it.each([
    ['as many as there is room for', 4_000_000],
    ['many more', 6_000_000],
  ])('keeps the newest losses, and evenly spaced ones of those before: %s', (_, count) => {
    const column = new Float32Array(count).map((_, i) => i % 1000);
    const shares = column.map((value) => value / 1000);
    const metrics = {
      steps: new Uint32Array(count).map((_, i) => i + 1),
      discriminatorLoss: column,
      generatorLoss: column,
      accuracyReal: shares,
      accuracyFake: shares,
    };
    const { steps, generatorLoss } = unpackRun(packRun({ ...base, training: at(count), metrics })).metrics;
    expect(steps).toHaveLength(4_000_000);
    expect([steps[0], steps.at(-1)]).toEqual([1, count]);
    // Each loss is that of its step, and the newer half has no gaps.
    expect(steps.every((step, i) => generatorLoss[i] === (step - 1) % 1000)).toBe(true);
    expect(steps.slice(-2_000_000).every((step, i) => step === count - 2_000_000 + i + 1)).toBe(true);
  });

  it('is read up to as many steps as are numbers of their own in it', () => {
    const most = 2 ** 24;
    const metrics = {
      steps: Uint32Array.of(most - 2, most - 1, most),
      discriminatorLoss: base.metrics.discriminatorLoss,
      generatorLoss: base.metrics.generatorLoss,
      accuracyReal: base.metrics.accuracyReal,
      accuracyFake: base.metrics.accuracyFake,
    };
    const run = { ...base, training: at(most), metrics };
    expect(unpackRun(packRun(run))).toEqual(run);
    const further = { ...run, training: { ...at(1), firstStep: most } };
    expect(refusal(() => packRun(further))).toBe(
      'too-many-steps: The run cannot be saved: it has taken 16777217 steps, and 16777216 is the most.',
    );
  });
});
