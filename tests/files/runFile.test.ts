// The run file: what goes in comes out, with the same bytes when it is written again; what is at odds with itself is refused.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { holdsRun, packRun, unpackRun } from '../../src/files/runFile.ts';
import { decode, encode } from '../../src/files/safetensors.ts';
import type { SavedRun } from '../../src/files/savedRun.ts';
import { normalisedConfig, refusal, savedRun, smallConfig, zip } from './samples.ts';

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
    const file = resolve(import.meta.dirname, `fixtures/run-${version}.zip`);
    expect(unpackRun(new Uint8Array(readFileSync(file)))).toEqual(
      savedRun({ ...normalisedConfig, filters: 2, weightAverage: 0.9 }),
    );
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

describe('a run file that is not right', () => {
  const files = unzipSync(packRun(savedRun()));
  const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
  const head = JSON.parse(text(files['run.json'])) as Record<string, unknown>;
  const withHead = (change: object) =>
    zipSync({ ...files, 'run.json': new TextEncoder().encode(JSON.stringify({ ...head, ...change })) }, { level: 0 });
  const withTensors = (name: string, change: (tensors: ReturnType<typeof decode>['tensors']) => void) => {
    const tensors = new Map(decode(files[name] ?? new Uint8Array()).tensors);
    change(tensors);
    return zipSync({ ...files, [name]: encode(tensors) }, { level: 0 });
  };
  const training = head.training as object;
  const [row] = (head.quality as { rows: { digits: object }[] }).rows as [{ digits: object }];
  const withQuality = (change: object) => withHead({ quality: { ...(head.quality as object), ...change } });
  const withDigits = (change: object) => withQuality({ real: { diversity: 1, digits: { ...row.digits, ...change } } });

  it.each([
    ['another format', withHead({ format: 'ganvas-weights' }), /^not-our-run: .*does not say "format": "ganvas-run"/],
    ['a newer version', withHead({ version: 2 }), /^not-our-run: .*version 2, and this page reads up to version 1/],
    ['no name', withHead({ id: '' }), /^bad-file: .*"id"/],
    ['a dataset of another world', withHead({ dataset: { id: 'cats' } }), /^bad-file: .*"dataset/],
    ['settings out of range', withHead({ config: { ...smallConfig, filters: 1e9 } }), /^bad-settings: .*run.json/],
    ['other settings', withHead({ config: smallConfig }), /^weights-mismatch: /],
    [
      'measurements without scores, as many as there is room for',
      withHead({ quality: { rows: Array.from({ length: 29_999 }, () => ({ digits: {} })), real: null, nextAt: 0 } }),
      /^bad-file: mine.zip has no proper "quality.rows.0.step" in run.json\.$/,
    ],
    [
      'a measurement that is wrong, behind one that is not',
      withHead({ quality: { rows: [row, { ...row, digits: { ...row.digits, covered: 11 } }], real: null, nextAt: 0 } }),
      /^bad-file: mine.zip has no proper "quality.rows.1.digits.covered" in run.json\.$/,
    ],
    [
      'more measurements than there is room for',
      withHead({ quality: { rows: Array.from({ length: 30_001 }, () => row), real: null, nextAt: 0 } }),
      /^bad-file: mine.zip has no proper "quality.rows" in run.json\.$/,
    ],
    [
      'shares of a million classes',
      withHead({
        quality: {
          rows: [],
          real: { ...row, digits: { classShares: Array.from({ length: 200_000 }, String) } },
          nextAt: 0,
        },
      }),
      /^bad-file: mine.zip has no proper "quality.real.digits.classShares" in run.json\.$/,
    ],
    ['a start for which there is no date', withHead({ started: 1e300 }), /^bad-file: .*"started"/],
    ['a date that is none', withHead({ savedAt: 8.65e15 }), /^bad-file: .*"savedAt"/],
    ['more time than there is', withHead({ seconds: 1e306 }), /^bad-file: .*"seconds"/],
    ['more epochs than are counted', withHead({ epochs: 2 ** 31 + 1 }), /^bad-file: .*"epochs"/],
    [
      'more measurements without progress than are counted',
      withHead({ stopping: { lowest: null, without: Number.MAX_SAFE_INTEGER } }),
      /^bad-file: .*"stopping.without"/,
    ],
    ['a measurement that is never made', withQuality({ nextAt: 1e308 }), /^bad-file: .*"quality.nextAt"/],
    [
      'a measurement of a step to come',
      withQuality({ rows: [{ ...row, step: 4 }] }),
      /^bad-file: .*order of their steps/,
    ],
    [
      'measurements that go back',
      withQuality({ rows: [2, 1].map((step) => ({ ...row, step })) }),
      /^bad-file: .*order of/,
    ],
    ['shares of more than all', withDigits({ classShares: Array(10).fill(1) }), /^bad-file: .*classShares"/],
    ['a confidence below none', withDigits({ confidence: -1e308 }), /^bad-file: .*confidence"/],
    ['a confidence beyond certainty', withDigits({ confidence: 2 }), /^bad-file: .*confidence"/],
    ['a distance below zero', withDigits({ frechet: '-Infinity' }), /^bad-file: .*frechet"/],
    [
      'an inception score that no ten classes give',
      withDigits({ inceptionScore: 'Infinity' }),
      /^bad-file: .*inceptionScore"/,
    ],
    [
      'half a step that nobody has taken',
      withHead({ training: { firstStep: 2, iterations: { generator: 1, discriminator: 0 }, owesGenerator: true } }),
      /^bad-file: mine.zip has begun a step that it has not\.$/,
    ],
    [
      'an accuracy below zero',
      withTensors('history.safetensors', (tensors) => tensors.get('accuracyReal')?.data.fill(-3e38)),
      /^bad-file: mine.zip has an accuracyReal in its history that is no share\.$/,
    ],
    [
      'an accuracy of two',
      withTensors('history.safetensors', (tensors) => tensors.get('accuracyFake')?.data.fill(2)),
      /^bad-file: .*accuracyFake/,
    ],
    [
      'fewer steps than its history',
      withHead({
        training: { ...training, iterations: { generator: 1, discriminator: 1 } },
        quality: { rows: [], real: null, nextAt: 0 },
      }),
      /^bad-file: .*steps in its history/,
    ],
    [
      'more steps than are numbers of their own in it',
      withHead({ training: { ...training, firstStep: 2 ** 24 } }),
      /^bad-file: mine.zip has taken 16777219 steps, and 16777216 is the most\.$/,
    ],
    ['more grids than there are', withHead({ frames: [{ step: 1, half: false }] }), /^bad-file: .*grids.bin/],
    [
      'grids out of order',
      withHead({ frames: [2, 2, 3].map((step) => ({ step, half: false })) }),
      /^bad-file: .*order of their steps/,
    ],
    [
      'a weight that is not a number',
      withTensors('state.safetensors', (tensors) => tensors.get('generator/output/bias')?.data.fill(Number.NaN)),
      /^non-finite-weights: .*generator\/output\/bias/,
    ],
    [
      'a state longer than the settings want',
      zipSync({ ...files, 'state.safetensors': new Uint8Array(8 << 20) }),
      /^too-large: state.safetensors in mine.zip claims 8388608 bytes; the limit is \d{7}\.$/,
    ],
    [
      'a history longer than its steps',
      zipSync({ ...files, 'history.safetensors': new Uint8Array(8 << 20) }),
      // A header of a megabyte, five numbers for each step from 0 to 3, and 64 for each of three grids.
      /^too-large: history.safetensors in mine.zip claims 8388608 bytes; the limit is 1049432\.$/,
    ],
    [
      'a second moment below zero',
      withTensors('state.safetensors', (tensors) =>
        tensors.get('second_moment/discriminator/dense/bias')?.data.fill(-1),
      ),
      /^weights-mismatch: .*below zero/,
    ],
    [
      'a tensor too few',
      withTensors('state.safetensors', (tensors) => tensors.delete('first_moment/generator/dense/kernel')),
      /^weights-mismatch: .*no tensor/,
    ],
    [
      'an infinite loss',
      withTensors('history.safetensors', (tensors) =>
        tensors.get('generatorLoss')?.data.fill(Number.POSITIVE_INFINITY),
      ),
      /^bad-file: .*infinite generatorLoss/,
    ],
    [
      'half a step in its history',
      withTensors('history.safetensors', (tensors) => tensors.get('steps')?.data.set([0.5])),
      /^bad-file: .*ascend/,
    ],
    [
      'a probability of two',
      withTensors('history.safetensors', (tensors) => tensors.get('realness')?.data.fill(2)),
      /^bad-file: .*probability/,
    ],
  ])('is refused: %s', (_, bytes, sentence) => {
    expect(refusal(() => unpackRun(bytes, 'mine.zip'))).toMatch(sentence);
  });

  it('is refused cut off at any place', () => {
    const bytes = packRun(savedRun({ ...smallConfig, filters: 2 }));
    for (let length = 0; length < bytes.length; length += 9973) {
      expect(refusal(() => unpackRun(bytes.subarray(0, length)))).toMatch(/^(not-our-weights|bad-file): /);
    }
  });
});
