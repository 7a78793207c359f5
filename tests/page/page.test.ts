// What the page does with what the worker says: one run at a time, nothing lost, nothing claimed that is not so.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckpointHead } from '../../src/config/checkpoint.ts';
import { GanvasError } from '../../src/config/errors.ts';
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import type { StopReason } from '../../src/config/stopping.ts';
import { writeZip } from '../../src/files/zip.ts';
import { secondsPerEpoch } from '../../src/page/device/expectation.ts';
import { createPage } from '../../src/page/page.ts';
import { bytesOf } from '../../src/page/state/runRecord.ts';
import { inUseOf, paceOf } from '../../src/page/state/store.ts';
import type { BackendName, BackendOffer, Calibration, Measurement } from '../../src/protocol/devices.ts';
import { encodeError } from '../../src/protocol/errors.ts';
import type { Events, TrainingStatus } from '../../src/protocol/messages.ts';
import type { SessionState } from '../../src/protocol/states.ts';
import { acceleratorWords } from '../../src/ui/status/acceleratorWords.ts';
import { stateWords } from '../../src/ui/status/stateWords.ts';
import { english } from '../../src/ui/words/en/index.ts';
import { FakeArchive } from '../support/fakeArchive.ts';
import { FakeLock, fakeStorage } from '../support/fakeStorage.ts';
import { describeRun, FakeWorker, fakeRenderer, metricsOf, settle } from '../support/fakeWorker.ts';
import { memoryCheckpoints } from '../support/memoryCheckpoints.ts';
import { notFetched, reasonOf, sentenceOf } from '../support/sentence.ts';
import { sampleRecord } from './runHistory/sampleRecord.ts';

const standing: TrainingStatus = {
  step: 3,
  half: false,
  halfSteps: { generator: 3, discriminator: 3 },
  alone: null,
  seconds: 1,
  totalSteps: 10,
  epoch: 1,
  epochs: 5,
  stepInEpoch: 3,
  stepsPerEpoch: 2,
  stepsPerSecond: 4,
  secondsLeft: 2,
};

const resumed = { dataset: 'fashion-mnist', started: 1_000, seconds: 60, damaged: 0 } as const;

const simd = { on: 'threads', simd: true, threads: 2, limit: null } as const;
const damaged = new GanvasError('zip-checksum', { file: 'bad.zip' });
const lossBroken = new GanvasError('loss-broken', { network: 'generator', value: 'not-a-number', step: 4 });

function openPage(lock = new FakeLock()) {
  const workers: FakeWorker[] = [];
  const renderers: ReturnType<typeof fakeRenderer>[] = [];
  const archive = new FakeArchive();
  const opened = <Worker>(list: Worker[], worker: Worker): Worker => {
    list.push(worker);
    return worker;
  };
  const checkpoints = memoryCheckpoints();
  const persist = vi.fn(async () => true);
  const free = vi.fn(async () => 0);
  const storage = { ...fakeStorage(archive), openCheckpoints: async () => checkpoints, lock, persist, free };
  const page = createPage(
    {
      trainer: () => opened(workers, new FakeWorker()),
      renderer: () => opened(renderers, fakeRenderer()),
    },
    'http://localhost/page/',
    storage,
  );
  const renderer = () => renderers.at(-1) as (typeof renderers)[number];
  const worker = (): FakeWorker => workers.at(-1) as FakeWorker;
  const state = () => page.store.getState();
  const run = (): string => worker().named('create').at(-1)?.payload.workerRun ?? '';
  const say = (session: SessionState, finished: StopReason | null = null) =>
    worker().emit(state().workerRun, 'state', { state: session, finished });
  return { ...page, archive, checkpoints, lock, persist, free, worker, workers, renderer, renderers, state, run, say };
}
type OpenPage = ReturnType<typeof openPage>;

const hello = async (
  { worker }: OpenPage,
  hasGpu = false,
  offers: readonly BackendOffer[] = [{ name: 'wasm', available: true, emulated: false, detail: simd }],
): Promise<void> =>
  worker().reply('hello', {
    offers,
    automatic: { name: 'wasm', detail: simd, reason: { because: 'no-webgl' } },
    hasGpu,
    calibration: null,
  });

async function ready(hasGpu = false): Promise<OpenPage> {
  const page = openPage();
  void page.actions.start();
  await hello(page, hasGpu);
  await page.worker().reply('create', describeRun(page.run()));
  page.say('ready');
  return page;
}

async function training(): Promise<OpenPage> {
  const page = await ready();
  void page.actions.train();
  await settle();
  await page.worker().reply('train', null);
  page.say('training');
  page.worker().emit(page.run(), 'metrics', metricsOf(1, 3));
  page.worker().emit(page.run(), 'trainingStatus', standing);
  return page;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('at first', () => {
  it.each([
    [true, 'tutorial'],
    [false, 'quick'],
  ] as const)('with a GPU: %s, the preset is %s and an untrained run on MNIST is made', async (hasGpu, preset) => {
    const page = await ready(hasGpu);
    expect(page.worker().named('hello')[0]?.payload).toEqual({ pageUrl: 'http://localhost/page/', remembered: null });
    expect(page.worker().named('create')[0]?.payload).toMatchObject({
      config: presets[preset].config,
      accelerator: 'automatic',
      dataset: 'mnist',
    });
    expect(page.state()).toMatchObject({ session: 'ready', touched: false, problems: [] });
    expect(page.state().exploration?.a).toHaveLength(32);
  });

  it('remembers Train when it is pressed before the run stands', async () => {
    const page = openPage();
    void page.actions.start();
    void page.actions.train();
    await hello(page);
    expect(page.state().intent).toBe('train');
    expect(page.worker().named('train')).toHaveLength(0);
    await page.worker().reply('create', describeRun(page.run()));
    expect(page.worker().named('train')).toHaveLength(1);
  });

  it('remembers Train when it is pressed before there is even a worker', async () => {
    const page = openPage();
    void page.actions.train();
    await settle();
    void page.actions.start();
    await hello(page);
    expect(page.worker().named('train')).toHaveLength(0);
    await page.worker().reply('create', describeRun(page.run()));
    expect(page.worker().named('train')).toHaveLength(1);
  });

  it('keeps what is set before the worker has answered, on top of the preset for this device', async () => {
    const page = openPage();
    void page.actions.start();
    page.actions.setSetting('filters', 4);
    page.actions.setSetting('generatorLearningRate', 0.001);
    await hello(page);
    const config = { ...presets.quick.config, filters: 4, generatorLearningRate: 0.001 };
    expect(page.state()).toMatchObject({ preset: 'quick', config });
    expect(page.worker().named('create')[0]?.payload.config).toEqual(config);
  });

  it('keeps what is set while the worker that draws is waited for', async () => {
    const page = openPage();
    void page.actions.start();
    await page.worker().reply('hello', { offers: [], automatic: null, hasGpu: false, calibration: null });
    page.actions.setSetting('filters', 4);
    page.actions.setSetting('batch', 8);
    await vi.advanceTimersByTimeAsync(2_000);
    const config = { ...presets.quick.config, filters: 4, batch: 8 };
    expect(page.state().config).toEqual(config);
    expect(page.worker().named('create').at(-1)?.payload.config).toEqual(config);
  });

  it('keeps a preset that is chosen before the worker has answered, whatever suits this device', async () => {
    const page = openPage();
    void page.actions.start();
    page.actions.setSetting('seed', 7);
    page.actions.setSetting('filters', 4);
    page.actions.choosePreset('light');
    await hello(page, true);
    const config = { ...presets.light.config, seed: 7 };
    expect(page.state()).toMatchObject({ preset: 'light', config });
    expect(page.worker().named('create')[0]?.payload.config).toEqual(config);
  });

  it('says so when the worker cannot say what this device has', async () => {
    const page = openPage();
    void page.actions.start();
    await page.worker().refuse('hello', new Error('odd'));
    expect(page.state()).toMatchObject({ session: 'failed', problems: [{ place: 'page', kind: 'internal' }] });
  });

  it('says so when there is no worker', async () => {
    const none = () => {
      throw new GanvasError('no-workers-here', {});
    };
    const page = createPage({ trainer: none, renderer: none }, '', fakeStorage());
    await page.actions.start();
    expect(page.store.getState()).toMatchObject({
      session: 'failed',
      problems: [{ place: 'page', code: 'no-workers-here', kind: 'no-worker', fatal: true }],
    });
  });
});

const measured = (name: BackendName, light: number | null, tutorial: number | null): Measurement => ({
  name,
  detail: { on: 'device', name },
  emulated: false,
  passed: true,
  why: null,
  msPerStep: { quick: null, light, tutorial },
  msInTraining: { quick: null, light: null, tutorial: null },
});
const calibration: Calibration = {
  device: 'this one',
  measurements: [measured('webgl', 20, 100), measured('wasm', 200, null)],
};
const automatic = { name: 'webgl', detail: { on: 'device', name: 'a GPU' }, reason: { because: 'chosen' } } as const;

/** Keeps what the page keeps for the next visit. @returns what it has kept under a name */
function keeping(): (key: string) => unknown {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  });
  return (key) => JSON.parse(kept.get(key) ?? 'null') as unknown;
}

