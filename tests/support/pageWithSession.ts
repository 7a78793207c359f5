// The real page on the real session, on tfjs's CPU backend: messages cross as between threads, and a test can hold them
// up.
import * as tf from '@tensorflow/tfjs';
import { afterEach, vi } from 'vitest';
import { maxRuns } from '../../src/config/checkpoint.ts';
import { GanvasError } from '../../src/config/errors.ts';
import { settingNames } from '../../src/config/settings.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import type { WorkerPort } from '../../src/page/client/client.ts';
import { createPage } from '../../src/page/page.ts';
import type { Actions } from '../../src/page/state/actions.ts';
import type { Port } from '../../src/protocol/envelope.ts';
import type { EventMessage, RequestMessage } from '../../src/protocol/messages.ts';
import type { Backends } from '../../src/worker/device/backend.ts';
import { DatasetLibrary } from '../../src/worker/run/datasets.ts';
import { Session } from '../../src/worker/session.ts';
import { tiny } from './configs.ts';
import { FakeArchive } from './fakeArchive.ts';
import { FakeLock, fakeStorage } from './fakeStorage.ts';
import { fakeRenderer } from './fakeWorker.ts';
import { type MemoryCheckpoints, memoryCheckpoints } from './memoryCheckpoints.ts';

const cpu = { name: 'cpu', detail: { on: 'javascript' }, reason: { because: 'chosen' } } as const;

const squares: Dataset = {
  info: { id: 'mnist', label: 'MNIST', count: 100, origin: { from: 'drawn' } },
  images: Uint8Array.from({ length: 100 * 784 }, (_, i) => ((i % 28) + Math.floor(i / 28)) % 256),
  labels: null,
};

/** What a test does to the workers of a page. */
export interface Mischief {
  /** Waited for before an accelerator starts. */
  starting: Promise<unknown>;
  /** Thrown where an accelerator is to be started. */
  accelerator: unknown;
  /** The site's own copy of the images, and what else can be had; a rejection is what is thrown. */
  local: Promise<Dataset | null>;
  fetched: Promise<Dataset>;
  /** Called with each event before the page gets it. */
  onEvent: (event: EventMessage, session: Session) => void;
}

class MischievousLibrary extends DatasetLibrary {
  readonly #mischief: Mischief;

  constructor(mischief: Mischief) {
    super();
    this.#mischief = mischief;
  }

  override local(...asked: Parameters<DatasetLibrary['local']>): Promise<Dataset | null> {
    return asked[0] === 'own' ? super.local(...asked) : this.#mischief.local;
  }

  override load(...asked: Parameters<DatasetLibrary['load']>): Promise<Dataset> {
    const [id, signal] = asked;
    if (id === 'own') return super.load(...asked);
    const called = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new GanvasError('loading-images-cancelled', {})));
    });
    return Promise.race([this.#mischief.fetched, called]);
  }
}

class SessionPort implements WorkerPort {
  readonly #session: Session;
  readonly #listeners = new Map<string, ((event: MessageEvent) => void)[]>();
  #terminated = false;

