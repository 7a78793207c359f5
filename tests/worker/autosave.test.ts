// A run that is kept and taken up again by another session is the run that never stopped: losses, digits, weights,
// ends.
import { MessageChannel } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import type { Metrics } from '../../src/config/history.ts';
import type { RunConfig } from '../../src/config/run.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { packRun, unpackRun } from '../../src/files/runFile.ts';
import type { Port } from '../../src/protocol/envelope.ts';
import type { RequestMessage } from '../../src/protocol/messages.ts';
import type { Backends } from '../../src/worker/device/backend.ts';
import { DatasetLibrary } from '../../src/worker/run/datasets.ts';
import { Session } from '../../src/worker/session.ts';
import { tiny, tinyNormalised } from '../support/configs.ts';
import { type MemoryCheckpoints, memoryCheckpoints } from '../support/memoryCheckpoints.ts';
import { rejected } from '../support/sentence.ts';
import { WorkerClient } from '../support/workerClient.ts';

// As in session.test.ts: Node takes no turns between a MessagePort's messages and the rest by itself.
vi.mock('../../src/worker/shared/yieldToMessages.ts', () => ({
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
}));

// As it is, and in one test as it is where memory is short.
vi.mock('../../src/files/runFile.ts', async (original) => {
  const runFile = await original<typeof import('../../src/files/runFile.ts')>();
  return { ...runFile, packRun: vi.fn(runFile.packRun) };
});

const cpu = { name: 'cpu', detail: { on: 'javascript' }, reason: { because: 'chosen' } } as const;
const backends: Backends = {
  offers: [],
  hasGpu: false,
  calibration: null,
  automatic: cpu,
  remember() {},
  trust() {},
  noteTraining: () => null,
  start: async () => {
    await tf.setBackend('cpu');
    return cpu;
  },
};

const images = (seed: number): Dataset => ({
  info: { id: 'own', label: 'squares.npy', count: 100, origin: { from: 'drawn' } },
  images: Uint8Array.from({ length: 100 * 784 }, (_, i) => (seed * (i % 28) + Math.floor(i / 28)) % 256),
  labels: null,
});

class Library extends DatasetLibrary {
  own = images(1);
  override async load(): Promise<Dataset> {
    return this.own;
  }
}

let checkpoints: MemoryCheckpoints;
let library: DatasetLibrary & { own?: Dataset };
const closing: (() => Promise<void>)[] = [];

