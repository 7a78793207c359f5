// The session in Node, on tfjs's CPU backend, through a real MessageChannel: states, requests and what they leave
// alone.
import { MessageChannel } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ErrorKind, GanvasError } from '../../src/config/errors.ts';
import type { PresetName } from '../../src/config/presets.ts';
import { fixed } from '../../src/config/run.ts';
import { parameterCount } from '../../src/config/weights.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import type { Accelerator, BackendInUse } from '../../src/protocol/devices.ts';
import type { Port } from '../../src/protocol/envelope.ts';
import { decodeError } from '../../src/protocol/errors.ts';
import type { Events, RequestMessage, RequestName, Requests } from '../../src/protocol/messages.ts';
import type { Pace } from '../../src/protocol/pace.ts';
import type { Snapshot } from '../../src/protocol/rendering.ts';
import { allowedIn, type SessionState, transitions } from '../../src/protocol/states.ts';
import { origin as originWords, progress as progressWords } from '../../src/ui/words/en/progress.ts';
import type { Backends } from '../../src/worker/device/backend.ts';
import { DatasetLibrary } from '../../src/worker/run/datasets.ts';
import { checkIdentity } from '../../src/worker/run/identity.ts';
import { Session } from '../../src/worker/session.ts';
import { npy, npyHeader, samplePixels } from '../data/samples.ts';
import { tiny } from '../support/configs.ts';
import { type MemoryCheckpoints, memoryCheckpoints } from '../support/memoryCheckpoints.ts';
import { notFetched, refused, rejected } from '../support/sentence.ts';
import { WorkerClient } from '../support/workerClient.ts';

// Four tiles in place of sixty-four: drawing them in JavaScript takes most of the time.
vi.mock('../../src/config/run.ts', async (original) => {
  const run = await original<typeof import('../../src/config/run.ts')>();
  return { ...run, fixed: { ...run.fixed, gridTiles: 4 } };
});
// Node handles up to a thousand messages of a MessagePort in a row before anything else; a browser takes turns.
vi.mock('../../src/worker/shared/yieldToMessages.ts', () => ({
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
}));

/** Whether the small settings of these tests count as a preset. */
let isPreset = false;
vi.mock('../../src/config/presets.ts', async (original) => ({
  ...(await original<typeof import('../../src/config/presets.ts')>()),
  presetOf: () => (isPreset ? 'light' : null),
}));

const cpu: BackendInUse = { name: 'cpu', detail: { on: 'javascript' }, reason: { because: 'chosen' } };

const backends: Backends = {
  offers: [],
  hasGpu: false,
  automatic: cpu,
  calibration: null,
  remember: () => {},
  trust: () => {},
  noteTraining: () => null,
  start: async (accelerator: Accelerator) => {
    if (accelerator === 'webgl') throw new GanvasError('webgl-absent', {});
    await tf.setBackend('cpu');
    return cpu;
  },
};

/** A library whose MNIST is behind a network that this test controls. */
class TestLibrary extends DatasetLibrary {
  mnist: (signal: AbortSignal) => Promise<Dataset> = () => Promise.reject(notFetched());

  override local(...[id, signal, onProgress]: Parameters<DatasetLibrary['local']>): Promise<Dataset | null> {
    return id === 'mnist' ? Promise.resolve(null) : super.local(id, signal, onProgress);
  }

  override load(...[id, signal, onProgress]: Parameters<DatasetLibrary['load']>): Promise<Dataset> {
    return id === 'mnist' ? this.mnist(signal) : super.load(id, signal, onProgress);
  }
}

const squares: Dataset = {
  info: { id: 'mnist', label: 'MNIST', count: 100, origin: { from: 'drawn' } },
  images: Uint8Array.from({ length: 100 * 784 }, (_, i) => ((i % 28) + Math.floor(i / 28)) % 256),
  labels: null,
};

const long = { ...tiny, epochs: 1000 };

/** The fake, with parts of another; reset before each test. */
let parts: Partial<Backends> = {};

let client: WorkerClient;
let library: TestLibrary;
let checkpoints: MemoryCheckpoints;
let session: Session;
let close: () => void;

beforeEach(() => {
  parts = {};
  const { port1, port2 } = new MessageChannel();
  library = new TestLibrary();
  checkpoints = memoryCheckpoints();
  session = new Session(port2 as unknown as Port, {
    backends: () => ({ ...backends, ...parts }),
    datasets: library,
    checkpoints: async () => checkpoints,
  });
  port2.on('message', (message: RequestMessage) => void session.receive(message));
  client = new WorkerClient(port1 as unknown as Port);
  close = () => port1.close();
});

afterEach(async () => {
  if (client.state === 'training') await client.request('pause', null);
  close();
});

const create = (change: Partial<Requests['create']['send']> = {}) =>
  client.request('create', { workerRun: 'first', config: tiny, accelerator: 'automatic', dataset: 'mnist', ...change });