describe('what the accelerators can do', () => {
  const accelerators = 'ganvas-accelerators';
  afterEach(() => vi.unstubAllGlobals());

  it('is kept for the next visit, unless it is not worth it, and handed to the worker then', async () => {
    const kept = keeping();
    const page = await ready();
    page.worker().emit(null, 'calibration', { calibration, automatic, keep: true });
    expect(page.state()).toMatchObject({ calibration, browser: { automatic } });
    expect(kept(accelerators)).toEqual(calibration);
    const next = await ready();
    expect(next.worker().named('hello')[0]?.payload.remembered).toEqual(calibration);
    next.worker().emit(null, 'calibration', { calibration, automatic, keep: false });
    expect(next.state().calibration).toEqual(calibration);
    expect(kept(accelerators)).toBeNull();
  });

  it('says how long an epoch of each preset takes, on the accelerator and dataset in use, while it is known', async () => {
    const page = await ready();
    const light = () => secondsPerEpoch('light', page.state());
    const tutorial = () => secondsPerEpoch('tutorial', page.state());
    expect([light(), tutorial()]).toEqual([null, null]);
    page.worker().emit(null, 'calibration', { calibration, automatic, keep: true });
    expect(light()).toBeCloseTo(Math.floor(60_000 / 64) * 0.02);
    expect(tutorial()).toBeCloseTo(Math.floor(60_000 / 256) * 0.1);
    page.actions.chooseDataset('built-in');
    expect(light()).toBeCloseTo(Math.floor(10_000 / 64) * 0.02);
    page.actions.chooseAccelerator('wasm');
    expect(light()).toBeCloseTo(Math.floor(10_000 / 64) * 0.2);
    expect(tutorial()).toBeNull();
    page.actions.chooseDataset('own');
    expect(light()).toBeNull();
  });

  it('says roughly how long one of other settings takes, by their arithmetic', async () => {
    const page = await ready();
    page.worker().emit(null, 'calibration', { calibration, automatic, keep: true });
    const { config } = presets.light;
    const one = secondsPerEpoch('light', page.state()) ?? 0;
    const rough = (change: Partial<RunConfig>) => secondsPerEpoch('light', page.state(), { ...config, ...change });
    expect(rough({ seed: 9 })).toBeCloseTo(one);
    // Twice the channels on both sides of a convolution, nearly four times the arithmetic.
    expect((rough({ filters: 2 * config.filters }) ?? 0) / one).toBeGreaterThan(3.3);
    // Half the steps of twice the images.
    expect(rough({ batch: 2 * config.batch })).toBeCloseTo(one, 0);
  });

  it('says how long an epoch takes as it did in a run, once there was one', async () => {
    const page = await ready();
    const [webgl, wasm] = calibration.measurements;
    const trained = {
      ...calibration,
      measurements: [{ ...webgl, msInTraining: { quick: null, light: 30, tutorial: null } }, wasm],
    };
    page.worker().emit(null, 'calibration', { calibration: trained as Calibration, automatic, keep: true });
    expect(secondsPerEpoch('light', page.state())).toBeCloseTo(Math.floor(60_000 / 64) * 0.03);
    expect(secondsPerEpoch('tutorial', page.state())).toBeCloseTo(Math.floor(60_000 / 256) * 0.1);
  });

  it('is not said of the one before while another is being started, nor where none could be', async () => {
    const page = await ready();
    expect(inUseOf(page.state())?.name).toBe('wasm');
    page.actions.chooseAccelerator('webgl');
    expect(inUseOf(page.state())).toBeNull();
    expect(acceleratorWords(page.state(), english)).toBe('Switching to WebGL…');
    await page.worker().refuse('create', new GanvasError('webgl-absent', {}));
    expect(inUseOf(page.state())).toBeNull();
    expect(acceleratorWords(page.state(), english)).toBe('Nothing computes at the moment.');
    page.actions.chooseAccelerator('automatic');
    expect(acceleratorWords(page.state(), english)).toBe('Choosing the accelerator anew…');
    await page.worker().reply('create', describeRun(page.run()));
    expect(inUseOf(page.state())?.name).toBe('wasm');
  });

  it('is measured until Cancel, which makes the new run with what is known by then', async () => {
    const page = await ready();
    await page.actions.cancelMeasuring();
    expect(page.worker().named('create')).toHaveLength(1);
    void page.actions.measureAccelerators('all');
    page.worker().emit(page.run(), 'progress', { stage: 'measuring', backend: 'webgl' });
    void page.actions.cancelMeasuring();
    expect(page.worker().named('create').at(-1)?.payload.measure).toBe('none');
    expect(stateWords(page.state(), english)).toBe('Stopping to measure…');
  });

  it('is measured again on request, with a new run, but never at the cost of one that has steps', async () => {
    const page = await ready();
    void page.actions.measureAccelerators('all');
    expect(page.worker().named('create').at(-1)?.payload.measure).toBe('all');
    const busy = await training();
    await busy.actions.measureAccelerators('again');
    expect(busy.worker().named('create')).toHaveLength(1);
    expect(busy.worker().named('create')[0]?.payload).not.toHaveProperty('measure');
  });

  it('shows what a run takes of the machine, until another one begins', async () => {
    const page = await training();
    const use = { msPerStep: 40, tensors: 42, bytes: 1e6, reservedBytes: null, leaked: 0 };
    page.worker().emit(page.run(), 'performance', use);
    expect(page.state().machineUse).toEqual(use);
    void page.actions.reset();
    expect(page.state().machineUse).toBeNull();
  });
});

