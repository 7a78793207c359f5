// A record of a run: what goes into it, how large it can get, and that nothing else than a whole one is read.
import { describe, expect, it } from 'vitest';
import { presets } from '../../../src/config/presets.ts';
import type { QualityRow } from '../../../src/config/quality.ts';
import { History } from '../../../src/files/history.ts';
import { limits, toEvict } from '../../../src/page/runHistory/eviction.ts';
import { readRecord, storedForm } from '../../../src/page/runHistory/readRecord.ts';
import { recordOf } from '../../../src/page/runHistory/recordOf.ts';
import { bytesOf, lastOf, pointsKept, rowsKept } from '../../../src/page/state/runRecord.ts';
import { createPageStore } from '../../../src/page/state/store.ts';
import { differences } from '../../../src/ui/runs/differences.ts';
import { english } from '../../../src/ui/words/en/index.ts';
import { describeRun, metricsOf } from '../../support/fakeWorker.ts';
import { curveOf, sampleRecord } from './sampleRecord.ts';

const timing = { runId: 'run-1', started: 1_000, seconds: 12 };

function openRun() {
  const store = createPageStore();
  const history = new History();
  const { config } = presets.light;
  store.setState({
    workerRun: 'run',
    config,
    description: describeRun('run', config),
    dataset: 'mnist',
    session: 'paused',
  });
  return { store, history, record: () => recordOf(store.getState(), history, timing) };
}

describe('a record', () => {
  it('is none before the first step, nor before anybody knows what it runs on', () => {
    const { store, history, record } = openRun();
    expect(record()).toBeNull();
    history.append(metricsOf(1, 1));
    expect(record()).not.toBeNull();
    store.setState({ workerRun: 'another' });
    expect(record()).toBeNull();
  });

  it('holds what the run was made of, where it ended and its newest digits', () => {
    const { store, history, record } = openRun();
    history.append(metricsOf(1, 5, { generatorLoss: 0.8 }));
    const pixels = new Uint8Array(64 * 784).fill(3);
    history.frames.add({ step: 5, half: false, pictures: { pixels, count: 64 }, realness: new Float32Array(64) });
    const [row] = sampleRecord().quality;
    store.setState({
      finished: 'epochs',
      quality: { ...store.getState().quality, rows: row ? [row] : [], recognisable: { step: 3, seconds: 4 } },
    });
    expect(record()).toMatchObject({
      ...timing,
      preset: 'light',
      dataset: { id: 'mnist', label: 'MNIST' },
      backend: 'wasm',
      steps: 5,
      grid: pixels,
      quality: [row],
      recognisable: { step: 3 },
      ended: 'epochs',
    });
    expect(record()?.curves.generatorLoss.steps).toEqual(Uint32Array.from([1, 2, 3, 4, 5]));
    store.setState({ config: { ...presets.light.config, latent: 7 }, session: 'failed' });
    expect(record()).toMatchObject({ preset: 'changed', ended: 'failed' });
  });

  it('has at most 600 points a series, and leaves out halves that were not taken', () => {
    const { history, record } = openRun();
    history.append(metricsOf(1, 20_000));
    history.append(metricsOf(20_001, 1, { generatorLoss: Number.NaN, discriminatorLoss: 9 }));
    const { curves } = record() ?? sampleRecord();
    for (const { steps, values } of Object.values(curves)) {
      expect(steps.length).toBeLessThanOrEqual(pointsKept);
      expect(values).toHaveLength(steps.length);
      expect(values.every(Number.isFinite)).toBe(true);
    }
    // The spike at the end is there.
    expect(curves.discriminatorLoss.values.at(-1)).toBe(9);
    expect(curves.generatorLoss.steps.at(-1)).toBeLessThan(20_001);
  });

  it('stays small however long the run: forty of them fit', () => {
    const { store, history, record } = openRun();
    history.append(metricsOf(1, 20_000));
    const [row] = sampleRecord().quality as [QualityRow];
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ ...row, step: i, seconds: 3 * i + 1 / 3 }));
    store.setState({ quality: { ...store.getState().quality, rows } });
    const made = record() ?? sampleRecord();
    expect(made.quality).toHaveLength(rowsKept);
    expect([made.quality[0]?.step, made.quality.at(-1)?.step]).toEqual([0, 9_999]);
    expect(limits.runs * bytesOf({ ...made, grid: sampleRecord().grid })).toBeLessThan(limits.bytes);
    expect(readRecord(structuredClone(storedForm(made)))).toEqual(made);
  });

  it('knows the newest value of a series, where there is one', () => {
    const record = sampleRecord();
    expect(lastOf(record, 'generatorLoss')).toBeCloseTo(0.9);
    expect(lastOf({ ...record, curves: { ...record.curves, generatorLoss: curveOf() } }, 'generatorLoss')).toBeNull();
  });
});