const trainTo = async (step: number): Promise<void> => {
  await client.request('train', null);
  await client.until(() => (client.last('trainingStatus')?.step ?? 0) >= step);
};

const kind = (wanted: ErrorKind) => expect.objectContaining({ kind: wanted });

/** The problem that was reported last. */
const decodedProblem = () =>
  refused(() => {
    const problem = client.last('problem');
    if (problem) throw decodeError(problem);
  });

describe('a new run', () => {
  it('ends in ready with a grid of noise and no dataset', async () => {
    const run = await create();
    expect(run).toMatchObject({ workerRun: 'first', config: tiny, backend: cpu });
    expect(run.gridLatents).toHaveLength(fixed.gridTiles * tiny.latent);
    expect(client.all('state').map(({ state }) => state)).toEqual(['loading', 'ready']);
    const grid = client.last('grid');
    expect(grid?.step).toBe(0);
    expect(grid?.pictures.pixels).toHaveLength(fixed.gridTiles * 784);
    expect(new Set(grid?.pictures.pixels).size).toBeGreaterThan(5);
    expect(client.last('dataset')).toBeNull();
    expect(client.last('progress')).toBeNull();
  });

  it('shows built-in digits without being asked to train', async () => {
    await create({ dataset: 'built-in' });
    await client.until(() => Boolean(client.last('dataset')));
    expect(client.last('dataset')).toMatchObject({ info: { id: 'built-in', count: 10_000 }, samples: { count: 32 } });
  });

  it('says what is wrong with the settings and leaves the run in progress alone', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    await trainTo(2);
    await expect(create({ workerRun: 'second', config: { ...tiny, batch: 7 } })).rejects.toEqual(kind('bad-settings'));
    const refusal = await rejected(create({ workerRun: 'second', config: { ...tiny, dropout: Number.NaN } }));
    expect(refusal.sentence).toMatch(/Dropout must be a number/);
    const { step } = client.last('trainingStatus') ?? { step: 0 };
    await client.until(() => (client.last('trainingStatus')?.step ?? 0) > step);
    expect(client.state).toBe('training');
    expect(client.events.every(({ workerRun }) => workerRun === null || workerRun === 'first')).toBe(true);
  });

  it('ends in failed when the accelerator cannot be started, and a new one can be tried', async () => {
    await expect(create({ accelerator: 'webgl' })).rejects.toEqual(kind('no-webgl'));
    expect(client.state).toBe('failed');
    await expect(client.request('train', null)).rejects.toEqual(kind('not-now'));
    await create({ workerRun: 'second' });
    expect(client.state).toBe('ready');
  });

  it('takes over from any number that are still being made: the newest stands', async () => {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const start = vi.spyOn(backends, 'start').mockImplementationOnce(() => held.then(() => cpu));
    const asked = ['first', 'second', 'third', 'fourth'].map((workerRun) => create({ workerRun }));
    await client.request('ping', null);
    goOn();
    const replies = await Promise.allSettled(asked);
    expect(replies.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    for (const reply of replies.slice(0, 3)) expect(reply).toMatchObject({ reason: { kind: 'cancelled' } });
    expect(client.state).toBe('ready');
    expect(client.events.at(-1)?.workerRun).toBe('fourth');
    // Those that never had a turn did not even start the accelerator.
    expect(start).toHaveBeenCalledTimes(2);
    start.mockRestore();
  });

  it('takes over while the one before trains, and holds nothing of it', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    await trainTo(2);
    const before = tf.memory().numTensors;
    await create({ workerRun: 'second', config: long });
    await trainTo(2);
    expect(client.events.at(-1)?.workerRun).toBe('second');
    await client.request('pause', null);
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before);
  });

  it('lets the last of several at once win', async () => {
    const results = await Promise.allSettled([
      create({ workerRun: 'a' }),
      create({ workerRun: 'b' }),
      create({ workerRun: 'c' }),
    ]);
    expect(results.at(-1)?.status).toBe('fulfilled');
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toEqual(kind('cancelled'));
    }
    expect(client.events.at(-1)).toMatchObject({ name: 'state', workerRun: 'c', payload: { state: 'ready' } });
  });
});