describe('the choices of the last visit', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('are those of this one: dataset, preset, accelerator and pace', async () => {
    keeping();
    const page = await ready();
    page.actions.chooseDataset('fashion-mnist');
    page.actions.choosePreset('tutorial');
    page.actions.choosePace('smooth');
    page.actions.chooseAccelerator('wasm');
    await page.worker().reply('create', describeRun(page.run()));
    // To be seen at once, before the worker has answered.
    expect(openPage().state()).toMatchObject({ dataset: 'fashion-mnist', preset: 'tutorial', accelerator: 'wasm' });
    const next = await ready();
    const chosen = { dataset: 'fashion-mnist', preset: 'tutorial', accelerator: 'wasm', pace: 'smooth' };
    expect(next.state()).toMatchObject({ ...chosen, config: presets.tutorial.config });
    expect(next.worker().named('create')[0]?.payload).toMatchObject({
      dataset: 'fashion-mnist',
      accelerator: 'wasm',
      config: presets.tutorial.config,
    });
  });

  it('are left alone where they mean nothing any more', async () => {
    for (const kept of [
      { dataset: 'own', preset: 'toString', accelerator: 'abacus', pace: 3 },
      { dataset: null, accelerator: 'webgl' },
      'text',
      null,
    ]) {
      const text = JSON.stringify(kept);
      vi.stubGlobal('localStorage', {
        getItem: (key: string) => (key === 'ganvas-choices' ? text : null),
        setItem() {},
      });
      const page = await ready();
      // The fake browser has WASM alone.
      expect(page.state()).toMatchObject({ dataset: 'mnist', preset: 'quick', accelerator: 'automatic', pace: null });
    }
  });

  it('leave out an accelerator that did not start, and images that are gone', async () => {
    keeping();
    const page = await ready();
    page.actions.chooseDataset('own');
    page.actions.chooseAccelerator('webgl');
    await page.worker().refuse('create', new GanvasError('webgl-absent', {}));
    expect((await ready()).state()).toMatchObject({ dataset: 'mnist', accelerator: 'automatic' });
  });
});

describe('the visitor’s own images', () => {
  it('are used before the run on them is asked for, and by nothing else that makes a run', async () => {
    const page = await ready();
    page.actions.takeImages();
    expect(page.state().dataset).toBe('own');
    const names = page.worker().sent.map(({ name }) => name);
    expect(names.lastIndexOf('takeImages')).toBeGreaterThan(-1);
    expect(names.lastIndexOf('create')).toBeGreaterThan(names.lastIndexOf('takeImages'));
    void page.actions.reset();
    page.actions.chooseDataset('own');
    expect(page.worker().named('takeImages')).toHaveLength(1);
  });
});

describe('settings', () => {
  it('make one new run when they have rested, however many changed', async () => {
    const page = await ready();
    page.actions.setSetting('filters', 16);
    page.actions.setSetting('filters', 64);
    page.actions.setSetting('batch', 32);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.worker().named('create')).toHaveLength(2);
    expect(page.worker().named('create')[1]?.payload.config).toMatchObject({ filters: 64, batch: 32 });
  });

  it('say at once that the networks are built anew, and no longer when they are', async () => {
    const page = await ready();
    expect(stateWords(page.state(), english)).toBe('Untrained');
    page.actions.setSetting('filters', 64);
    expect(stateWords(page.state(), english)).toBe('Building the networks…');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stateWords(page.state(), english)).toBe('Building the networks…');
    await page.worker().reply('create', describeRun(page.run()));
    page.say('ready');
    expect(stateWords(page.state(), english)).toBe('Untrained');
  });

  it('are in the run that Train starts, even when it is pressed at once', async () => {
    const page = await ready();
    page.actions.setSetting('filters', 64);
    void page.actions.train();
    await settle();
    expect(page.worker().named('create')[1]?.payload.config.filters).toBe(64);
    expect(page.worker().named('train')).toHaveLength(0);
    await page.worker().reply('create', describeRun(page.run()));
    expect(page.worker().named('train')).toHaveLength(1);
  });

  it('with something wrong in their fields are all named by Train, which starts nothing until they are right', async () => {
    const page = await ready();
    page.actions.noteWrongSetting('filters', true);
    page.actions.noteWrongSetting('batch', true);
    await page.actions.train();
    expect(page.worker().named('train')).toHaveLength(0);
    expect(page.state().problems).toMatchObject([
      { place: 'settings', code: 'settings-wrong', facts: { settings: ['filters', 'batch'] } },
    ]);
    page.actions.noteWrongSetting('filters', false);
    await page.actions.train();
    expect(page.state()).toMatchObject({ problems: [{ facts: { settings: ['batch'] } }], intent: null });
    page.actions.noteWrongSetting('batch', false);
    expect(page.state().problems).toEqual([]);
    void page.actions.train();
    await settle();
    expect(page.worker().named('train')).toHaveLength(1);
  });

  it('keep the value in use when the new one is wrong', async () => {
    const page = await ready();
    for (const value of [7, -2, Number.NaN, 1e9]) page.actions.setSetting('batch', value);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.state().config.batch).toBe(presets.quick.config.batch);
    expect(page.worker().named('create')).toHaveLength(1);
  });

  it('do not change while a run has steps, but the learning rates do, at once', async () => {
    const page = await training();
    page.actions.setSetting('filters', 64);
    page.actions.choosePreset('tutorial');
    page.actions.setSetting('generatorLearningRate', 0.001);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.state().config.filters).toBe(presets.quick.config.filters);
    expect(page.worker().named('create')).toHaveLength(1);
    expect(
      page
        .worker()
        .named('setLearningRates')
        .map(({ payload }) => payload),
    ).toEqual([{ discriminator: presets.quick.config.discriminatorLearningRate, generator: 0.001 }]);
  });

  it('send a learning rate later when it changes while nothing can take it', async () => {
    const page = await ready();
    page.say('loading');
    page.actions.setSetting('generatorLearningRate', 0.001);
    expect(page.worker().named('setLearningRates')).toHaveLength(0);
    page.say('training');
    expect(page.worker().named('setLearningRates')).toHaveLength(1);
  });
});

describe('a run', () => {
  it('that is over is not heard any more', async () => {
    const page = await training();
    const old = page.run();
    void page.actions.reset();
    page.worker().emit(old, 'metrics', metricsOf(4, 5));
    page.worker().emit(old, 'state', { state: 'paused', finished: 'epochs' });
    expect(page.history.length).toBe(0);
    expect(page.state()).toMatchObject({
      session: 'loading',
      finished: null,
      touched: false,
      last: null,
      trainingStatus: null,
    });
  });

  it('gathers its history and can be paused', async () => {
    const page = await training();
    expect(page.history.length).toBe(3);
    expect(page.state()).toMatchObject({ touched: true, trainingStatus: standing, last: { step: 3 } });
    const paused = page.actions.pause();
    expect(page.state().intent).toBe('pause');
    // Whatever else is going on: a first step that compiles can take long.
    page.worker().emit(page.run(), 'progress', { stage: 'compiling', what: 'first-step' });
    expect(stateWords(page.state(), english)).toBe('Pausing…');
    await page.worker().reply('pause', null);
    await paused;
    expect(page.state().intent).toBeNull();
  });

  it('whose start is called off leaves no message', async () => {
    const page = await ready();
    void page.actions.train();
    await settle();
    page.say('loading');
    await page.actions.cancel();
    await settle();
    expect(page.worker().aborted).toEqual(
      page
        .worker()
        .named('train')
        .map(({ id }) => id),
    );
    expect(page.state()).toMatchObject({ problems: [], intent: null });
  });

  it('that is still being made stands although the press of Train is taken back', async () => {
    const page = openPage();
    void page.actions.start();
    void page.actions.train();
    await hello(page);
    page.say('loading');
    await page.actions.cancel();
    expect(page.worker().aborted).toEqual([]);
    await page.worker().reply('create', describeRun(page.run()));
    page.say('ready');
    expect(page.worker().named('train')).toHaveLength(0);
    expect(page.state()).toMatchObject({ session: 'ready', intent: null, problems: [] });
  });

  it('names the dataset that is in use when another was asked for, and tries again on request', async () => {
    const page = await training();
    const error = encodeError(notFetched());
    page.worker().emit(page.run(), 'datasetUnavailable', { wanted: 'mnist', using: 'built-in', error });
    expect(page.state()).toMatchObject({ dataset: 'built-in', unavailable: { wanted: 'mnist' } });
    void page.actions.retryDataset();
    // The run in progress goes on until the data has come.
    expect(page.worker().named('create')).toHaveLength(1);
    await page.worker().reply('fetchDataset', null);
    await settle();
    expect(page.worker().named('create').at(-1)?.payload.dataset).toBe('mnist');
    await page.worker().reply('create', describeRun(page.run()));
    expect(page.worker().named('train')).toHaveLength(2);
    expect(page.state().unavailable).toBeNull();
  });

  it('that stops by itself says why, beside the Train button', async () => {
    const page = await training();
    page.worker().emit(page.run(), 'problem', encodeError(lossBroken));
    page.say('failed');
    expect(page.state()).toMatchObject({
      session: 'failed',
      problems: [{ place: 'training', code: 'loss-broken', kind: 'non-finite-loss' }],
    });
    void page.actions.reset();
    expect(page.state().problems).toEqual([]);
  });
});