describe('what is read', () => {
  it('is what was kept', () => {
    const record = sampleRecord();
    // As IndexedDB gives it back, with what the archive adds.
    expect(readRecord(structuredClone({ ...storedForm(record), bytes: 5 }))).toEqual(record);
    expect(
      readRecord(structuredClone({ ...storedForm(record), grid: null, recognisable: null, quality: [] })),
    ).not.toBeNull();
  });

  it('has the run id that every version of the page has stored as `id`', () => {
    const { runId: id, ...rest } = sampleRecord({ runId: 'of an earlier version' });
    expect(readRecord({ ...rest, id, bytes: 5 })?.runId).toBe('of an earlier version');
    expect(storedForm({ ...rest, runId: id })).toEqual({ ...rest, id });
  });

  it('may be of a run whose measures are not numbers', () => {
    const [row] = sampleRecord().quality;
    const digits = row?.digits ? { ...row.digits, frechet: Number.NaN, divergence: Number.POSITIVE_INFINITY } : null;
    expect(readRecord(storedForm(sampleRecord({ quality: row ? [{ ...row, digits }] : [] })))).not.toBeNull();
  });

  it('of earlier times is read as it was then, and of a preset that is no more by its settings', () => {
    const { tapered, outputKernel, batchNormalisation, ...earlier } = presets.light.config;
    expect(readRecord({ ...storedForm(sampleRecord()), config: earlier })?.config).toEqual(presets.light.config);
    expect(readRecord({ ...storedForm(sampleRecord()), preset: 'heavy' })?.preset).toBe('changed');
    expect(readRecord({ ...storedForm(sampleRecord()), preset: 'toString' })?.preset).toBe('changed');
  });

  const { curves, quality } = sampleRecord();
  const withCurve = (curve: unknown) => ({ curves: { ...curves, generatorLoss: curve } });
  it.each<[string, object]>([
    ['another version', { version: 2 }],
    ['no id', { id: '' }],
    ['a start that is no time', { started: Number.NaN }],
    ['a start for which there is no date', { started: 1e300 }],
    ['impossible settings', { config: { ...presets.light.config, batch: -2 } }],
    ['settings that are none', { config: null }],
    ['an unknown dataset', { dataset: { id: 'cats', label: 'Cats' } }],
    ['an unknown accelerator', { backend: 'abacus' }],
    ['negative time', { seconds: -1 }],
    ['half a step', { steps: 1.5 }],
    ['a missing curve', { curves: { ...curves, accuracyFake: undefined } }],
    ['curves as plain lists', withCurve({ steps: [1], values: [1] })],
    ['curves of unequal length', withCurve({ steps: Uint32Array.from([1, 2]), values: Float32Array.from([1]) })],
    ['steps that go back', withCurve({ steps: Uint32Array.from([2, 1]), values: Float32Array.from([1, 1]) })],
    ['losses that are not numbers', withCurve(curveOf(1, Number.NaN))],
    ['too long a curve', withCurve(curveOf(...new Array(pointsKept + 1).fill(1)))],
    ['too many measurements', { quality: new Array(rowsKept + 1).fill(quality[0]) }],
    ['a measurement without its classes', { quality: [{ ...quality[0], digits: { frechet: 1 } }] }],
    ['half a grid', { grid: new Uint8Array(32 * 784) }],
    ['a grid of other numbers', { grid: new Float32Array(64 * 784) }],
    ['an end that there is not', { ended: 'boredom' }],
  ])('is nothing with %s', (_, damage) => {
    expect(readRecord({ ...storedForm(sampleRecord()), ...damage })).toBeNull();
  });

  it.each([null, undefined, 3, 'text', [], {}, new Uint8Array(9)])('is nothing of %j', (value) => {
    expect(readRecord(value)).toBeNull();
  });
});

describe('what has to go', () => {
  const kept = (...ages: [runId: string, started: number, bytes: number][]) =>
    ages.map(([runId, started, bytes]) => ({ runId, started, bytes }));

  it('is nothing within the limits', () => {
    expect(toEvict(kept(['a', 1, 10], ['b', 2, 10]), 'b', { runs: 2, bytes: 20 })).toEqual([]);
  });

  it('are the oldest, whether they are too many or too large', () => {
    const three = kept(['c', 3, 10], ['a', 1, 10], ['b', 2, 10]);
    expect(toEvict(three, 'c', { runs: 2, bytes: 1_000 })).toEqual(['a']);
    expect(toEvict(three, 'c', { runs: 9, bytes: 15 })).toEqual(['a', 'b']);
  });

  it('is never what has just been kept, though it be the oldest and too large', () => {
    const three = kept(['c', 3, 10], ['a', 1, 99], ['b', 2, 10]);
    expect(toEvict(three, 'a', { runs: 2, bytes: 1_000 })).toEqual(['b']);
    expect(toEvict(three, 'a', { runs: 3, bytes: 5 })).toEqual(['b', 'c']);
  });
});

describe('the differences of two runs', () => {
  const makings = (change: object = {}) => ({
    config: { ...presets.light.config, ...change },
    dataset: 'mnist' as const,
    backend: 'wasm' as const,
  });

  it('are none between equal ones', () => {
    expect(differences(makings(), makings(), english)).toEqual([]);
  });

  it('are said from one to the other', () => {
    const other = {
      ...makings({ filters: 64, tapered: 1, generatorLearningRate: 1e-5 }),
      dataset: 'built-in' as const,
    };
    expect(differences(makings(), { ...other, backend: 'webgl' }, english)).toEqual([
      'dataset MNIST → Built-in digits',
      'filters 32 → 64',
      'tapered off → on',
      'generator learning rate 0.0005 → 1e-5',
      'accelerator WASM → WebGL',
    ]);
    expect(differences({ ...makings(), backend: null }, { ...makings(), backend: 'webgl' }, english)).toEqual([]);
  });
});