describe('training', () => {
  it('streams losses in order, once each, and stops at the end of the last epoch', async () => {
    library.mnist = async () => squares;
    await create();
    await client.request('train', null);
    await client.until(() => client.last('state')?.finished === 'epochs');
    await client.gridShown();
    const steps = client.all('metrics').flatMap((metrics) => [...metrics.steps]);
    expect(steps).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    for (const metrics of client.all('metrics')) {
      for (const values of [
        metrics.discriminatorLoss,
        metrics.generatorLoss,
        metrics.accuracyReal,
        metrics.accuracyFake,
      ]) {
        expect([...values].every(Number.isFinite)).toBe(true);
      }
    }
    expect(client.last('trainingStatus')).toMatchObject({
      step: 12,
      totalSteps: 12,
      epoch: 1,
      epochs: 1,
      stepInEpoch: 12,
      stepsPerEpoch: 12,
    });
    expect(client.last('grid')?.step).toBe(12);
    expect(client.state).toBe('paused');
  });

  it('trains as many epochs again when asked after the end', async () => {
    library.mnist = async () => squares;
    await create();
    await client.request('train', null);
    await client.until(() => client.state === 'paused');
    await client.request('train', null);
    await client.until(() => client.last('trainingStatus')?.step === 24);
    expect(client.last('trainingStatus')?.totalSteps).toBe(24);
  });

  it('counts on when half-steps go beyond the last epoch', async () => {
    library.mnist = async () => squares;
    await create();
    await client.request('train', null);
    await client.until(() => client.last('state')?.finished === 'epochs');
    await client.request('halfStep', { network: 'generator', count: 1 });
    expect(client.last('trainingStatus')).toMatchObject({
      step: 13,
      totalSteps: 24,
      epoch: 2,
      epochs: 2,
      stepInEpoch: 1,
    });
  });

  it('gives the losses of an unbroken run when it is paused on the way', async () => {
    library.mnist = async () => squares;
    const run = async (id: string, pauses: number) => {
      await create({ workerRun: id });
      client.events.length = 0;
      await client.request('train', null);
      for (let i = 0; i < pauses; i++) {
        await client.until(() => (client.last('trainingStatus')?.step ?? 0) > i || client.state === 'paused');
        if (client.state === 'training') {
          await client.request('pause', null);
          await client.request('train', null);
        }
      }
      await client.until(() => client.last('state')?.finished === 'epochs');
      // A step that a pause has cut in two tells of its halves one by one.
      return client.all('metrics').flatMap((metrics) => [...metrics.generatorLoss].filter(Number.isFinite));
    };
    const unbroken = await run('unbroken', 0);
    expect(unbroken).toHaveLength(12);
    expect(await run('paused', 5)).toEqual(unbroken);
  });

  it('goes back from a loss that is not finite, pauses, and says which it was at which step', async () => {
    library.mnist = async () => squares;
    await create({ config: { ...tiny, generatorLearningRate: 0.1, discriminatorLearningRate: 0.1, epochs: 1000 } });
    // Weights that overflow: what a far too high learning rate ends in.
    const { zip } = await client.request('exportWeights', null);
    await openWith(zip, 3e38);
    await client.request('train', null);
    await client.until(() => client.state === 'paused');
    expect(decodedProblem()).toMatchObject({
      kind: 'non-finite-loss',
      sentence: expect.stringMatching(
        /^The (generator|discriminator)’s loss became (not a number|infinite) at step 1\. The run is back at step 0, where all was well, and paused\.$/,
      ),
    });
    expect(client.last('trainingStatus')).toMatchObject({ step: 0, half: false });
    expect(client.last('restored')?.metrics.steps).toHaveLength(0);
    // Nothing of it was kept.
    expect(checkpoints.kept).toEqual([]);
    // And the run is as sound as it was.
    await client.request('halfStep', { network: 'discriminator', count: 1 });
    expect(client.state).toBe('paused');
  });

  it('trains on where bad numbers are found in a reading of the pause before', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    await trainTo(2);
    const { state } = Trainer.prototype;
    let found = (): void => {};
    const late = new Promise<void>((resolve) => {
      found = resolve;
    });
    const spy = vi.spyOn(Trainer.prototype, 'state').mockImplementationOnce(async function (this: Trainer) {
      const read = await state.call(this);
      await late;
      return { ...read, tensors: new Map([['of the generator', { shape: [1], data: Float32Array.of(Number.NaN) }]]) };
    });
    await client.request('pause', null);
    expect(spy).toHaveBeenCalledOnce();
    await client.request('train', null);
    found();
    const from = client.last('trainingStatus')?.step ?? 0;
    await client.until(() => (client.last('trainingStatus')?.step ?? 0) > from + 2);
    expect(client.state).toBe('training');
    spy.mockRestore();
  });

  it('changes learning rates while it goes on, and refuses wrong ones', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    await trainTo(1);
    await client.request('setLearningRates', { generator: 1e-3, discriminator: 1e-4 });
    await expect(client.request('setLearningRates', { generator: -1, discriminator: 1e-4 })).rejects.toEqual(
      kind('bad-settings'),
    );
    expect(client.state).toBe('training');
  });

  it('answers before the first part of the work, which can take seconds: whoever presses Pause then is heard', async () => {
    library.mnist = async () => squares;
    await create();
    const trainStep = vi.spyOn(Trainer.prototype, 'trainStep');
    await session.receive({ kind: 'request', id: -1, name: 'train', payload: null });
    expect(trainStep).not.toHaveBeenCalled();
    await client.until(() => client.state === 'training');
    await client.request('pause', null);
    expect(client.state).toBe('paused');
    trainStep.mockRestore();
  });

  it('is ended by a new one at any moment of a half-step, which does no harm to the new one', async () => {
    library.mnist = async () => squares;
    for (let parts = 0; parts < 6; parts++) {
      await create({ config: long });
      await client.request('train', null);
      await client.until(() => client.state === 'training');
      for (let part = 0; part < parts; part++) await new Promise((resolve) => setImmediate(resolve));
      await client.request('pause', null);
      const half = client.request('halfStep', { network: 'generator', count: 1 }).catch(() => null);
      for (let part = 0; part < parts; part++) await new Promise((resolve) => setImmediate(resolve));
      await create({ config: long });
      await half;
      expect(client.state).toBe('ready');
    }
    expect(client.all('problem')).toEqual([]);
  });

  it('takes single half-steps', async () => {
    library.mnist = async () => squares;
    await create();
    await client.request('halfStep', { network: 'discriminator', count: 1 });
    expect(client.state).toBe('paused');
    await client.request('halfStep', { network: 'generator', count: 1 });
    await client.request('halfStep', { network: 'generator', count: 1 });
    expect(
      client
        .all('metrics')
        .map(({ steps, generatorLoss, discriminatorLoss }) => [
          [...steps],
          [...generatorLoss].map(Number.isFinite),
          [...discriminatorLoss].map(Number.isFinite),
        ]),
    ).toEqual([
      [[1], [false], [true]],
      [[1], [true], [false]],
      [[2], [true], [false]],
    ]);
    expect(client.all('trainingStatus').map(({ step, half }) => [step, half])).toEqual([
      [0, false],
      [0, false],
      [1, true],
      [1, false],
      [2, true],
    ]);
  });

  it('takes many half-steps at a press, each a point of its own, and those of the other network fill what is missing', async () => {
    library.mnist = async () => squares;
    await create();
    const points = (name: 'discriminatorLoss' | 'generatorLoss') =>
      client
        .all('metrics')
        .flatMap((metrics) => [...metrics.steps].filter((_, i) => Number.isFinite(metrics[name][i])));
    await client.request('halfStep', { network: 'generator', count: 10 });
    expect(points('generatorLoss')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const ahead = { halfSteps: { generator: 10, discriminator: 0 }, alone: { network: 'generator', halfSteps: 10 } };
    expect(client.last('trainingStatus')).toMatchObject({ step: 10, half: true, ...ahead });
    await client.request('halfStep', { network: 'discriminator', count: 1 });
    await client.request('halfStep', { network: 'discriminator', count: 1 });
    expect(points('discriminatorLoss')).toEqual([1, 2]);
    // A whole step is one for both.
    await client.request('train', null);
    await client.until(() => client.last('state')?.finished === 'epochs');
    expect(points('generatorLoss')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(points('discriminatorLoss')).toEqual([1, 2, 11, 12]);
    const together = { halfSteps: { generator: 12, discriminator: 4 }, alone: null };
    expect(client.last('trainingStatus')).toMatchObject({ step: 12, half: false, ...together });
    // What is saved knows it, too.
    const { zip } = await client.request('saveRun', null);
    await client.request('open', {
      workerRun: 'again',
      from: { zip, fileName: 'run.zip' },
      accelerator: 'cpu',
      dataset: 'mnist',
    });
    expect(client.last('trainingStatus')).toMatchObject({ step: 12, half: false, ...together });
  });

  it('ends a hundred half-steps at a pause, tells of them meanwhile, and counts their time', async () => {
    library.mnist = async () => squares;
    await create();
    const asked = client.request('halfStep', { network: 'generator', count: 100 });
    await client.until(() => (client.last('trainingStatus')?.step ?? 0) > 0);
    expect(client.state).toBe('training');
    await client.request('pause', null);
    await asked;
    expect(client.state).toBe('paused');
    const status = client.last('trainingStatus');
    expect(status?.halfSteps.generator).toBeLessThan(100);
    expect(status?.seconds).toBeGreaterThan(0);
  });

  it('says that a step is half taken when a pause cuts it in two', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    for (let i = 0; i < 12; i++) {
      await trainTo(i + 1);
      // Another part of the step each time.
      for (let part = 0; part < i; part++) await client.request('ping', null);
      await client.request('pause', null);
      const lastOf = (of: 'generatorLoss' | 'discriminatorLoss') =>
        Math.max(
          ...client.all('metrics').flatMap((each) => [...each.steps].filter((_, j) => !Number.isNaN(each[of][j]))),
        );
      const standing = client.last('trainingStatus');
      expect(standing?.step).toBe(lastOf('discriminatorLoss'));
      expect(standing?.half).toBe(lastOf('generatorLoss') < lastOf('discriminatorLoss'));
    }
    expect(client.all('trainingStatus').some(({ half }) => half)).toBe(true);
  });

  it('tells what a step of a preset takes, once that is steady', async () => {
    const told: [PresetName, number][] = [];
    const calibration = { calibration: { device: 'this', measurements: [] }, automatic: cpu, keep: true };
    parts = {
      noteTraining: (preset, ms) => {
        told.push([preset, ms]);
        return told.length === 1 ? calibration : null;
      },
    };
    library.mnist = async () => squares;
    await create({ config: long });
    await trainTo(30);
    expect(told).toEqual([]);
    isPreset = true;
    await client.until(() => told.length > 3);
    isPreset = false;
    expect(told.every(([preset, ms]) => preset === 'light' && ms > 0)).toBe(true);
    expect(client.events.filter(({ name }) => name === 'calibration')).toEqual([
      { kind: 'event', workerRun: null, name: 'calibration', payload: calibration },
    ]);
  });

  it('says nothing more of the first step when a pause comes before its end', async () => {
    library.mnist = async () => squares;
    await create();
    await client.request('train', null);
    await client.request('pause', null);
    expect(client.last('trainingStatus')?.step).toBe(0);
    expect(client.all('progress')).toContainEqual(expect.objectContaining({ stage: 'compiling' }));
    expect(client.last('progress')).toBeNull();
  });

  it('answers a pause before it draws the last grid, which comes all the same', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    await trainTo(1);
    client.events.length = 0;
    await client.request('pause', null);
    // What the pause has told so far: the last numbers, and that it is paused.
    expect(client.events.at(-1)).toMatchObject({ name: 'state', payload: { state: 'paused' } });
    expect(client.last('trainingStatus')).toBeDefined();
    await client.gridShown();
    expect(client.state).toBe('paused');
  });

  it('is not disturbed by the last grid of the pause before: whatever begins ends its drawing', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    for (let i = 0; i < 5; i++) {
      await client.request('train', null);
      await client.request('pause', null);
    }
    await create({ workerRun: 'second', config: long });
    await trainTo(3);
    await client.request('pause', null);
    await client.gridShown();
    const second = client.events.filter(({ workerRun }) => workerRun === 'second').map(({ name }) => name);
    expect(second.filter((name) => name === 'grid').length).toBeGreaterThanOrEqual(2);
    expect(client.all('problem')).toEqual([]);
  });

  it('gives the same losses at either pace', async () => {
    library.mnist = async () => squares;
    const run = async (id: string, pace: Pace) => {
      await client.request('setPace', { pace });
      await create({ workerRun: id });
      client.events.length = 0;
      await client.request('train', null);
      await client.until(() => client.last('state')?.finished === 'epochs');
      return client.all('metrics').flatMap((metrics) => [...metrics.generatorLoss]);
    };
    const smooth = await run('smooth', 'smooth');
    expect(smooth).toHaveLength(12);
    expect(await run('full', 'full')).toEqual(smooth);
  });
});