describe('the settings of a kept run', () => {
  const config = { ...presets.tutorial.config, filters: 8, seed: 5 };

  it('make a new run of the same settings and data; the one before is kept as it was', async () => {
    const page = await training();
    const before = page.state().config;
    page.actions.takeSettings(config, 'built-in');
    await settle();
    expect(page.worker().named('create').at(-1)?.payload).toMatchObject({ config, dataset: 'built-in' });
    expect(page.state()).toMatchObject({ config, dataset: 'built-in', touched: false, session: 'loading' });
    expect([...page.archive.records.values()]).toMatchObject([{ steps: 3, config: before, dataset: { id: 'mnist' } }]);
  });

  it('are those of a preset again where they are', async () => {
    const page = await training();
    page.actions.takeSettings({ ...presets.tutorial.config, seed: 5 }, 'mnist');
    expect(page.state().preset).toBe('tutorial');
  });

  it('stay when they were asked for before the worker has answered', async () => {
    const page = openPage();
    void page.actions.start();
    page.actions.takeSettings(config, 'built-in');
    await hello(page);
    expect(page.worker().named('create')).toHaveLength(1);
    expect(page.worker().named('create')[0]?.payload).toMatchObject({ config, dataset: 'built-in' });
  });
});

describe('weights from a file', () => {
  const zip = () => new File([new Uint8Array(8)], 'mine.zip');

  it('begin a run of their own, whose first events come before the reply', async () => {
    const page = await training();
    const opened = page.actions.openFile(zip());
    await vi.advanceTimersByTimeAsync(1);
    const { workerRun } = page.worker().named('open')[0]?.payload ?? { workerRun: '' };
    expect(page.state().workerRun).not.toBe(workerRun);
    page.worker().emit(workerRun, 'state', { state: 'ready', finished: null });
    page.worker().emit(workerRun, 'trainingStatus', { ...standing, step: 500 });
    const config = { ...presets.quick.config, filters: 64, latent: 10 };
    await page.worker().reply('open', describeRun(workerRun, config));
    await opened;
    expect(page.state()).toMatchObject({
      workerRun,
      session: 'ready',
      touched: true,
      config,
      trainingStatus: { step: 500 },
    });
    expect(page.state().exploration?.a).toHaveLength(10);
    expect(page.history.length).toBe(0);
  });

  it('of a file that no zip of ours can be are refused before it is read', async () => {
    const page = await training();
    const file = Object.defineProperties(zip(), {
      size: { value: 257 * 2 ** 20 },
      arrayBuffer: { value: () => Promise.reject(new Error('It was read.')) },
    });
    await page.actions.openFile(file);
    expect(page.worker().named('open')).toEqual([]);
    expect(page.state().problems).toMatchObject([
      {
        place: 'weights',
        kind: 'too-large',
      },
    ]);
    expect(page.state().problems.map(sentenceOf)).toEqual([
      'mine.zip has 257 MB; a file of Save run or Download weights has 256 MB at most.',
    ]);
  });

  it('are refused where a run is to be opened, and a run is not', async () => {
    const zipOf = (entry: string) => new File([writeZip(new Map([[entry, new Uint8Array(2)]]))], 'a.zip');
    const page = await training();
    await page.actions.openFile(zipOf('model.json'), 'run');
    expect(page.worker().named('open')).toEqual([]);
    expect(page.state()).toMatchObject({
      session: 'training',
      problems: [{ place: 'weights', code: 'weights-and-no-run' }],
    });
    void page.actions.openFile(zipOf('run.json'), 'run');
    await vi.waitFor(() => expect(page.worker().named('open')).toHaveLength(1));
  });

  it('are what Train trains that is pressed while the file is still being read', async () => {
    const page = await training();
    page.say('paused');
    let read = (_: ArrayBuffer): void => {};
    const reading = new Promise<ArrayBuffer>((resolve) => {
      read = resolve;
    });
    void page.actions.openFile(Object.assign(zip(), { arrayBuffer: () => reading }));
    await settle();
    void page.actions.train();
    await settle();
    read(new ArrayBuffer(8));
    await settle();
    if (page.worker().named('save').length > 0) await page.worker().reply('save', null);
    const { workerRun } = page.worker().named('open')[0]?.payload ?? { workerRun: '' };
    await page.worker().reply('open', describeRun(workerRun));
    const names = page.worker().sent.map(({ name }) => name);
    expect(names.lastIndexOf('train')).toBeGreaterThan(names.lastIndexOf('open'));
  });

  it('stand although another file is opened at once, which is refused when they do', async () => {
    const page = await training();
    const first = page.actions.openFile(zip());
    const second = page.actions.openFile(new File([new Uint8Array(8)], 'bad.zip'));
    await vi.advanceTimersByTimeAsync(1);
    expect(page.worker().named('open')).toHaveLength(1);
    const { workerRun } = page.worker().named('open')[0]?.payload ?? { workerRun: '' };
    page.worker().emit(workerRun, 'state', { state: 'ready', finished: null });
    await page.worker().reply('open', describeRun(workerRun));
    await first;
    await vi.advanceTimersByTimeAsync(1);
    expect(page.worker().named('open')).toHaveLength(2);
    await page.worker().refuse('open', damaged);
    await second;
    expect(page.state()).toMatchObject({
      workerRun,
      session: 'ready',
      problems: [{ place: 'weights', code: 'zip-checksum', kind: 'bad-file', facts: damaged.facts }],
    });
  });

  it('keep their events although a kept run is taken up meanwhile, which is gone', async () => {
    const page = await training();
    void page.actions.openFile(zip());
    await vi.advanceTimersByTimeAsync(1);
    const [asked] = page.worker().named('open');
    const workerRun = asked?.payload.workerRun ?? '';
    void page.actions.resume('gone');
    await settle();
    page.worker().emit(workerRun, 'state', { state: 'ready', finished: null });
    const reply = { kind: 'reply', id: asked?.id, ok: true, payload: describeRun(workerRun) };
    page.worker().fire('message', { data: reply });
    await settle();
    await page.worker().refuse('open', new GanvasError('run-not-kept', {}));
    expect(page.state()).toMatchObject({
      workerRun,
      session: 'ready',
      problems: [{ place: 'page', kind: 'bad-file' }],
    });
  });

  it('that are refused leave the run as it is, with one sentence beside the button', async () => {
    const page = await training();
    const before = page.state();
    const opened = page.actions.openFile(zip());
    await vi.advanceTimersByTimeAsync(1);
    const { workerRun } = page.worker().named('open')[0]?.payload ?? { workerRun: '' };
    page.worker().emit(workerRun, 'metrics', metricsOf(7, 2));
    await page.worker().refuse('open', new GanvasError('zip-none', { file: 'mine.zip' }));
    await opened;
    expect(page.state()).toEqual({
      ...before,
      // The run is kept meanwhile.
      runs: page.state().runs,
      problems: [
        { place: 'weights', code: 'zip-none', kind: 'not-our-weights', facts: { file: 'mine.zip' }, fatal: false },
      ],
    });
    page.worker().emit(before.workerRun, 'metrics', metricsOf(4, 1));
    expect(page.history.length).toBe(4);
  });
});

