// The page's side of keeping runs: whether this tab keeps its run, what can be gone on with, and room for it.
import type { CheckpointHead } from '../../config/checkpoint.ts';
import { type Failure, kindOf } from '../../config/errors.ts';
import type { Checkpoints } from '../../files/checkpoints.ts';
import type { EventMessage, Events } from '../../protocol/messages.ts';
import { isAllowed } from '../../protocol/states.ts';
import type { AutosaveState } from '../state/autosave.ts';
import type { PageServices } from '../state/services.ts';
import type { PageState, PageStore } from '../state/store.ts';
import { lastRunHere } from './lastPosition.ts';
import type { TabLock } from './tabLock.ts';

export interface Autosave {
  /** Asks for the lock, and looks for runs to go on with. Called once. */
  begin(): Promise<void>;
  /** Asks whether to go on with this run, if it is kept, or else with the newest one; not where training has begun. */
  offer(first: string | null): Promise<void>;
  /** Tells a worker that was just started whether to keep runs. */
  greet(): Promise<unknown>;
  /** Reads the list anew: another tab may have changed it. */
  look(): Promise<void>;
  /** An event of the worker that is ours. */
  receive(event: EventMessage): void;
  /** Saves the current run now. */
  save(): Promise<void>;
  /** A file was opened, and is kept as this run. */
  opened(runId: string): void;
  /**
   * Before a file or a kept run takes the current one's place: saves it. What is in a file as it is goes instead:
   * whoever looks through some files must not lose by that what is kept nowhere else. `next`: the kept run that is
   * taken up, if it is one.
   * @returns what there is to do should the current one stay after all
   */
  leave(next: string | null): Promise<() => void>;
  /** The visitor does not want the offered one now: it stays under Runs. */
  dismiss(): void;
  /** What is kept of it, for good: the current run is kept again once it is trained on. What goes wrong is reported. */
  delete(runId: string): Promise<void>;
  takeOver(): void;
  /** The newest save of the current run, or else of any, as a file: for when the worker cannot make one. */
  lastSave(): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly fileName: string } | null>;
}

export interface AutosaveParts {
  readonly openCheckpoints: () => Promise<Checkpoints>;
  readonly lock: TabLock;
  /** Asks the browser not to throw away what is kept when the disk gets full. */
  readonly persist: () => Promise<unknown>;
  /** How many bytes the browser would still take, as far as it says: 0 where it does not. */
  readonly free: () => Promise<number>;
}

export const autosaveOf = (store: PageStore): AutosaveState => store.getState().autosave;

/** How long storage that is not there is waited for, before each further try. */
const retriesMs = [500, 2_000, 8_000];

/** Whether the browser keeps the current run, and has a save of it already. */
export const isSaved = ({ autosave, description }: PageState): boolean =>
  autosave.mine === true &&
  autosave.trouble === null &&
  autosave.last !== null &&
  autosave.last.runId === description?.runId;