describe('snapshots for the worker that draws', () => {
  /** The line's other end, and what has come over it. */
  async function connect(): Promise<{ came: Snapshot[]; until: (step: number) => Promise<void> }> {
    const { port1, port2 } = new MessageChannel();
    const came: Snapshot[] = [];
    port1.on('message', (snapshot: Snapshot) => came.push(snapshot));
    port1.unref();
    await client.request('connect', { snapshots: port2 as unknown as MessagePort });
    const until = async (step: number) =>
      void (await vi.waitUntil(() => came.some((each) => each.step >= step), { interval: 1 }));
    return { came, until };
  }

  it('draws with the newest weights as soon as they are chosen, also while it is paused, and with the average again', async () => {
    library.mnist = async () => squares;
    const { came, until } = await connect();
    await create({ config: { ...tiny, weightAverage: 0.99 } });
    await client.request('halfStep', { network: 'generator', count: 10 });
    await client.gridShown();
    await until(10);
    const grids = () => client.all('grid').map(({ pictures }) => pictures.pixels.join());
    const averaged = grids().at(-1);
    const choose = async (weights: 'averaged' | 'newest') => {
      client.events.length = 0;
      const before = came.length;
      await client.request('setDrawnWith', { weights });
      await client.until(() => client.last('grid') !== undefined);
      await vi.waitUntil(() => came.length > before, { interval: 1 });
      return grids().at(-1);
    };
    expect(averaged).toBeDefined();
    expect(await choose('newest')).not.toBe(averaged);
    expect(await choose('averaged')).toBe(averaged);
    expect(client.last('grid')).toMatchObject({ step: 10, half: true });
    const [newest, average] = came.slice(-2).map(({ weights }) => weights);
    expect(newest).not.toEqual(average);
    // A run without an average has nothing else to show.
    await create();
    client.events.length = 0;
    await client.request('setDrawnWith', { weights: 'newest' });
    expect(client.all('grid')).toEqual([]);
  });

  it('come with each new run, and whenever the grid shows another step, and never more often', async () => {
    library.mnist = async () => squares;
    const { came, until } = await connect();
    await create({ config: long });
    await until(0);
    expect(came).toMatchObject([{ workerRun: 'first', step: 0, config: long }]);
    expect(came[0]?.weights).toHaveLength(parameterCount('generator', long) + parameterCount('discriminator', long));
    await client.request('halfStep', { network: 'generator', count: 1 });
    await until(1);
    // The other half of the same step changes weights too.
    await client.request('halfStep', { network: 'discriminator', count: 1 });
    await vi.waitUntil(() => came.length === 3, { interval: 1 });
    expect(came.map(({ step }) => step)).toEqual([0, 1, 1]);
    await trainTo(4);
    await client.request('pause', null);
    await client.gridShown();
    await until(client.last('trainingStatus')?.step ?? 0);
    expect(new Set(came.map(({ step }) => step)).size).toBe(came.length - 1);
    expect(came.length).toBeLessThanOrEqual(client.all('grid').length);
    expect(came.at(-1)?.weights).not.toEqual(came[0]?.weights);
    await create({ workerRun: 'second' });
    await vi.waitUntil(() => came.at(-1)?.workerRun === 'second', { interval: 1 });
  });

  it('come at once to a line that was laid later', async () => {
    await create();
    const { came, until } = await connect();
    await until(0);
    expect(came).toHaveLength(1);
    const later = await connect();
    await later.until(0);
    expect(later.came).toHaveLength(1);
  });
});