describe('drawing', () => {
  const quiet = { kind: 'not-now' };
  const latent = () => new Float32Array(32);

  it('has a worker of its own, with a line to the one that trains, from the moment that one has answered', async () => {
    const page = openPage();
    void page.actions.start();
    expect(page.renderers).toHaveLength(0);
    await hello(page);
    expect(page.renderers).toHaveLength(1);
    const [here] = page.renderer().named('connect');
    const [there] = page.worker().named('connect');
    const heard = new Promise((resolve) =>
      here?.payload.snapshots.addEventListener('message', resolve, { once: true }),
    );
    here?.payload.snapshots.start();
    there?.payload.snapshots.postMessage('a snapshot');
    expect(await heard).toMatchObject({ data: 'a snapshot' });
    here?.payload.snapshots.close();
  });

  it('is loaded before anything is measured, or that is not waited for any longer', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in this test')));
    for (const loads of [true, false]) {
      const page = openPage();
      void page.actions.start();
      await page.worker().reply('hello', { offers: [], automatic: null, hasGpu: false, calibration: null });
      expect(page.worker().named('create')).toHaveLength(0);
      if (loads) await page.renderer().reply('connect', { backend: 'wasm' });
      else await vi.advanceTimersByTimeAsync(1_500);
      expect(page.worker().named('create')).toHaveLength(1);
    }
    vi.unstubAllGlobals();
  });

  it('begins when the weights of the run have come, and tells of newer ones', async () => {
    const page = await ready();
    await expect(page.actions.render(latent())).rejects.toMatchObject(quiet);
    page.renderer().emit(page.run(), 'weights', { step: 0 });
    expect(page.state().weights).toEqual({ workerRun: page.run(), step: 0 });
    const rendering = { pixels: new Float32Array(784), realness: 0.5, step: 0 };
    const drawn = page.actions.render(latent());
    expect(page.renderer().named('render')[0]?.payload).toEqual({ workerRun: page.run(), latent: latent() });
    await page.renderer().reply('render', rendering);
    expect(await drawn).toEqual(rendering);
    page.renderer().emit(page.run(), 'weights', { step: 40 });
    expect(page.state().weights).toEqual({ workerRun: page.run(), step: 40 });
  });

  it('is not asked for what belongs to the run before, and what that one answers is nobody’s business', async () => {
    const page = await ready();
    page.renderer().emit(page.run(), 'weights', { step: 0 });
    const late = page.actions.render(latent());
    expect(page.renderer().named('render')).toHaveLength(1);
    page.actions.setSetting('latent', 8);
    await vi.runOnlyPendingTimersAsync();
    await page.renderer().refuse('render', new GanvasError('latent-length', { wanted: 8, count: 100 }));
    await expect(late).rejects.toMatchObject(quiet);
    // The new run's weights come before its description.
    page.renderer().emit(page.run(), 'weights', { step: 0 });
    page.say('ready');
    await expect(page.actions.render(latent())).rejects.toMatchObject(quiet);
    await page.worker().reply('create', describeRun(page.run(), { ...presets.quick.config, latent: 8 }));
    await expect(page.actions.render(latent())).rejects.toMatchObject(quiet);
    expect(page.renderer().named('render')).toHaveLength(1);
    void page.actions.render(new Float32Array(8));
    expect(page.renderer().named('render')).toHaveLength(2);
  });

  it('that fails for good is said beside the digit; training goes on, and Restart brings a new worker for it alone', async () => {
    const page = await training();
    const crash = async () => {
      page.renderer().emit(page.run(), 'weights', { step: 3 });
      const drawn = page.actions.render(latent()).catch((error: unknown) => page.actions.report(error, 'explore'));
      page.renderer().fire('error', { message: 'boom' });
      await drawn;
    };
    // Once it is replaced by itself, with nothing said.
    await crash();
    expect(page.renderers).toHaveLength(2);
    expect(page.state()).toMatchObject({ session: 'training', weights: null, problems: [] });
    await crash();
    expect(page.state()).toMatchObject({
      session: 'training',
      weights: null,
      problems: [{ place: 'explore', kind: 'renderer-crashed', fatal: true }],
    });
    void page.actions.restart('explore');
    expect(page.renderers).toHaveLength(3);
    expect(page.workers).toHaveLength(1);
    expect(page.worker().named('connect')).toHaveLength(3);
    expect(page.state()).toMatchObject({ session: 'training', problems: [] });
  });

  it('ends with the worker that trains, and begins again with the next', async () => {
    const page = await training();
    page.worker().fire('error', { message: 'boom' });
    void page.actions.restart('page');
    expect(page.renderer().terminated).toBe(true);
    await hello(page);
    expect(page.renderers).toHaveLength(2);
  });
});

it('what digits are drawn with is sent when it is chosen, and to every new worker', async () => {
  const page = await ready();
  expect(page.worker().named('setDrawnWith')).toHaveLength(0);
  page.actions.chooseDrawnWith('newest');
  expect(page.worker().named('setDrawnWith')[0]?.payload).toEqual({ weights: 'newest' });
  void page.actions.start();
  expect(page.workers).toHaveLength(2);
  expect(page.worker().named('setDrawnWith')[0]?.payload).toEqual({ weights: 'newest' });
});

describe('the pace', () => {
  it('is what the backend has by itself until one is chosen, and is sent then and to every new worker', async () => {
    const page = await ready();
    expect(paceOf(page.state())).toBe('full');
    expect(page.worker().named('setPace')).toHaveLength(0);
    page.actions.choosePace('smooth');
    expect(paceOf(page.state())).toBe('smooth');
    expect(page.worker().named('setPace')[0]?.payload).toEqual({ pace: 'smooth' });
    void page.actions.start();
    expect(page.workers).toHaveLength(2);
    expect(page.worker().named('setPace')[0]?.payload).toEqual({ pace: 'smooth' });
  });

  it('is smooth on a GPU by itself, and remembered where the browser lets it be', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
    const page = await ready();
    const { description } = page.state();
    if (description === null) throw new Error('no run');
    page.store.setState({
      description: { ...description, backend: { ...description.backend, name: 'webgl' } },
    });
    expect(paceOf(page.state())).toBe('smooth');
    page.actions.choosePace('full');
    expect(paceOf((await ready()).state())).toBe('full');
    vi.unstubAllGlobals();
  });
});

const head = (runId: string, step = 240): CheckpointHead => ({
  runId,
  slot: 0,
  sequence: 1,
  savedAt: Date.now() - 120_000,
  step,
  half: false,
  dataset: 'MNIST',
  bytes: 1_000,
});

/** As the worker tells of a save. */
const keptAs = (head: CheckpointHead): Events['saved'] => ({ head, formerly: null, gone: [], whole: true });

