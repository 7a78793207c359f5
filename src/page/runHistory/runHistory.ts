// The history of runs: when the current one is saved, which others are kept, and which are compared.
import type { Failure } from '../../config/errors.ts';
import type { History } from '../../files/history.ts';
import type { RunDescription } from '../../protocol/messages.ts';
import type { RunHistoryState } from '../state/runHistory.ts';
import { bytesOf, type RunRecord } from '../state/runRecord.ts';
import type { PageState, PageStore } from '../state/store.ts';
import type { Archive } from './archive.ts';
import { recordOf } from './recordOf.ts';

export interface RunHistory {
  /** Asks how many are kept. */
  look(): Promise<void>;
  /** Reads them all, anew each time: another tab may have changed them. */
  read(): Promise<void>;
  /** Saves the current run as it is now, if it has a step. */
  save(): Promise<void>;
  /** Saves it for the last time: another run is about to take its place. Called while its history is still there. */
  end(): void;
  /**
   * Makes room for so many bytes: evicts the oldest runs, never the current one, and none where all would not be
   * enough.
   * @returns how many it evicted
   */
  makeRoom(bytes: number): Promise<number>;
  delete(runId: string): Promise<void>;
  deleteAll(): Promise<void>;
  compare(runId: string, wanted: boolean): void;
}

/** Of training, between two saves. */
const everyMs = 15_000;

/** The facts of the current run that only the history needs. */
interface Current {
  readonly workerRun: string;
  runId: string;
  /** When its first step was seen; null before. */
  started: number | null;
  /** Of training until the last pause. */
  trainedMs: number;
  /** `performance.now()` when training went on; null while it does not. */
  trainsSince: number | null;
  savedAt: number;
  /** As it came out of a file, which the visitor has. */
  untouched: boolean;
  /** Ended: not saved any more. */
  closed: boolean;
}