describe('data that could not be fetched', () => {
  it('is said, and the built-in digits stand in', async () => {
    await create();
    await trainTo(1);
    expect(client.last('datasetUnavailable')).toMatchObject({
      wanted: 'mnist',
      using: 'built-in',
      error: { code: 'dataset-network' },
    });
    expect(client.last('dataset')?.info.id).toBe('built-in');
  });

  it('can be fetched later, while the run goes on', async () => {
    await create({ config: long });
    await trainTo(1);
    await expect(client.request('fetchDataset', { dataset: 'mnist' })).rejects.toEqual(kind('network'));
    expect(client.state).toBe('training');
    library.mnist = async () => squares;
    await client.request('fetchDataset', { dataset: 'mnist' });
    expect(client.state).toBe('training');
    expect(client.last('dataset')?.info.id).toBe('built-in');
  });

  it('can be cancelled, and all is as before', async () => {
    library.mnist = (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new GanvasError('loading-images-cancelled', {})));
      });
    await create();
    const loading = new AbortController();
    const refused = expect(client.request('train', null, loading.signal)).rejects.toEqual(kind('cancelled'));
    await client.until(() => client.state === 'loading');
    loading.abort();
    await refused;
    expect(client.state).toBe('ready');
    expect(client.all('datasetUnavailable')).toEqual([]);
    library.mnist = async () => squares;
    await trainTo(1);
  });

  it('stops a run that is taken up again, which stays as it was and goes on when they can be', async () => {
    library.mnist = async () => squares;
    await client.request('setAutosave', { enabled: true });
    await create({ config: long });
    await trainTo(2);
    await client.request('pause', null);
    await vi.waitUntil(() => checkpoints.kept.length > 0);
    const kept = checkpoints.kept.map(({ bytes }) => bytes.slice());
    library.mnist = () => Promise.reject(notFetched());
    const from = { runId: 'first' };
    await client.request('open', { workerRun: 'again', from, accelerator: 'automatic', dataset: 'built-in' });
    const at = client.last('trainingStatus')?.step;
    for (const press of [
      () => client.request('train', null),
      () => client.request('halfStep', { network: 'generator', count: 1 }),
    ]) {
      expect(await rejected(press())).toMatchObject({
        kind: 'images-away',
        sentence:
          'MNIST could not be fetched: a.example could not be reached. This run has learnt from MNIST, and goes on with nothing else.',
      });
      expect(client.state).toBe('ready');
    }
    expect(client.all('datasetUnavailable')).toEqual([]);
    expect(client.last('trainingStatus')?.step).toBe(at);
    expect(checkpoints.kept.map(({ bytes }) => bytes)).toEqual(kept);
    library.mnist = async () => squares;
    await trainTo((at ?? 0) + 1);
    expect(client.last('dataset')?.info.id).toBe('mnist');
  });

  it('are never taken for others by a run that is taken up again, whatever they are', async () => {
    const mnist = { id: 'mnist', label: 'MNIST', count: 100, sha256: null } as const;
    await checkIdentity(squares, mnist);
    const digits = { ...squares, info: { ...squares.info, id: 'built-in' } } as const;
    await expect(checkIdentity(digits, mnist)).rejects.toEqual(kind('other-images'));
  });

  it('of one’s own must be chosen first', async () => {
    await create({ dataset: 'own' });
    await expect(client.request('train', null)).rejects.toEqual(kind('too-few-images'));
    expect(client.state).toBe('ready');
  });
});