describe('a worker that is lost', () => {
  it('makes way for another, which takes the run up where it was kept, and trains on', async () => {
    const page = await training();
    page.worker().emit(page.run(), 'saved', keptAs(head(page.run(), 3)));
    const kept = page.run();
    const { backend, config: trained } = page.state().description ?? {};
    page.worker().fire('error', { message: 'boom' });
    expect(page.workers).toHaveLength(2);
    // It need not check again what it has trained on until now.
    expect(page.worker().named('hello')[0]?.payload.checked).toEqual({ backend, config: trained });
    await hello(page);
    const asked = page.worker().named('open')[0]?.payload;
    expect(asked).toMatchObject({ from: { runId: kept }, accelerator: 'automatic', thenTrain: true });
    const workerRun = asked?.workerRun ?? '';
    const { config } = page.state();
    page.worker().emit(workerRun, 'trainingStatus', { ...standing, step: 3 });
    await page.worker().reply('open', { ...describeRun(workerRun, config), runId: kept, resumed });
    expect(page.worker().named('train')).toHaveLength(1);
    await page.worker().reply('train', null);
    expect(page.state()).toMatchObject({ workerRun, touched: true });
    expect(page.state().problems).toMatchObject([{ kind: 'recovered', fatal: false }]);
    expect(page.state().problems.map(sentenceOf)).toEqual([
      expect.stringMatching(/crashed \(boom\)\. The run goes on from step 3/),
    ]);
  });

  it('is taken up again where the worker that was to go on with it is lost as well', async () => {
    const page = await training();
    page.worker().emit(page.run(), 'saved', keptAs(head(page.run(), 3)));
    const kept = page.run();
    page.worker().fire('error', { message: 'boom' });
    await hello(page);
    expect(page.worker().named('open')).toHaveLength(1);
    page.worker().fire('error', { message: 'boom again' });
    expect(page.workers).toHaveLength(3);
    await hello(page);
    expect(page.worker().named('create')).toEqual([]);
    const asked = page.worker().named('open')[0]?.payload;
    expect(asked).toMatchObject({ from: { runId: kept }, thenTrain: true });
    await page
      .worker()
      .reply('open', { ...describeRun(asked?.workerRun ?? '', page.state().config), runId: kept, resumed });
    expect(page.worker().named('train')).toHaveLength(1);
  });

  it('leaves the run paused when Pause was pressed on the one that had stopped answering', async () => {
    const page = await training();
    page.worker().emit(page.run(), 'saved', keptAs(head(page.run(), 3)));
    void page.actions.pause();
    page.worker().fire('error', { message: 'boom' });
    await hello(page);
    const { workerRun, thenTrain } = page.worker().named('open')[0]?.payload ?? { workerRun: '' };
    expect(thenTrain).toBe(false);
    page.worker().emit(workerRun, 'trainingStatus', { ...standing, step: 3 });
    await page.worker().reply('open', { ...describeRun(workerRun), resumed });
    expect(page.worker().named('train')).toEqual([]);
    expect(page.state().problems).toMatchObject([{ kind: 'recovered' }]);
    expect(page.state().problems.map(sentenceOf)).toEqual([expect.stringMatching(/The run waits at step 3/)]);
  });

  it('makes the new run that was asked for when it had stopped answering, and not the one before', async () => {
    const page = await training();
    page.worker().emit(page.run(), 'saved', keptAs(head(page.run(), 3)));
    void page.actions.reset();
    page.worker().fire('error', { message: 'boom' });
    await hello(page);
    expect(page.worker().named('open')).toEqual([]);
    expect(page.worker().named('create')).toHaveLength(1);
    await page.worker().reply('create', describeRun(page.run()));
    expect(page.worker().named('train')).toEqual([]);
    expect(page.state()).toMatchObject({ session: expect.not.stringMatching('failed'), touched: false });
  });

  it('begins the run anew where none of it was kept yet', async () => {
    const page = await training();
    const { config } = page.state();
    page.worker().emit(page.run(), 'problem', encodeError(new GanvasError('gpu-lost', {})));
    expect(page.workers).toHaveLength(2);
    await hello(page);
    expect(page.worker().named('create')[0]?.payload.config).toEqual(config);
    await page.worker().reply('create', describeRun(page.run(), config));
    expect(page.worker().named('train')).toHaveLength(1);
    await page.worker().reply('train', null);
    expect(page.state().problems.map(sentenceOf)).toEqual([
      expect.stringMatching(/^The browser took the GPU away\. The run has begun anew/),
    ]);
  });

  it('is replaced on another accelerator when the same one fails twice', async () => {
    const page = await training();
    const lose = async (offers: readonly BackendOffer[]): Promise<void> => {
      page.worker().emit(page.run(), 'problem', encodeError(new GanvasError('gpu-lost', {})));
      await hello(page, false, offers);
    };
    const offer = (name: BackendName) => ({ name, available: true, emulated: false, detail: simd });
    await lose([offer('wasm'), offer('cpu')]);
    expect(page.worker().named('create')[0]?.payload.accelerator).toBe('automatic');
    await page.worker().reply('create', describeRun(page.run()));
    await lose([offer('wasm'), offer('cpu')]);
    expect(page.worker().named('create')[0]?.payload.accelerator).toBe('cpu');
    const onCpu = { name: 'cpu', detail: simd, reason: { because: 'chosen' } } as const;
    await page.worker().reply('create', { ...describeRun(page.run()), backend: onCpu });
    await page.worker().reply('train', null);
    expect(page.state().problems).toMatchObject([{ kind: 'recovered-slower' }]);
    expect(page.state().problems.map(sentenceOf)).toEqual([
      expect.stringMatching(/A new run trains on JavaScript\. That is much slower\.$/),
    ]);
    const why = { ...onCpu, reason: { because: 'failed-twice', backend: 'wasm' } };
    expect(page.state().description?.backend).toEqual(why);
    // Nor does the visitor choose it when it begins there once more.
    for (let again = 0; again < 2; again++) {
      await lose([offer('wasm'), offer('cpu')]);
      expect(page.worker().named('create')[0]?.payload.accelerator).toBe('cpu');
      await page.worker().reply('create', { ...describeRun(page.run()), backend: onCpu });
      expect(page.state().description?.backend).toEqual(why);
    }
    // Too often: nothing goes on, and nothing says that it does.
    page.worker().fire('error', { message: 'boom' });
    expect(page.state()).toMatchObject({ session: 'failed', problems: [{ place: 'page', kind: 'worker-crashed' }] });
    expect(page.state().problems).toHaveLength(1);
    expect(inUseOf(page.state())).toBe(null);
  });

  const noMemory = new GanvasError('device-memory', {});

  it('ends in a sentence where the next one cannot take the run up', async () => {
    const page = await training();
    page.worker().emit(page.run(), 'saved', keptAs(head(page.run(), 3)));
    page.worker().fire('error', { message: 'boom' });
    await hello(page);
    await page.worker().refuse('open', noMemory);
    expect(page.state()).toMatchObject({
      session: 'failed',
      problems: [{ place: 'page', code: 'device-memory' }],
    });
  });

  it('ends in a sentence where the next one cannot make a run', async () => {
    const page = await training();
    page.worker().fire('error', { message: 'boom' });
    await hello(page);
    await page.worker().refuse('create', noMemory);
    expect(page.state()).toMatchObject({
      session: 'failed',
      problems: [{ code: 'device-memory' }],
    });
  });

  it('ends in a sentence where the next one cannot train', async () => {
    const page = await training();
    page.worker().fire('error', { message: 'boom' });
    await hello(page);
    await page.worker().reply('create', describeRun(page.run()));
    await page.worker().refuse('train', noMemory);
    expect(page.state().problems).toMatchObject([{ place: 'training', kind: 'out-of-memory' }]);
  });

  it('says nothing of the next one that is lost too, while there is one after it', async () => {
    const page = await training();
    page.worker().fire('error', { message: 'boom' });
    page.worker().fire('error', { message: 'boom again' });
    await settle();
    expect(page.workers).toHaveLength(3);
    expect(page.state()).toMatchObject({ session: 'empty', problems: [] });
  });

  it('is said, and Restart brings a new one with the same settings, when that happens again and again', async () => {
    const page = await training();
    for (let i = 0; i < 4; i++) {
      page.worker().fire('error', { message: 'boom' });
      await hello(page);
      await page.worker().reply('create', describeRun(page.run()));
    }
    page.worker().fire('error', { message: 'boom' });
    expect(page.workers).toHaveLength(5);
    expect(page.state()).toMatchObject({
      session: 'failed',
      problems: [{ place: 'page', kind: 'worker-crashed', fatal: true }],
    });
    const { config } = page.state();
    await settle();
    void page.actions.start();
    expect(page.workers).toHaveLength(6);
    expect(page.worker().named('hello')[0]?.payload.checked).toBeUndefined();
    await hello(page, true);
    expect(page.worker().named('create')[0]?.payload.config).toEqual(config);
    expect(page.state()).toMatchObject({ problems: [], touched: false });
  });
});

