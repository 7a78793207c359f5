// A tab of the model's browser: a real page, and real sessions as its workers, in threads of their own.
import { GanvasError } from '../../src/config/errors.ts';
import { settingNames } from '../../src/config/settings.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { unpackRun } from '../../src/files/runFile.ts';
import type { SavedRun } from '../../src/files/savedRun.ts';
import { createTabLock } from '../../src/page/autosave/tabLock.ts';
import type { WorkerPort } from '../../src/page/client/client.ts';
import { createPage, type Page } from '../../src/page/page.ts';
import type { PageState } from '../../src/page/state/store.ts';
import type { BackendName } from '../../src/protocol/devices.ts';
import type { AbortMessage } from '../../src/protocol/envelope.ts';
import type { RequestMessage, WorkerMessage } from '../../src/protocol/messages.ts';
import type { Backends } from '../../src/worker/device/backend.ts';
import { DatasetLibrary } from '../../src/worker/run/datasets.ts';
import { Session } from '../../src/worker/session.ts';
import { tiny } from '../support/configs.ts';
import type { Browser } from './browser.ts';
import { poisoned } from './fakeTrainer.ts';
import { Channel, Thread, type World } from './world.ts';

/** An epoch has twelve steps. */
export const smallest = { ...tiny, filters: 2, latent: 1, epochs: 2 };

const images = new Uint8Array(100 * 784);

/** What is amiss with what the workers of a tab need. */
export interface Faults {
  /** Whether the site's own copy of the images is there, is somewhere else, or does not answer. */
  host: 'here' | 'elsewhere' | 'slow' | 'away';
  /** Thrown where an accelerator is to be started. */
  accelerator: GanvasError | null;
}

class Library extends DatasetLibrary {
  readonly #world: World;
  readonly #faults: Faults;

  constructor(world: World, faults: Faults) {
    super();
    this.#world = world;
    this.#faults = faults;
  }

  override async local(...[id, signal]: Parameters<DatasetLibrary['local']>): Promise<Dataset | null> {
    await this.#answer(signal);
    return this.#faults.host === 'here' || id === 'built-in' ? datasetOf(id) : null;
  }

  override async load(...[id, signal]: Parameters<DatasetLibrary['load']>): Promise<Dataset> {
    await this.#answer(signal);
    if (this.#faults.host === 'away' && id !== 'built-in')
      throw new GanvasError('dataset-network', { dataset: id, reasons: [] });
    return datasetOf(id);
  }

  async #answer(signal: AbortSignal): Promise<void> {
    do await this.#world.turn('data');
    while (this.#faults.host === 'slow' && !signal.aborted && (await this.#nap()));
    if (signal.aborted) throw new GanvasError('loading-images-cancelled', {});
  }

  #nap(): Promise<true> {
    return new Promise((resolve) => setTimeout(() => resolve(true), 200));
  }
}

const datasetOf = (id: Dataset['info']['id']): Dataset => ({
  info: { id, label: id, count: 100, origin: { from: 'drawn' } },
  images,
  labels: null,
});

const detail = { on: 'device', name: 'the model' } as const;
const inUse = (name: BackendName) => ({ name, detail, reason: null });
const offers = (['wasm', 'cpu'] as const).map((name) => ({ name, available: true, emulated: false, detail }));

function backendsOf(world: World, faults: Faults): Backends {
  return {
    offers,
    hasGpu: false,
    calibration: null,
    automatic: inUse('wasm'),
    remember() {},
    trust() {},
    noteTraining: () => null,
    async start(accelerator) {
      await world.turn('accelerator');
      if (faults.accelerator !== null) throw faults.accelerator;
      return inUse(accelerator === 'automatic' ? 'wasm' : accelerator);
    },
  };
}

/** A worker that trains, as the page has it. */
class ModelWorker implements WorkerPort {
  readonly thread: Thread;
  readonly session: Session;
  readonly #world: World;
  readonly #toWorker: Channel<RequestMessage | AbortMessage>;
  readonly #listeners = new Map<string, ((event: MessageEvent) => void)[]>();
  /** Told of the reply to what the test itself asks. */
  #asked: ((message: WorkerMessage) => void) | null = null;
  /** The worker run and the state that the worker has told of last. */
  state: string | null = null;
  workerRun: string | null = null;