async function openWith(zip: Uint8Array<ArrayBuffer>, value: number): Promise<void> {
  const { packWeights, unpackWeights } = await import('../../src/files/weightsZip.ts');
  const saved = unpackWeights(zip);
  saved.weights['generator/dense/kernel'].data.fill(value);
  await client.request('open', {
    workerRun: 'opened',
    from: { zip: packWeights(saved), fileName: 'test.zip' },
    accelerator: 'automatic',
    dataset: 'mnist',
  });
}

const found: Events['calibration'] = {
  calibration: { device: 'this one', measurements: [] },
  automatic: cpu,
  keep: true,
};

describe('the visitor’s own images', () => {
  /** Not through the channel: Node's takes no files. */
  const look = (name: string) => {
    const files = [new File([npy(npyHeader('(70, 28, 28)'), samplePixels(70))], name)];
    return session.receive({ kind: 'request', id: -1, name: 'readImages', payload: { files } });
  };
  const origin = async (workerRun: string) => {
    await create({ workerRun, dataset: 'own' });
    await client.until(() =>
      client.events.some(
        (event) => event.workerRun === workerRun && event.name === 'dataset' && event.payload !== null,
      ),
    );
    const info = client.last('dataset')?.info;
    return info && originWords(info.origin);
  };

  /** A run on images of its own that is kept, and they with it. */
  async function keepRun(): Promise<void> {
    await client.request('setAutosave', { enabled: true });
    await look('kept.npy');
    await client.request('takeImages', null);
    await create({ workerRun: 'kept', dataset: 'own', config: long });
    await trainTo(1);
    await client.request('pause', null);
    await client.until(() => checkpoints.keptImages.has('kept'));
  }

  /**
   * The kept run is asked for, and comes to nothing: its accelerator waits for `start`, and another is asked for
   * before.
   */
  function openLate() {
    let start = (): void => {};
    const held = new Promise<void>((resolve) => {
      start = resolve;
    });
    parts = { start: (...asked) => held.then(() => backends.start(...asked)) };
    const from = { runId: 'kept' };
    const opened = client.request('open', { workerRun: 'again', from, accelerator: 'automatic', dataset: 'own' });
    return { refused: expect(opened).rejects.toEqual(kind('cancelled')), start: () => start() };
  }

  it('are those that were used last, whatever was only looked at since', async () => {
    await look('used.npy');
    await client.request('takeImages', null);
    expect(await origin('first')).toBe('used.npy');
    await look('cancelled.npy');
    expect(await origin('reset')).toBe('used.npy');
    await client.request('takeImages', null);
    expect(await origin('other')).toBe('cancelled.npy');
    // Pressed again with nothing read since: all stays.
    await client.request('takeImages', null);
    expect(await origin('again')).toBe('cancelled.npy');
  });

  it('are not those of a kept run that was not taken up after all', async () => {
    await keepRun();
    await look('used.npy');
    await client.request('takeImages', null);
    expect(await origin('used')).toBe('used.npy');
    const { refused, start } = openLate();
    await client.until(() => client.events.some(({ workerRun }) => workerRun === 'again'));
    const next = origin('next');
    // It has been asked for when this is answered.
    await client.request('ping', null);
    start();
    await refused;
    expect(await next).toBe('used.npy');
  });

  it('are those that were taken while a kept run was being taken up, which came to nothing', async () => {
    await keepRun();
    const { refused, start } = openLate();
    await client.until(() => client.events.some(({ workerRun }) => workerRun === 'again'));
    await look('new.npy');
    await client.request('takeImages', null);
    const next = origin('next');
    await client.request('ping', null);
    start();
    await refused;
    expect(await next).toBe('new.npy');
  });

  it('are none while some were only looked at', async () => {
    await look('cancelled.npy');
    await create({ dataset: 'own' });
    await expect(client.request('train', null)).rejects.toEqual(kind('too-few-images'));
  });
});