beforeEach(() => {
  checkpoints = memoryCheckpoints();
  library = new Library();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Another visit: a session that knows nothing but what was kept. */
async function visit(enabled = true): Promise<WorkerClient> {
  const { port1, port2 } = new MessageChannel();
  const session = new Session(port2 as unknown as Port, {
    backends: () => backends,
    datasets: library,
    checkpoints: async () => checkpoints,
  });
  port2.on('message', (message: RequestMessage) => void session.receive(message));
  const client = new WorkerClient(port1 as unknown as Port);
  closing.push(async () => {
    if (client.state === 'training') await client.request('pause', null);
    port1.close();
  });
  await client.request('setAutosave', { enabled });
  return client;
}

const begin = (client: WorkerClient, config: RunConfig) =>
  client.request('create', { workerRun: 'mine', config, accelerator: 'automatic', dataset: 'own' });
const open = (client: WorkerClient, runId = 'mine', thenTrain = false) =>
  client.request('open', {
    workerRun: 'again',
    from: { runId },
    accelerator: 'automatic',
    dataset: 'built-in',
    thenTrain,
  });
const step = (client: WorkerClient): number => client.last('trainingStatus')?.step ?? 0;

async function trainTo(client: WorkerClient, wanted: number): Promise<void> {
  await client.request('train', null);
  await client.until(() => step(client) >= wanted || client.state === 'paused');
}

async function pause(client: WorkerClient): Promise<void> {
  await client.request('pause', null);
  await client.gridShown();
}

/** Every loss that a client was told, by step; a later one in its place. */
function losses(...told: Metrics[]): Record<number, [number, number]> {
  const all: Record<number, [number, number]> = {};
  for (const { steps, discriminatorLoss, generatorLoss } of told) {
    steps.forEach((at, i) => {
      const [d, g] = all[at] ?? [Number.NaN, Number.NaN];
      const [newD = Number.NaN, newG = Number.NaN] = [discriminatorLoss[i], generatorLoss[i]];
      all[at] = [Number.isNaN(newD) ? d : newD, Number.isNaN(newG) ? g : newG];
    });
  }
  return all;
}

const small = { filters: 2, latent: 4, epochs: 4 } as const;
const everything: RunConfig = { ...tinyNormalised, ...small, weightAverage: 0.9, dropout: 0.3 };

describe.each([
  ['as in the tutorial', { ...tiny, ...small }],
  ['with batch normalisation, an average and dropout', everything],
] as const)('a run %s', (_, config) => {
  it('gives the losses, digits and weights of one that never stopped', async () => {
    const unbroken = await visit(false);
    await begin(unbroken, config);
    await unbroken.request('train', null);
    await unbroken.until(() => unbroken.last('state')?.finished === 'epochs');
    await unbroken.gridShown();
    const expected = losses(...unbroken.all('metrics'));
    expect(Object.keys(expected)).toHaveLength(48);

    const first = await visit();
    await begin(first, config);
    await trainTo(first, 20);
    await pause(first);
    await vi.waitUntil(() => checkpoints.kept.length > 0);
    const { steps } = unpackRun(checkpoints.kept.at(-1)?.bytes ?? new Uint8Array()).metrics;
    expect(steps.at(-1)).toBeGreaterThanOrEqual(20);

    const second = await visit();
    const thenTrain = config === everything;
    const opened = await open(second, 'mine', thenTrain);
    expect(opened).toMatchObject({
      workerRun: 'again',
      runId: 'mine',
      config,
      resumed: { dataset: 'own', damaged: 0 },
    });
    // Digits that training draws anyway are not drawn before.
    expect(second.all('grid')).toHaveLength(thenTrain ? 0 : 1);
    await second.request('train', null);
    await second.until(() => second.last('state')?.finished === 'epochs');
    await second.gridShown();
    const restored = second.last('restored');
    expect(restored?.metrics.steps).toEqual(steps);
    expect(losses(restored?.metrics as Metrics, ...second.all('metrics'))).toEqual(expected);
    expect(second.last('grid')).toEqual(unbroken.last('grid'));
    expect(second.last('trainingStatus')).toMatchObject({ step: 48, totalSteps: 48, epoch: 4 });
    const [one, other] = await Promise.all([unbroken, second].map((each) => each.request('saveRun', null)));
    const state = (file: typeof one) => unpackRun(file?.zip ?? new Uint8Array()).training;
    expect(state(other)).toEqual(state(one));
  });
});

describe('what is kept', () => {
  it('is kept on request while it trains, in two places by turns, and never without being told to', async () => {
    const client = await visit(false);
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 2);
    await client.request('save', { next: null });
    expect(checkpoints.kept).toEqual([]);
    await client.request('setAutosave', { enabled: true });
    for (let save = 1; save <= 3; save++) await client.request('save', { next: null });
    expect(client.all('saved').map(({ head: { slot, sequence } }) => [slot, sequence])).toEqual([
      [0, 1],
      [1, 2],
      [0, 3],
    ]);
    expect(client.state).toBe('training');
    for (const { bytes, head } of checkpoints.kept) {
      const { metrics, training } = unpackRun(bytes);
      // The losses of all its steps are there, and none of a later one.
      expect(metrics.steps.at(-1)).toBe(head.step);
      expect(training.iterations.discriminator).toBe(head.step);
    }
  });

  it('is the one before where the newest is damaged, and nothing where both are', async () => {
    const client = await visit();
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 1);
    await client.request('save', { next: null });
    await client.request('save', { next: null });
    await pause(client);
    await vi.waitUntil(() => client.all('saved').length === 3);
    const saves = await checkpoints.saves('mine');
    const spoil = (which: number) => {
      const bytes = checkpoints.kept.find(({ head }) => head.sequence === saves[which]?.sequence)?.bytes;
      bytes?.fill(7, bytes.length / 2, bytes.length / 2 + 9);
    };
    spoil(0);
    const second = await visit();
    expect((await open(second)).resumed?.damaged).toBe(1);
    expect(second.last('trainingStatus')?.step).toBe(saves[1]?.step);
    spoil(1);
    const third = await visit();
    expect(await rejected(open(third))).toMatchObject({
      kind: 'bad-file',
      sentence: expect.stringMatching(/damaged/),
    });
    expect(third.state).toBeUndefined();
  });

  it('leaves the run in progress alone when it cannot be opened', async () => {
    const client = await visit();
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 1);
    await expect(open(client, 'nobody')).rejects.toMatchObject({ kind: 'bad-file' });
    expect(client.state).toBe('training');
  });

  it('says so when there is no room, and trains on', async () => {
    const client = await visit();
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 1);
    checkpoints.trouble = new GanvasError('storage-full', {});
    await client.request('save', { next: null });
    expect(client.last('notSaved')).toMatchObject({
      code: 'storage-full',
      bytes: vi.mocked(packRun).mock.results.at(-1)?.value.length,
    });
    expect(client.state).toBe('training');
  });

  it('says so when memory is too short to pack it, trains on, and is kept the next time', async () => {
    const client = await visit();
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 1);
    vi.mocked(packRun).mockImplementationOnce(() => {
      throw new RangeError('Array buffer allocation failed');
    });
    await client.request('save', { next: null });
    expect(client.last('notSaved')).toMatchObject({ code: 'device-memory', what: 'run', bytes: 0 });
    expect(client.state).toBe('training');
    await client.request('save', { next: null });
    expect(client.all('saved').length).toBeGreaterThan(0);
  });

  it('goes on only with the images that it has learnt from', async () => {
    const client = await visit();
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 1);
    await pause(client);
    await vi.waitUntil(() => client.all('saved').length > 0);
    // Out of a file, say, with other images at hand.
    checkpoints.keptImages.clear();
    library.own = images(3);
    const second = await visit();
    await open(second);
    expect(await rejected(second.request('train', null))).toMatchObject({
      kind: 'other-images',
      sentence: expect.stringMatching(/100 images of “Your own images”/),
    });
    library.own = images(1);
    await second.request('train', null);
  });
});