export function createRunHistory(store: PageStore, history: History, openArchive: () => Promise<Archive>): RunHistory {
  let current: Current | null = null;
  /** Once it is open. A page that is about to go has no time to open it. */
  let archive: Archive | null = null;
  /** Deleted by the visitor: the next save must not bring it back, nor what takes the run up again. */
  const deleted = new Set<string>();
  /** Whether room was made already for a record that still did not fit. */
  let madeRoom = false;

  const set = (change: Partial<RunHistoryState>): void =>
    store.setState({ runs: { ...store.getState().runs, ...change } });

  /** Works on the archive. The panel alone reports what goes wrong, and the page works on. */
  async function attempt(work: (archive: Archive) => Promise<void>): Promise<void> {
    try {
      archive ??= await openArchive();
      await work(archive);
      if (store.getState().runs.trouble !== null) set({ trouble: null });
    } catch (error) {
      set({ trouble: troubleOf(error), count: store.getState().runs.count ?? 0 });
    }
  }

  function follow(now: PageState, before: PageState): void {
    if (now.workerRun !== (current?.workerRun ?? null)) current = now.workerRun === null ? null : begin(now.workerRun);
    if (current === null) return;
    const { description } = now;
    if (description?.workerRun === current.workerRun && description.runId !== current.runId)
      rename(current, description);
    if (description?.workerRun === current.workerRun && before.description?.workerRun !== current.workerRun)
      takeUp(current, description);
    if (current.started === null && now.last !== null) {
      current.started = Date.now();
      set({ current: current.runId });
    }
    const time = performance.now();
    const trains = now.session === 'training';
    if (trains) {
      current.untouched = false;
      current.trainsSince ??= time;
    }
    if (!trains && current.trainsSince !== null) {
      current.trainedMs += time - current.trainsSince;
      current.trainsSince = null;
    }
    // After a pause the last grid is still being drawn, and half-steps bring one each.
    const rested = !trains && (before.session === 'training' || now.grid !== before.grid);
    const due = trains && now.last !== null && time - current.savedAt >= everyMs;
    if (rested || due) void save();
  }

  /** A continued run keeps its id; one that another tab has continued gets a new one. */
  function rename(mine: Current, { runId }: RunDescription): void {
    mine.runId = runId;
    if (mine.started !== null) set({ current: runId });
  }

  /** It goes on where it was, with the time that it has taken until then. */
  function takeUp(mine: Current, { workerRun, runId, resumed }: RunDescription): void {
    if (resumed === undefined) return;
    mine.untouched = runId === workerRun;
    mine.started = resumed.started;
    mine.trainedMs = 1000 * resumed.seconds;
    set({ current: runId });
  }

  function save(): Promise<void> {
    if (current === null || current.started === null || current.closed || current.untouched) return Promise.resolve();
    const { runId, started, trainedMs, trainsSince } = current;
    if (deleted.has(runId) || isElsewhere(runId)) return Promise.resolve();
    const time = performance.now();
    current.savedAt = time;
    const seconds = (trainedMs + (trainsSince === null ? 0 : time - trainsSince)) / 1000;
    // Taken now: what happens next may be another run.
    const record = recordOf(store.getState(), history, { runId, started, seconds });
    if (record === null) return Promise.resolve();
    return attempt(async (archive) => {
      await keepMakingRoom(archive, record);
      const count = await archive.count();
      if (deleted.has(runId)) return;
      const others = store.getState().runs.list?.filter((each) => each.runId !== runId);
      set({ count, ...(others && { list: [record, ...others].sort((a, b) => b.started - a.started) }) });
      dropGone();
    });
  }

  /** Whether another tab has the run, and its record with it. */
  function isElsewhere(runId: string): boolean {
    const { mine, list } = store.getState().autosave;
    return mine === false && list?.some((head) => head.runId === runId) === true;
  }

  /** On a full disk it evicts the oldest runs: once, until a record could be stored again. */
  async function keepMakingRoom(archive: Archive, record: RunRecord): Promise<void> {
    try {
      await forget(archive, await archive.keep(record));
    } catch (error) {
      const full = error instanceof Error && error.name === 'QuotaExceededError';
      if (!full || madeRoom) throw error;
      madeRoom = true;
      const gone = await archive.makeRoom(bytesOf(record), record.runId);
      await forget(archive, gone);
      if (gone.length === 0) throw error;
      await forget(archive, await archive.keep(record));
    }
    madeRoom = false;
  }

  /** Removes evicted runs from the state. */
  async function forget(archive: Archive, gone: readonly string[]): Promise<void> {
    if (gone.length === 0) return;
    const { list } = store.getState().runs;
    set({ count: await archive.count(), list: list?.filter(({ runId }) => !gone.includes(runId)) ?? null });
    dropGone();
  }

  /** Ends the comparison of runs that are gone. */
  function dropGone(): void {
    const { list, compared } = store.getState().runs;
    const gone = (runId: string | null): boolean => runId !== null && !list?.some((record) => record.runId === runId);
    if (compared.some(gone)) set({ compared: compared.map((runId) => (gone(runId) ? null : runId)) });
  }

  store.subscribe(follow);

  return {
    look: () => attempt(async (archive) => set({ count: await archive.count() })),
    read: () =>
      attempt(async (archive) => {
        const { records, damaged } = await archive.all();
        set({ list: records, damaged, count: records.length + damaged });
        dropGone();
      }),
    save,
    end() {
      void save();
      if (current !== null) current.closed = true;
      set({ current: null });
    },
    async makeRoom(bytes) {
      let gone: readonly string[] = [];
      await attempt(async (archive) => {
        gone = await archive.makeRoom(bytes, current?.runId ?? null);
        await forget(archive, gone);
      });
      return gone.length;
    },
    delete: (runId) =>
      attempt(async (archive) => {
        deleted.add(runId);
        await archive.delete(runId);
        await forget(archive, [runId]);
      }),
    deleteAll: () =>
      attempt(async (archive) => {
        if (current !== null) deleted.add(current.runId);
        await archive.deleteAll();
        set({ count: 0, list: [], damaged: 0 });
        dropGone();
      }),
    compare(runId, wanted) {
      const { compared } = store.getState().runs;
      if (!wanted) return set({ compared: compared.map((each) => (each === runId ? null : each)) });
      const free = compared.indexOf(null);
      if (free === -1 || compared.includes(runId)) return;
      set({ compared: compared.with(free, runId) });
    },
  };
}

const begin = (workerRun: string): Current => ({
  workerRun,
  runId: workerRun,
  started: null,
  trainedMs: 0,
  trainsSince: null,
  // The first step is saved at once.
  savedAt: Number.NEGATIVE_INFINITY,
  untouched: false,
  closed: false,
});

function troubleOf(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'QuotaExceededError') return { code: 'history-full', facts: {} };
  if (name === 'VersionError') return { code: 'history-of-newer-page', facts: {} };
  if (error instanceof DOMException) return { code: 'history-not-kept', facts: {} };
  return { code: 'history-trouble', facts: { message } };
}