export function createAutosave(
  { store, runs, request, report }: PageServices,
  { openCheckpoints, lock, persist, free }: AutosaveParts,
  pause: () => Promise<void>,
): Autosave {
  const get = store.getState;
  const set = (change: Partial<AutosaveState>): void => store.setState({ autosave: { ...get().autosave, ...change } });
  let persistAsked = false;
  /** What room was made for in vain, so far: what goes in vain once goes in vain again. */
  const madeRoomFor = new Set<string>();
  /** Opened from a file, and not trained since. */
  let lookedAt: string | null = null;
  /** Deleted, and not trained since: what is deleted must not come back by itself. */
  const unwanted = new Set<string>();

  /** null without storage: then there is nothing to go on with, and what is amiss is said when a save fails. */
  async function heads(): Promise<readonly CheckpointHead[] | null> {
    try {
      return await (await openCheckpoints()).list();
    } catch {
      return null;
    }
  }

  /** A browser that has crashed may not have let go of its files yet when it is opened again. */
  async function storageIsThere(): Promise<void> {
    for (const pauseMs of retriesMs) {
      if ((await heads()) !== null) return;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  const isUnwanted = (): boolean => unwanted.has(get().description?.runId ?? '');

  /** Whether the current run is to be saved, and can be now. */
  const canSave = (): boolean => get().autosave.mine === true && isAllowed('save', get().session) && !isUnwanted();

  /** The oldest of the run history go, never a run that can be gone on with. @returns whether that can have helped */
  async function makeRoom({ what, bytes }: Events['notSaved']): Promise<boolean> {
    const purpose = what === 'run' ? what : `${what} of ${get().description?.runId}`;
    if (!canSave() || madeRoomFor.has(purpose)) return false;
    madeRoomFor.add(purpose);
    // One at least: the browser has said that it is too little.
    const gone = await runs.makeRoom(Math.max(1, bytes - (await free())));
    set({ dropped: get().autosave.dropped + gone });
    return gone > 0;
  }

  /** What goes wrong is reported. A save that is on its way meanwhile goes when it is told. */
  async function drop(runId: string): Promise<void> {
    // While it trains it is saved again in any case.
    if (runId !== get().description?.runId || get().session !== 'training') unwanted.add(runId);
    try {
      await (await openCheckpoints()).delete(runId);
    } catch (error) {
      unwanted.delete(runId);
      report(error, 'page');
      return;
    }
    const { offered, last } = get().autosave;
    set({ offered: offered === runId ? null : offered, last: last?.runId === runId ? null : last });
    await autosave.look();
  }

  /** `next`: see `leave`. */
  async function save(next: string | null): Promise<void> {
    if (!canSave()) return;
    await request('save', { next }, { expects: get().workerRun }).catch((error: unknown) => report(error, 'training'));
  }

  /**
   * Another tab has gone on with the run under its name: that is offered, and what stands here is kept under another.
   */
  async function part(formerly: string, { runId }: CheckpointHead): Promise<void> {
    const { description } = get();
    if (description?.runId === formerly) store.setState({ description: { ...description, runId } });
    if (lookedAt === formerly) lookedAt = runId;
    await autosave.look();
    set({ offered: formerly });
  }

  /** What an earlier visit, or another life of the run, has left on its way. */
  async function lookForWaypoints(runId: string): Promise<void> {
    const list = await openCheckpoints()
      .then((checkpoints) => checkpoints.waypoints(runId))
      .catch(() => []);
    const known = get().autosave.waypoints;
    // What the worker has told meanwhile is newer.
    if (get().description?.runId === runId && known?.runId !== runId) set({ waypoints: { runId, list } });
  }
  store.subscribe(({ description }, before) => {
    const run = description?.runId;
    if (run !== undefined && run !== before.description?.runId) void lookForWaypoints(run);
  });

  const autosave: Autosave = {
    async begin() {
      lock.begin(
        (mine) => {
          const before = get().autosave.mine;
          set({ mine });
          void autosave.greet();
          // What is trained here is the newest from now on. What the other tab has saved last was not there when this
          // one looked.
          if (mine && before === false) void autosave.save().then(() => autosave.offer(lastRunHere()));
        },
        async () => {
          // A worker that is lost meanwhile has saved what it could, and its successor does not keep what this tab has
          // no more.
          if (get().session === 'training') await pause();
          await autosave.save();
        },
      );
      await storageIsThere();
      // That of this tab first: another may have got the lock while this one was loaded anew.
      await autosave.offer(lastRunHere());
    },
    async offer(first) {
      await autosave.look();
      const { list } = get().autosave;
      // What came out of a file, and was not trained, the visitor can open again.
      const [newest] = list?.filter(({ fromFile }) => !fromFile) ?? [];
      const offered = list?.find(({ runId }) => runId === first) ?? newest;
      if (offered !== undefined && !get().touched) set({ offered: offered.runId });
    },
    async greet() {
      if (get().browser === null) return null;
      return request('setAutosave', { enabled: get().autosave.mine === true }).catch((error: unknown) =>
        report(error, 'page'),
      );
    },
    async look() {
      set({ list: (await heads()) ?? [] });
    },
    receive(event) {
      if (event.name === 'saved') {
        const { head, formerly, gone, whole } = event.payload;
        const others = (get().autosave.list ?? []).filter(({ runId }) => runId !== head.runId && !gone.includes(runId));
        set({ last: head, list: [head, ...others], ...(whole && { trouble: null }) });
        madeRoomFor.delete('run');
        if (formerly !== null) void part(formerly, head);
        // It was on its way already when it was deleted.
        if (unwanted.has(head.runId)) void drop(head.runId);
        if (!persistAsked) void persist();
        persistAsked = true;
      }
      if (event.name === 'state' && event.payload.state === 'training') {
        unwanted.delete(get().description?.runId ?? '');
        set({ offered: null });
        if (lookedAt !== null && lookedAt !== get().description?.runId) void drop(lookedAt);
        lookedAt = null;
      }
      if (event.name === 'waypoints' && event.payload.runId === get().description?.runId) {
        set({ waypoints: event.payload });
      }
      if (event.name === 'notSaved') {
        if (isUnwanted()) return;
        const { code, facts } = event.payload;
        const trouble = { code, facts } as Failure;
        if (kindOf[code] !== 'storage-full') return set({ trouble });
        void makeRoom(event.payload).then((made) => (made ? autosave.save() : set({ trouble })));
      }
    },
    save: () => save(null),
    opened(runId) {
      lookedAt = runId;
      set({ offered: null });
    },
    async leave(next) {
      if (lookedAt === null || lookedAt === next) {
        await save(next);
        return () => {};
      }
      const runId = lookedAt;
      lookedAt = null;
      await drop(runId);
      return () => {
        lookedAt = runId;
        unwanted.delete(runId);
        void autosave.save();
      };
    },
    dismiss: () => set({ offered: null }),
    delete: drop,
    takeOver: () => lock.takeOver(),
    async lastSave() {
      const head = get().autosave.last ?? (await heads())?.[0];
      if (head === undefined) return null;
      const bytes = await (await openCheckpoints()).read(head);
      return { bytes, fileName: `ganvas-run-step-${head.step}.zip` };
    },
  };
  return autosave;
}