describe('the visitor’s own images', () => {
  it('are kept with the run, once, and the next visit goes on with them', async () => {
    const client = await visit();
    const keepImages = vi.spyOn(checkpoints, 'keepImages');
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 1);
    await client.request('save', { next: null });
    await pause(client);
    await vi.waitUntil(() => client.all('saved').length > 1);
    expect(keepImages).toHaveBeenCalledOnce();
    library = new DatasetLibrary();
    const second = await visit();
    await open(second);
    await second.until(() => second.last('dataset') !== undefined && second.last('dataset') !== null);
    expect(second.last('dataset')?.info).toEqual({
      id: 'own',
      label: 'Your own images',
      count: 100,
      origin: { from: 'drawn' },
    });
    const from = step(second);
    await second.request('train', null);
    await second.until(() => step(second) > from);
  });

  it('that find no room are given again, which is said; the run itself is kept', async () => {
    const client = await visit();
    vi.spyOn(checkpoints, 'keepImages').mockRejectedValue(new GanvasError('storage-full', {}));
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 1);
    await client.request('save', { next: null });
    expect(client.all('saved').length).toBeGreaterThan(0);
    expect(client.last('notSaved')).toMatchObject({
      code: 'storage-full-for-images',
      what: 'images',
      bytes: 100 * 28 * 28,
    });
    library = new DatasetLibrary();
    const second = await visit();
    await open(second);
    await expect(second.request('train', null)).rejects.toMatchObject({ kind: 'too-few-images' });
  });

  it('that were damaged while they were kept are not learnt from', async () => {
    const client = await visit();
    await begin(client, { ...tiny, epochs: 1000 });
    await trainTo(client, 1);
    await client.request('save', { next: null });
    checkpoints.keptImages.set('mine', {
      images: images(5).images,
      labels: null,
      origin: { from: 'files', names: ['elsewhere'], more: 0 },
    });
    library = new DatasetLibrary();
    const second = await visit();
    await open(second);
    await expect(second.request('train', null)).rejects.toMatchObject({ kind: 'other-images' });
  });
});

