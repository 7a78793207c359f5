// A browser with several tabs: storage that answers late and may be full or missing, locks, and messages from tab to
// tab.
import { type CheckpointHead, stayingOf } from '../../src/config/checkpoint.ts';
import { GanvasError } from '../../src/config/errors.ts';
import type { Checkpoints } from '../../src/files/checkpoints.ts';
import type { LockParts } from '../../src/page/autosave/tabLock.ts';
import type { Archive } from '../../src/page/runHistory/archive.ts';
import { FakeArchive } from '../support/fakeArchive.ts';
import { memoryCheckpoints } from '../support/memoryCheckpoints.ts';
import { Channel, Thread, type World } from './world.ts';

export type Disk = 'well' | 'full' | 'missing';

interface Waiting {
  readonly thread: Thread;
  readonly grant: () => Promise<unknown>;
  readonly refuse: (error: DOMException) => void;
}

export class Browser {
  readonly #world: World;
  readonly #disk: Channel<() => void>;
  readonly checkpoints = memoryCheckpoints();
  readonly archive = new FakeArchive();
  disk: Disk = 'well';
  /** Whether it was ever anything else. */
  wasIll = false;
  /** By run, the newest save that nobody meant to go. */
  readonly saved = new Map<string, CheckpointHead>();
  /** Called with each run that the page or the visitor deletes. */
  onDelete: (runId: string, thread: Thread) => void = () => {};
  /** Steps may become fewer: a run went back after bad numbers. */
  mayGoBack = false;
  #holder: Waiting | null = null;
  #line: Waiting[] = [];
  readonly #listeners: { thread: Thread; channel: Channel<MessageEvent> }[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#disk = new Channel(world, new Thread('disk'), 'operation', (operation) => operation());
  }

  /** One operation after the other; each result comes back to its thread at some later time. */
  #operate<T>(thread: Thread, label: string, operation: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#disk.send(() => {
        const missing = this.disk === 'missing';
        const result = missing ? Promise.reject(new GanvasError('no-storage', { message: 'no storage' })) : operation();
        const back = (settle: () => void): void => this.#world.task(thread, `${label} done`, settle);
        result.then(
          (value) => back(() => resolve(value)),
          (error: unknown) => back(() => reject(error)),
        );
      });
    });
  }

  openCheckpoints(thread: Thread): Promise<Checkpoints> {
    return this.#operate(thread, 'open', async () => this.#checkpointsFor(thread));
  }

  #checkpointsFor(thread: Thread): Checkpoints {
    const memory = this.checkpoints;
    const on = <T>(label: string, operation: () => Promise<T>): Promise<T> => this.#operate(thread, label, operation);
    const remove = (runId: string, why: 'evicted' | 'deleted'): Promise<void> =>
      on('delete', async () => {
        this.#world.note(`disk: ${runId} ${why} by ${thread.name}`);
        if (why === 'evicted') this.saved.delete(runId);
        else this.onDelete(runId, thread);
        await memory.delete(runId);
      });
    return {
      list: () => on('list', () => memory.list()),
      saves: (runId) => on('saves', () => memory.saves(runId)),
      read: (head) =>
        on('read', async () => {
          try {
            return await memory.read(head);
          } catch {
            throw new GanvasError('run-not-kept', {});
          }
        }),
      write: (head, bytes, follows) => {
        const kept = bytes.slice();
        return on('write', async () => {
          if (this.disk === 'full') throw new GanvasError('storage-full', {});
          const [before] = await memory.saves(head.runId);
          const written = await memory.write(head, kept, follows);
          if (written === null) return null;
          this.#world.note(`disk: ${head.runId} saved at step ${head.step} by ${thread.name}`);
          if (before !== undefined && before.step > head.step && !this.mayGoBack) {
            this.#world.violate(
              `${head.runId} was saved at step ${before.step}, and ${thread.name} saved step ${head.step} over it`,
            );
          }
          this.saved.set(head.runId, written);
          return written;
        });
      },
      letGo: async (current, next) => {
        const list = await on('list', () => memory.list());
        const runs = [current, ...list.filter(({ runId }) => runId !== current.runId)];
        const staying = stayingOf(runs, next);
        const gone = runs.filter((each) => !staying.includes(each)).map(({ runId }) => runId);
        for (const runId of gone) await remove(runId, 'evicted');
        return gone;
      },
      keepImages: (runId, images) => on('keepImages', () => memory.keepImages(runId, images)),
      hasImages: (runId) => on('hasImages', () => memory.hasImages(runId)),
      images: (runId) => on('images', () => memory.images(runId)),
      keepWaypoint: (waypoint, bytes) => {
        const kept = bytes.slice();
        return on('keep waypoint', async () => {
          if (this.disk === 'full') throw new GanvasError('storage-full', {});
          return memory.keepWaypoint(waypoint, kept);
        });
      },
      waypoints: (runId) => on('waypoints', () => memory.waypoints(runId)),
      readWaypoint: (runId, step) => on('read waypoint', () => memory.readWaypoint(runId, step)),
      dropWaypoints: () => on('drop waypoints', () => memory.dropWaypoints()),
      delete: (runId) => remove(runId, 'deleted'),
    };
  }

  openArchive(thread: Thread): Promise<Archive> {
    const { archive } = this;
    const on = <T>(operation: () => Promise<T>): Promise<T> => this.#operate(thread, 'archive', operation);
    const full = (): void => {
      if (this.disk === 'full') throw new DOMException('full', 'QuotaExceededError');
    };
    return on(async () => ({
      count: () => on(() => archive.count()),
      all: () => on(() => archive.all()),
      keep: (record) =>
        on(async () => {
          full();
          return archive.keep(record);
        }),
      makeRoom: (bytes, except) => on(() => archive.makeRoom(bytes, except)),
      delete: (id) => on(() => archive.delete(id)),
      deleteAll: () => on(() => archive.deleteAll()),
    }));
  }

  /** As navigator.locks of a tab, for the one name that there is. */
  locksOf(thread: Thread): LockParts {
    const request = (_: string, options: LockOptions, callback: (lock: Lock | null) => unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const grant = async (): Promise<unknown> => callback({ name: 'ganvas-run', mode: 'exclusive' });
        const waiting: Waiting = { thread, grant: () => grant().then(resolve, reject), refuse: reject };
        options.signal?.addEventListener('abort', () => {
          if (!this.#line.includes(waiting)) return;
          this.#line = this.#line.filter((each) => each !== waiting);
          reject(new DOMException('aborted', 'AbortError'));
        });
        this.#world.task(thread, 'lock', () => {
          if (options.signal?.aborted) return;
          if (options.steal) {
            const robbed = this.#holder;
            this.#holder = null;
            if (robbed !== null) {
              this.#world.task(robbed.thread, 'stolen', () => robbed.refuse(new DOMException('stolen', 'AbortError')));
            }
            this.#line.unshift(waiting);
          } else if (options.ifAvailable && (this.#holder !== null || this.#line.length > 0)) {
            Promise.resolve(callback(null)).then(resolve, reject);
            return;
          } else {
            this.#line.push(waiting);
          }
          this.#next();
        });
      });
    const channel = () => ({
      postMessage: (data: unknown) => {
        for (const each of this.#listeners) {
          if (each.thread !== thread) each.channel.send({ data } as MessageEvent);
        }
      },
      addEventListener: (_: string, listener: EventListenerOrEventListenerObject) => {
        const receive = listener as (event: MessageEvent) => void;
        this.#listeners.push({ thread, channel: new Channel(this.#world, thread, 'from a tab', receive) });
      },
    });
    return { locks: { request: request as LockManager['request'] }, channel };
  }

  #next(): void {
    const next = this.#line[0];
    if (this.#holder !== null || next === undefined) return;
    this.#line.shift();
    this.#holder = next;
    this.#world.task(next.thread, 'lock granted', () => {
      void next.grant().finally(() => this.#release(next));
    });
  }

  #release(holder: Waiting): void {
    if (this.#holder !== holder) return;
    this.#holder = null;
    this.#next();
  }

  /** The tab is gone, and what it held with it. */
  close(thread: Thread): void {
    this.#line = this.#line.filter((each) => each.thread !== thread);
    if (this.#holder?.thread === thread) this.#release(this.#holder);
  }
}