  constructor(world: World, browser: Browser, page: Thread, name: string, faults: Faults) {
    this.#world = world;
    this.thread = new Thread(name);
    const { thread } = this;
    const toPage = new Channel<unknown>(world, page, `from ${name}`, (data) => {
      if (thread.isAlive) this.#fire('message', { data });
    });
    const postMessage = (message: unknown): void => {
      const said = message as WorkerMessage;
      if (said.kind === 'event' && said.name === 'state') {
        this.state = said.payload.state;
        this.workerRun = said.workerRun;
      }
      if (said.kind !== 'event' && said.id < 0) this.#asked?.(said);
      else toPage.send(structuredClone(message));
    };
    this.session = world.within(
      thread,
      () =>
        new Session(
          { postMessage },
          {
            backends: () => backendsOf(world, faults),
            datasets: new Library(world, faults),
            checkpoints: () => browser.openCheckpoints(thread),
          },
        ),
    );
    this.#toWorker = new Channel(world, thread, 'request', (request) => void this.session.receive(request));
  }

  postMessage(message: unknown): void {
    const request = message as RequestMessage | AbortMessage;
    const hasPort = request.kind === 'request' && request.name === 'connect';
    this.#toWorker.send(hasPort ? request : structuredClone(request));
  }

  addEventListener(type: string, listener: (event: MessageEvent) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  #fire(type: 'message' | 'error', event: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as MessageEvent);
  }

  terminate(): void {
    this.#world.end(this.thread);
  }

  /** @returns what the page hears of it */
  crash(): void {
    if (!this.thread.isAlive) return;
    this.#world.end(this.thread);
    this.#fire('error', { message: 'crashed by the model' });
  }

  /** The run as the worker has it, asked past the page; null where it says that there is none. */
  async run(): Promise<SavedRun | null> {
    let reply: WorkerMessage | null = null;
    this.#asked = (message) => {
      reply = message;
    };
    this.#world.as(this.thread, () => {
      void this.session.receive({ kind: 'request', id: -1, name: 'saveRun', payload: null });
    });
    const isReply = (message: WorkerMessage | null): boolean => message?.kind === 'reply';
    if (!(await this.#world.until(() => isReply(reply), 5_000))) {
      this.#world.violate(`${this.thread.name} does not answer`);
    }
    const said = reply as WorkerMessage | null;
    if (said?.kind !== 'reply' || !said.ok) return null;
    return unpackRun((said.payload as { zip: Uint8Array<ArrayBuffer> }).zip);
  }
}

/** A worker that draws nothing, and answers. */
class ModelRenderer implements WorkerPort {
  readonly #world: World;
  readonly #thread = new Thread('renderer');
  readonly #toPage: Channel<unknown>;
  readonly #listeners: ((event: MessageEvent) => void)[] = [];

  constructor(world: World, page: Thread) {
    this.#world = world;
    this.#toPage = new Channel(world, page, 'from the renderer', (data) => {
      if (!this.#thread.isAlive) return;
      for (const listener of this.#listeners) listener({ data } as MessageEvent);
    });
  }

  postMessage(message: unknown): void {
    const { id, name } = message as { id: number; name: string };
    this.#world.task(this.#thread, 'request', () =>
      this.#toPage.send({ kind: 'reply', id, ok: true, payload: name === 'connect' ? { backend: 'cpu' } : null }),
    );
  }

  addEventListener(type: string, listener: (event: MessageEvent) => void): void {
    if (type === 'message') this.#listeners.push(listener);
  }

  terminate(): void {
    this.#world.end(this.#thread);
  }
}

/** Something that was pressed, until its promise has settled. */
interface Press {
  readonly what: string;
  isPending: boolean;
}