describe('a run file', () => {
  it('is the run as it is, also while it trains, and opens elsewhere', async () => {
    const client = await visit(false);
    await begin(client, { ...everything, epochs: 1000 });
    await trainTo(client, 3);
    const { zip, fileName, step: saved } = await client.request('saveRun', null);
    expect(client.state).toBe('training');
    expect(fileName).toBe(`ganvas-run-own-step-${saved}.zip`);
    expect(packRun(unpackRun(zip))).toEqual(zip);
    const other = await visit(false);
    const from = { zip: zip.slice(), fileName };
    const opened = await other.request('open', {
      workerRun: 'other',
      from,
      accelerator: 'automatic',
      dataset: 'built-in',
    });
    // A run of its own, lest it is kept in the place of one that is further on.
    expect(opened).toMatchObject({ runId: 'other', resumed: { dataset: 'own' } });
    expect(other.last('trainingStatus')?.step).toBe(saved);
    // The same bytes again, but for the moment at which they were made.
    const again = unpackRun((await other.request('saveRun', null)).zip);
    const before = unpackRun(zip);
    const grids = again.frames.filter(({ step: at }) => before.frames.some((frame) => frame.step === at));
    expect({ ...again, savedAt: 0, frames: [] }).toEqual({ ...before, runId: 'other', savedAt: 0, frames: [] });
    expect(grids).toEqual(before.frames);
  });

  it('counts the time of half-steps, too', async () => {
    const client = await visit(false);
    await begin(client, { ...tiny, ...small });
    await client.request('halfStep', { network: 'discriminator', count: 1 });
    const { zip } = await client.request('saveRun', null);
    const { seconds } = unpackRun(zip);
    expect(seconds).toBeGreaterThan(0);
    await client.request('halfStep', { network: 'generator', count: 1 });
    expect(unpackRun((await client.request('saveRun', null)).zip).seconds).toBeGreaterThan(seconds);
  });

  it('is kept as soon as it is opened: nothing of it is lost if that goes wrong', async () => {
    const client = await visit(false);
    await begin(client, { ...tiny, ...small });
    await client.request('halfStep', { network: 'discriminator', count: 1 });
    const { zip, fileName } = await client.request('saveRun', null);
    const other = await visit();
    const from = { zip, fileName };
    await other.request('open', { workerRun: 'other', from, accelerator: 'automatic', dataset: 'built-in' });
    await other.until(() => other.last('saved') !== undefined);
    expect(other.last('saved')?.head).toMatchObject({ runId: 'other', step: 1, half: true });
  });

  it('that is none is refused with a sentence', async () => {
    const client = await visit(false);
    const from = { zip: new Uint8Array(100), fileName: 'holiday.zip' };
    const opened = client.request('open', { workerRun: 'x', from, accelerator: 'automatic', dataset: 'built-in' });
    expect((await rejected(opened)).sentence).toMatch(/^holiday.zip is not a zip/);
  });
});