describe('a worker that is lost, and what the visitor has chosen', () => {
  it('trains on where the worker that began a run anew is lost as well', async () => {
    const page = await training();
    page.worker().fire('error', { message: 'boom' });
    await hello(page);
    expect(page.worker().named('create')).toHaveLength(1);
    page.say('loading');
    page.worker().fire('error', { message: 'boom again' });
    await hello(page);
    await page.worker().reply('create', describeRun(page.run()));
    expect(page.worker().named('train')).toHaveLength(1);
  });

  it('is another accelerator from then on, also after Reset, but not on the next visit', async () => {
    const kept = keeping();
    const page = await training();
    const offers = (['wasm', 'cpu'] as const).map((name) => ({ name, available: true, emulated: false, detail: simd }));
    const on = (name: BackendName) => ({
      ...describeRun(page.run()),
      backend: { name, detail: simd, reason: { because: 'chosen' } as const },
    });
    for (const name of ['wasm', 'cpu'] as const) {
      page.worker().fire('error', { message: 'boom' });
      await hello(page, false, offers);
      await page.worker().reply('create', on(name));
      await page.worker().reply('train', null);
      page.say('training');
    }
    void page.actions.reset();
    expect(page.worker().named('create').at(-1)?.payload.accelerator).toBe('cpu');
    await page.worker().reply('create', on('cpu'));
    expect(reasonOf(inUseOf(page.state()))).toBe('Chosen because WASM has failed twice.');
    expect((kept('ganvas-choices') as { accelerator?: string } | null)?.accelerator ?? 'automatic').toBe('automatic');
    page.actions.chooseAccelerator('cpu');
    await page.worker().reply('create', on('cpu'));
    expect(reasonOf(inUseOf(page.state()))).toBe('Chosen by you.');
    expect(kept('ganvas-choices')).toMatchObject({ accelerator: 'cpu' });
    vi.unstubAllGlobals();
  });
});

describe('a file of a run that comes when another stands', () => {
  it('does not count as one of that', async () => {
    const page = await training();
    void page.actions.saveRun();
    void page.actions.reset();
    await page.worker().reply('saveRun', { zip: new Uint8Array(3), fileName: 'run.zip', step: 3 });
    await page.worker().reply('create', describeRun(page.run()));
    expect(page.state().savedStep).toBeNull();
  });
});