describe('measuring the accelerators', () => {
  it('is said while the run is made, and what was found belongs to no run', async () => {
    parts.start = async (accelerator, options) => {
      options?.onTrying?.('wasm');
      options?.onCalibration?.(found);
      return backends.start(accelerator);
    };
    await create();
    expect(client.all('progress').map((each) => each && progressWords(each))).toEqual([
      'Starting the accelerator',
      'Trying WASM',
      'Building the networks',
      null,
    ]);
    expect(client.events.filter(({ name }) => name === 'calibration')).toMatchObject([
      { workerRun: null, payload: found },
    ]);
  });

  it('is asked for with the new run, which ends the one before', async () => {
    const asked: unknown[] = [];
    parts.start = async (accelerator, options) => {
      asked.push(options?.measure);
      return backends.start(accelerator);
    };
    await create();
    await create({ workerRun: 'second', measure: 'all' });
    expect(asked).toEqual([undefined, 'all']);
  });

  it('ends as soon as another run is wanted', async () => {
    parts.start = (accelerator, options) =>
      options?.measure === undefined
        ? backends.start(accelerator)
        : new Promise((_, reject) => {
            options.signal?.addEventListener('abort', () => reject(new GanvasError('measuring-cancelled', {})));
          });
    const measuring = expect(create({ measure: 'all' })).rejects.toEqual(kind('cancelled'));
    await client.until(() => client.state === 'loading');
    const second = create({ workerRun: 'second' });
    await measuring;
    expect((await second).workerRun).toBe('second');
    expect(client.state).toBe('ready');
  });

  it('hands over what the page remembers, and answers with what it is worth', async () => {
    const told: unknown[] = [];
    parts = {
      remember: (kept) => told.push(kept),
      trust: (checked) => told.push(checked),
      calibration: found.calibration,
    };
    const checked = { backend: cpu, config: tiny };
    const hello = await client.request('hello', {
      pageUrl: 'http://localhost/',
      remembered: { device: 'some' },
      checked,
    });
    expect(told).toEqual([{ device: 'some' }, checked]);
    expect(hello).toMatchObject({ calibration: found.calibration, automatic: cpu });
  });
});