export class Tab {
  readonly name: string;
  readonly thread: Thread;
  readonly page: Page;
  readonly workers: ModelWorker[] = [];
  readonly faults: Faults = { host: 'here', accelerator: null };
  readonly presses: Press[] = [];
  readonly #world: World;
  readonly #browser: Browser;

  constructor(world: World, browser: Browser, name: string) {
    this.#world = world;
    this.#browser = browser;
    this.name = name;
    this.thread = new Thread(this.name);
    const { thread, workers, faults } = this;
    this.page = world.as(thread, () =>
      createPage(
        {
          trainer: () => {
            const worker = new ModelWorker(
              world,
              browser,
              thread,
              `${this.name}’s worker ${workers.length + 1}`,
              faults,
            );
            workers.push(worker);
            return worker;
          },
          renderer: () => new ModelRenderer(world, thread),
        },
        'http://localhost/page/',
        {
          openArchive: () => browser.openArchive(thread),
          openCheckpoints: () => browser.openCheckpoints(thread),
          lock: createTabLock(browser.locksOf(thread)),
          persist: () => world.turn('persist'),
          free: async () => {
            await world.turn('free');
            return 0;
          },
        },
      ),
    );
    const { store, actions, runs, autosave } = this.page;
    store.subscribe((now, before) => {
      if (now.session !== before.session) world.note(`${this.name}: ${before.session} → ${now.session}`);
      if (now.description !== before.description) {
        world.note(`${this.name}: ${now.description?.runId} stands as ${now.description?.workerRun}`);
      }
      for (const problem of now.problems) {
        if (!before.problems.includes(problem)) world.note(`${this.name}: ${problem.code} at ${problem.place}`);
      }
    });
    world.as(thread, () => {
      for (const name of settingNames) actions.setSetting(name, smallest[name]);
    });
    this.press('start', () => actions.start());
    this.press('look', () => runs.look());
    this.press('begin', () => autosave.begin());
  }

  get state(): PageState {
    return this.page.store.getState();
  }

  get worker(): ModelWorker | undefined {
    return this.workers.findLast(({ thread }) => thread.isAlive);
  }

  get isOpen(): boolean {
    return this.thread.isAlive;
  }

  press(what: string, press: () => unknown): void {
    this.#world.note(`${this.name}: ${what}`);
    const pressed: Press = { what, isPending: true };
    this.presses.push(pressed);
    const result = this.#world.as(this.thread, press);
    Promise.resolve(result).then(
      () => {
        pressed.isPending = false;
      },
      (error: unknown) => {
        pressed.isPending = false;
        this.#world.violate(`${this.name}: ${what} rejects: ${String(error)}`);
      },
    );
  }

  get pending(): readonly string[] {
    return this.presses.filter(({ isPending }) => isPending).map(({ what }) => what);
  }

  /** In the page's thread, which hears of it at once. */
  crash(): void {
    this.#world.note(`${this.name}: its worker crashes`);
    this.#world.as(this.thread, () => this.worker?.crash());
  }

  loseGpu(): void {
    const { worker } = this;
    if (worker === undefined || worker.thread.held !== null) return;
    this.#world.note(`${this.name}: its GPU is lost`);
    this.#world.as(worker.thread, () => worker.session.fail(new GanvasError('gpu-lost', {})));
  }

  hang(): void {
    const { worker } = this;
    if (worker === undefined) return;
    this.#world.note(`${this.name}: its worker hangs`);
    worker.thread.held ??= [];
  }

  goOn(): void {
    const { worker } = this;
    if (worker === undefined || worker.thread.held === null) return;
    this.#world.note(`${this.name}: its worker goes on`);
    this.#world.thaw(worker.thread);
  }

  poison(): void {
    if (this.worker === undefined) return;
    this.#world.note(`${this.name}: its next loss is no number`);
    this.#browser.mayGoBack = true;
    poisoned.add(this.worker.thread);
  }

  close(): void {
    this.#world.note(`${this.name} is closed`);
    for (const { thread } of this.workers) this.#world.end(thread);
    this.#world.end(this.thread);
    this.#browser.close(this.thread);
  }
}