describe('a run that the browser keeps', () => {
  const opened = async (mine = true): Promise<OpenPage> => {
    const page = openPage(new FakeLock(mine));
    await page.checkpoints.write({ ...head('older'), savedAt: 1 }, new Uint8Array(3), 9);
    await page.checkpoints.write(head('mine'), new Uint8Array(3), 9);
    await page.autosave.begin();
    void page.actions.start();
    await hello(page);
    await page.worker().reply('create', describeRun(page.run()));
    return page;
  };

  /** The page with a kept run taken up; `inWorker`: what the worker calls it. */
  const takenUp = async (id: string) => {
    const page = await opened();
    void page.actions.resume(id);
    await settle();
    const { workerRun } = page.worker().named('open')[0]?.payload ?? { workerRun: '' };
    await page.worker().reply('open', { ...describeRun(workerRun), runId: id, resumed });
    return { ...page, inWorker: workerRun };
  };

  it('is offered, and gone on with as it was', async () => {
    const page = await opened();
    expect(page.state().autosave).toMatchObject({
      mine: true,
      offered: 'mine',
      list: [{ runId: 'mine' }, { runId: 'older' }],
    });
    expect(page.worker().named('setAutosave').at(-1)?.payload).toEqual({ enabled: true });
    void page.actions.resume('mine');
    await settle();
    const { workerRun, from } = page.worker().named('open')[0]?.payload ?? { workerRun: '', from: null };
    expect(from).toEqual({ runId: 'mine' });
    const config = { ...presets.light.config, latent: 7 };
    page.worker().emit(workerRun, 'restored', { metrics: metricsOf(1, 240), frames: [], rows: [], real: null });
    await page.worker().reply('open', { ...describeRun(workerRun, config), runId: 'mine', resumed });
    expect(page.state()).toMatchObject({ workerRun, config, dataset: 'fashion-mnist', touched: true });
    expect(page.state().autosave.offered).toBeNull();
    expect(page.history.length).toBe(240);
  });

  it('is trained where Continue and then Train are pressed while the page is starting', async () => {
    const page = openPage();
    await page.checkpoints.write(head('mine'), new Uint8Array(3), 9);
    await page.autosave.begin();
    void page.actions.start();
    void page.actions.resume('mine');
    await page.worker().reply('hello', { offers: [], automatic: null, hasGpu: false, calibration: null });
    // The worker that draws is not waited for any longer.
    await vi.advanceTimersByTimeAsync(1_600);
    void page.actions.train();
    await vi.advanceTimersByTimeAsync(100);
    if (page.worker().named('create').length > 0) await page.worker().reply('create', describeRun(page.run()));
    await vi.advanceTimersByTimeAsync(2_000);
    const { workerRun } = page.worker().named('open').at(-1)?.payload ?? { workerRun: '' };
    await page.worker().reply('open', { ...describeRun(workerRun), runId: 'mine', resumed });
    await vi.advanceTimersByTimeAsync(2_000);
    const names = page.worker().sent.map(({ name }) => name);
    expect(names.lastIndexOf('train')).toBeGreaterThan(names.lastIndexOf('open'));
    expect(page.state()).toMatchObject({ workerRun, intent: 'train' });
  });

  it('is left alone when the visitor does not want it, and deleted when told so', async () => {
    const page = await opened();
    page.autosave.dismiss();
    expect(page.state().autosave.offered).toBeNull();
    expect(page.checkpoints.kept).toHaveLength(2);
    await page.autosave.delete('mine');
    expect(page.state().autosave.list).toMatchObject([{ runId: 'older' }]);
  });

  it('that is the current one stays deleted, whatever saves it, until it is trained on', async () => {
    const page = await takenUp('mine');
    page.say('paused');
    const saves = async (): Promise<number> => {
      void page.autosave.save();
      await settle();
      return page.worker().named('save').length;
    };
    expect(await saves()).toBe(1);
    await page.autosave.delete('mine');
    expect(page.state().autosave.list).toMatchObject([{ runId: 'older' }]);
    expect(await saves()).toBe(1);
    // Under way since before.
    await page.checkpoints.write(head('mine', 240), new Uint8Array(3), 9);
    page.worker().emit(page.inWorker, 'saved', keptAs(head('mine', 240)));
    await settle();
    expect(page.state().autosave.list).toMatchObject([{ runId: 'older' }]);
    expect(await page.checkpoints.saves('mine')).toEqual([]);
    page.say('training');
    expect(await saves()).toBe(2);
    await page.autosave.delete('mine');
    expect(await saves()).toBe(3);
  });

  it('is offered before a newer one where this tab had it when it was loaded anew', async () => {
    vi.stubGlobal('sessionStorage', { getItem: () => JSON.stringify({ runId: 'older' }) });
    const page = await opened();
    expect(page.state().autosave.offered).toBe('older');
    vi.stubGlobal('sessionStorage', { getItem: () => JSON.stringify({ runId: 'gone' }) });
    expect((await opened()).state().autosave.offered).toBe('mine');
    vi.unstubAllGlobals();
  });

  it('is offered again after Restart, the one that was lost before a newer one', async () => {
    const page = await takenUp('older');
    expect(page.state().autosave.offered).toBeNull();
    page.say('failed');
    void page.actions.restart('page');
    await hello(page);
    await page.worker().reply('create', describeRun(page.run()));
    expect(page.state()).toMatchObject({ touched: false, autosave: { offered: 'older' } });
  });

  it('out of a file, and not trained, goes when another is opened; one that was trained stays', async () => {
    const page = await opened();
    const runs = () => page.checkpoints.kept.map(({ head }) => head.runId);
    const openFile = async (name: string): Promise<string> => {
      void page.actions.openFile(new File([new Uint8Array(9)], name));
      await settle();
      // The run before is saved if it is worth it.
      if (page.worker().named('save').length > 0) await page.worker().reply('save', null);
      const { workerRun } = page.worker().named('open').at(-1)?.payload ?? { workerRun: '' };
      await page.checkpoints.write(head(workerRun), new Uint8Array(3), 9);
      await page.worker().reply('open', { ...describeRun(workerRun), resumed });
      await settle();
      return workerRun;
    };
    const first = await openFile('a.zip');
    page.worker().emit(first, 'state', { state: 'ready', finished: null });
    // A file that cannot be read leaves the run where it was, and saved.
    void page.actions.openFile(new File([new Uint8Array(9)], 'bad.zip'));
    await settle();
    expect(runs()).not.toContain(first);
    await page.worker().refuse('open', damaged);
    expect(page.worker().named('save')).toHaveLength(1);
    await page.worker().reply('save', null);
    const second = await openFile('b.zip');
    expect(runs()).toEqual(['older', 'mine', second]);
    expect(first).not.toBe(second);
    page.worker().emit(second, 'state', { state: 'training', finished: null });
    page.worker().emit(second, 'state', { state: 'paused', finished: null });
    const third = await openFile('c.zip');
    expect(runs()).toEqual(['older', 'mine', second, third]);
  });

  it('is this tab’s alone: without the lock nothing is kept, until it takes over', async () => {
    const page = await opened(false);
    expect(page.worker().named('setAutosave').at(-1)?.payload).toEqual({ enabled: false });
    page.autosave.takeOver();
    expect(page.lock.taken).toBe(1);
    page.lock.give(true);
    expect(page.worker().named('setAutosave').at(-1)?.payload).toEqual({ enabled: true });
  });

  it('is paused and saved before another tab gets it', async () => {
    const page = await training();
    await page.autosave.begin();
    let handedOver = false;
    void page.lock.ask().then(() => {
      handedOver = true;
    });
    await page.worker().reply('pause', null);
    expect(handedOver).toBe(false);
    await page.worker().reply('save', null);
    expect(handedOver).toBe(true);
  });

  describe('for which there is no room', () => {
    const full = (bytes: number, what: 'run' | 'images') => ({
      ...encodeError(new GanvasError('storage-full', {})),
      what,
      bytes,
    });

    /** A page that trains and keeps its run, with runs under Runs from older to newer, and what each of them takes. */
    async function withOlder(...ids: string[]) {
      const page = await training();
      await page.autosave.begin();
      ids.forEach((id, i) => void page.archive.records.set(id, { ...sampleRecord(), runId: id, started: i }));
      const refuse = async (bytes: number, what: 'run' | 'images' = 'run'): Promise<void> => {
        page.worker().emit(page.run(), 'notSaved', full(bytes, what));
        await vi.advanceTimersByTimeAsync(0);
      };
      const under = () => [...page.archive.records.keys()].filter((id) => ids.includes(id));
      return { ...page, refuse, under, each: bytesOf(sampleRecord()) };
    }

    it('gets it from the oldest under Runs, at once and no more than it takes', async () => {
      const page = await withOlder('oldest', 'older', 'old');
      await page.refuse(1.5 * page.each);
      expect(page.under()).toEqual(['old']);
      expect(page.worker().named('save')).toHaveLength(1);
      expect(page.state().autosave).toMatchObject({ dropped: 2, trouble: null });
    });

    it('takes what is free into account, and one goes in any case', async () => {
      const page = await withOlder('oldest', 'older', 'old');
      page.free.mockResolvedValue(4 * page.each);
      await page.refuse(4.5 * page.each);
      expect(page.under()).toEqual(['older', 'old']);
      page.worker().emit(page.run(), 'saved', keptAs(head(page.run())));
      await page.refuse(1);
      expect(page.under()).toEqual(['old']);
    });

    it('says so where all of them would not do, and none goes', async () => {
      const page = await withOlder('older', 'old');
      await page.refuse(2.5 * page.each);
      expect(page.under()).toEqual(['older', 'old']);
      expect(page.worker().named('save')).toHaveLength(0);
      expect(page.state().autosave).toMatchObject({ dropped: 0, trouble: { code: 'storage-full' } });
      page.worker().emit(page.run(), 'saved', keptAs(head(page.run())));
      expect(page.state().autosave.trouble).toBeNull();
    });

    it.each([
      'run',
      'images',
    ] as const)('says so where it has not helped, and no more go in vain: the %s', async (what) => {
      const page = await withOlder('older', 'old');
      for (const _ of [1, 2, 3]) {
        // A run finds room without its images.
        if (what === 'images') page.worker().emit(page.run(), 'saved', { ...keptAs(head(page.run())), whole: false });
        await page.refuse(0.5 * page.each, what);
      }
      expect(page.under()).toEqual(['old']);
      expect(page.state().autosave).toMatchObject({ dropped: 1, trouble: { code: 'storage-full' } });
    });

    it('says that images find none for as long as that is so, and not anew with each save', async () => {
      const page = await withOlder();
      await page.refuse(1, 'images');
      expect(page.state().autosave.trouble).not.toBeNull();
      page.worker().emit(page.run(), 'saved', { ...keptAs(head(page.run())), whole: false });
      expect(page.state().autosave.trouble).not.toBeNull();
      page.worker().emit(page.run(), 'saved', keptAs(head(page.run())));
      expect(page.state().autosave.trouble).toBeNull();
    });

    it('gets none while it could not be saved anyway: another one is being made', async () => {
      const page = await withOlder('old');
      page.say('paused');
      page.say('loading');
      await page.refuse(0.5 * page.each);
      expect(page.under()).toEqual(['old']);
      expect(page.state().autosave.trouble).toEqual({ code: 'storage-full', facts: {} });
    });
  });

  it('is not to be thrown away when the disk gets full: the browser is asked once', async () => {
    const page = await training();
    await page.autosave.begin();
    expect(page.persist).not.toHaveBeenCalled();
    for (const step of [3, 4]) page.worker().emit(page.run(), 'saved', keptAs(head(page.run(), step)));
    expect(page.persist).toHaveBeenCalledTimes(1);
    expect(page.state().autosave.last?.step).toBe(4);
  });

  it('says why where its save cannot be had as a file', async () => {
    const page = await opened();
    page.say('failed');
    page.checkpoints.read = () => Promise.reject(new GanvasError('run-not-kept', {}));
    await expect(page.actions.saveRun()).resolves.toBeNull();
    expect(page.state().problems).toMatchObject([{ place: 'weights', code: 'run-not-kept' }]);
    page.checkpoints.list = async () => [];
    await page.actions.saveRun();
    expect(page.state().problems).toMatchObject([{ place: 'weights', code: 'nothing-saved' }]);
  });

  it('can be had as a file without any worker', async () => {
    const page = await opened();
    page.say('failed');
    expect(await page.actions.saveRun()).toEqual({ zip: new Uint8Array(3), fileName: 'ganvas-run-step-240.zip' });
  });
});

describe('numbers that are none', () => {
  it('are answered with half the learning rates', async () => {
    const page = await training();
    const { config } = page.state();
    page.say('paused');
    void page.actions.lowerRatesAndTrain();
    await settle();
    expect(page.state().config).toEqual({
      ...config,
      discriminatorLearningRate: config.discriminatorLearningRate / 2,
      generatorLearningRate: config.generatorLearningRate / 2,
    });
    expect(page.worker().named('train')).toHaveLength(2);
  });
});