describe('the performance', () => {
  it('is told while it trains: tensors, bytes, and that they do not grow', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    await trainTo(4);
    await client.until(() => client.all('performance').some(({ leaked }) => leaked !== null));
    const use = client.last('performance');
    expect(use).toMatchObject({ reservedBytes: null, leaked: 0 });
    expect(use?.tensors).toBeGreaterThan(10);
    expect(use?.bytes).toBeGreaterThan(1_000);
  });
});

describe('weights', () => {
  it('go home and come back: the same digits, the step counted on', async () => {
    library.mnist = async () => squares;
    await create();
    await trainTo(3);
    await client.request('pause', null);
    await client.gridShown();
    const grid = client.last('grid');
    const { zip, fileName } = await client.request('exportWeights', null);
    expect(fileName).toMatch(/^ganvas-mnist-step-\d+\.zip$/);
    const opened = await client.request('open', {
      workerRun: 'opened',
      from: { zip, fileName },
      accelerator: 'automatic',
      dataset: 'mnist',
    });
    expect(opened.config).toEqual(tiny);
    expect(client.last('grid')).toEqual(grid);
    expect(client.last('trainingStatus')?.step).toBe(grid?.step);
  });

  it('that are not ours leave the run in progress alone', async () => {
    library.mnist = async () => squares;
    await create({ config: long });
    await trainTo(1);
    const garbage = new TextEncoder().encode('this is not a zip');
    const opened = client.request('open', {
      workerRun: 'opened',
      from: { zip: garbage, fileName: 'x.zip' },
      accelerator: 'automatic',
      dataset: 'mnist',
    });
    expect((await rejected(opened)).sentence).toMatch(/x\.zip/);
    expect(client.state).toBe('training');
  });
});

describe('the table of states', () => {
  it('is enforced: what a state does not allow is answered with an error', async () => {
    const attempt = (name: RequestName) => client.request(name, {} as never);
    const refusedWhenEmpty = (Object.keys(allowedIn) as RequestName[]).filter(
      (name) => !(allowedIn[name] as readonly SessionState[]).includes('empty'),
    );
    expect(refusedWhenEmpty).toContain('train');
    for (const name of refusedWhenEmpty) await expect(attempt(name)).rejects.toEqual(kind('not-now'));
    await create();
    await expect(attempt('pause')).rejects.toEqual(kind('not-now'));
  });

  it('has been followed by every state this file has seen', async () => {
    library.mnist = async () => squares;
    await create();
    await trainTo(1);
    await client.request('pause', null);
    await client.request('halfStep', { network: 'generator', count: 1 });
    await create({ workerRun: 'second' });
    const states: SessionState[] = ['empty', ...client.all('state').map(({ state }) => state)];
    for (const [i, state] of states.entries()) {
      const next = states[i + 1];
      if (next && next !== state) expect(transitions[state]).toContain(next);
    }
  });

  it('says it in plain words when the device has run out of memory', async () => {
    await create();
    session.fail(new RangeError('WebAssembly.Memory.grow(): Out of memory'));
    await client.until(() => client.state === 'failed');
    expect(decodedProblem()).toMatchObject({
      kind: 'out-of-memory',
      sentence: 'The device has not enough memory for these networks and this batch.',
    });
  });

  it('answers a failure of ours with its message, and goes on', async () => {
    session.fail(new Error('boom'));
    await client.until(() => client.state === 'failed');
    expect(decodedProblem()).toMatchObject({ kind: 'internal', sentence: 'Something broke inside: boom' });
    await create();
    expect(client.state).toBe('ready');
  });
});