  constructor(checkpoints: MemoryCheckpoints, mischief: Mischief) {
    const backends: Backends = {
      offers: [{ name: 'cpu', available: true, emulated: false, detail: cpu.detail }],
      hasGpu: false,
      calibration: null,
      automatic: cpu,
      remember() {},
      trust() {},
      noteTraining: () => null,
      start: async () => {
        await mischief.starting;
        if (mischief.accelerator !== null) throw mischief.accelerator;
        await tf.setBackend('cpu');
        return cpu;
      },
    };
    const postMessage = (message: unknown): void => {
      // At once, as a real port does: what is sent may change afterwards.
      const data: unknown = structuredClone(message);
      if ((data as EventMessage).kind === 'event') mischief.onEvent(data as EventMessage, this.#session);
      setImmediate(() => this.fire('message', { data }));
    };
    this.#session = new Session({ postMessage } as Pick<Port, 'postMessage'>, {
      backends: () => backends,
      datasets: new MischievousLibrary(mischief),
      checkpoints: async () => checkpoints,
    });
  }

  postMessage(message: unknown): void {
    const request = message as RequestMessage;
    // Nobody draws here.
    if (request.name === 'connect') request.payload.snapshots.close();
    setImmediate(() => {
      if (!this.#terminated) void this.#session.receive(request);
    });
  }

  addEventListener(type: string, listener: (event: MessageEvent) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  fire(type: 'message' | 'error', event: object): void {
    if (this.#terminated) return;
    for (const listener of this.#listeners.get(type) ?? []) listener(event as MessageEvent);
  }

  terminate(): void {
    this.#terminated = true;
  }
}

/** Resolves when that is so. @throws Error when it takes more than twenty seconds */
export async function until(isSo: () => boolean): Promise<void> {
  const began = performance.now();
  while (!isSo()) {
    if (performance.now() - began > 20_000) throw new Error(`It took too long until ${isSo}.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

interface Parts {
  readonly checkpoints?: MemoryCheckpoints;
  readonly lock?: FakeLock;
  readonly archive?: FakeArchive;
  /** What is pressed before there is a worker. */
  readonly early?: (actions: Actions) => unknown;
}

/** A page whose first run, a tiny one, stands. Two of them with the same `checkpoints` are two tabs of a browser. */
export async function pageWithSession({
  checkpoints = memoryCheckpoints(),
  lock = new FakeLock(),
  archive = new FakeArchive(),
  early = () => {},
}: Parts = {}) {
  const mischief: Mischief = {
    starting: Promise.resolve(),
    accelerator: null,
    local: Promise.resolve(squares),
    fetched: Promise.resolve(squares),
    onEvent: () => {},
  };
  const ports: SessionPort[] = [];
  const { store, actions, autosave, runs } = createPage(
    {
      trainer() {
        const port = new SessionPort(checkpoints, mischief);
        ports.push(port);
        return port;
      },
      renderer: () => fakeRenderer(),
    },
    'http://localhost/page/',
    { ...fakeStorage(archive), openCheckpoints: async () => checkpoints, lock },
  );
  const state = store.getState;
  void autosave.begin();
  // Chosen before there is a worker, so that the first run has them already.
  for (const name of settingNames) actions.setSetting(name, { ...tiny, epochs: 1_000 }[name]);
  early(actions);
  await actions.start();
  /** Nothing that it has asked for is still to come. */
  const settled = () => new Promise((resolve) => setTimeout(resolve, 100));
  return {
    actions,
    autosave,
    runs,
    checkpoints,
    lock,
    mischief,
    state,
    settled,
    id: () => state().description?.runId ?? '',
    step: () => state().trainingStatus?.step ?? 0,
    /** The worker dies. */
    crash: () => ports.at(-1)?.fire('error', { message: 'boom' }),
    workers: ports,
    saves: async (run: string) => (await checkpoints.saves(run)).map(({ step }) => step),
    kept: async () => (await checkpoints.list()).map(({ runId }) => runId),
    async trainTo(step: number) {
      await actions.train();
      await until(() => (state().trainingStatus?.step ?? 0) >= step);
      await actions.pause();
      await settled();
    },
    /** The run as a file. */
    async file(): Promise<File> {
      const saved = await actions.saveRun();
      if (saved === null) throw new Error('There is no run to save.');
      return new File([saved.zip], saved.fileName);
    },
    /** The tab is closed. */
    close: () => actions.stop(),
  };
}

/** Keeps runs of an hour each. @returns their run ids, the newest first */
export async function hours(checkpoints: MemoryCheckpoints, count = maxRuns): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => `hour ${i}`);
  for (const [i, runId] of names.entries()) {
    const head = { runId, savedAt: 1_000 - i, step: 9_000, half: false, seconds: 3_600, dataset: 'MNIST' };
    await checkpoints.write(head, new Uint8Array(3), 0);
  }
  return names;
}

/** What is written there from now on counts as trained for an hour. */
export function asHours(checkpoints: MemoryCheckpoints): MemoryCheckpoints {
  const write = checkpoints.write.bind(checkpoints);
  checkpoints.write = (head, ...rest) => write({ ...head, seconds: 3_600 }, ...rest);
  return checkpoints;
}

/** Pages without a network, closed at the end of each test of the file that calls this. */
export function pagesOfEachTest(): typeof pageWithSession {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('There is no network here.')));
  const pages: { close(): void }[] = [];
  afterEach(() => {
    for (const page of pages.splice(0)) page.close();
  });
  return async (parts) => {
    const page = await pageWithSession(parts);
    pages.push(page);
    return page;
  };
}
