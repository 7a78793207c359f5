// The archive of runs in IndexedDB: a record for each run, under its id, so that two tabs never overwrite each other's.
import type { DBSchema, IDBPObjectStore } from 'idb';
import { databaseOf } from '../../files/database.ts';
import { bytesOf, type RunRecord } from '../state/runRecord.ts';
import { type Kept, toEvict, toFree } from './eviction.ts';
import { readRecord, type StoredRecord, storedForm } from './readRecord.ts';

const databaseName = 'ganvas-runs';
const databaseVersion = 1;

export interface KeptRuns {
  readonly records: readonly RunRecord[];
  /** Records that cannot be read. */
  readonly damaged: number;
}

/** All of it may fail: there may be no storage, or no room in it. */
export interface Archive {
  /** How many there are, damaged ones too. */
  count(): Promise<number>;
  /** Newest first. */
  all(): Promise<KeptRuns>;
  /** Stores a run's record, or replaces it. @returns the ids of evicted runs */
  keep(record: RunRecord): Promise<readonly string[]>;
  /**
   * Deletes the oldest until so many bytes are free, but not the one of this id; none where all of them would not do.
   * @returns the ids of those
   */
  makeRoom(bytes: number, except: string | null): Promise<readonly string[]>;
  delete(runId: string): Promise<void>;
  deleteAll(): Promise<void>;
}

interface Schema extends DBSchema {
  runs: {
    key: string;
    // What is in it may be of any time: `all` reads it as unknown.
    value: StoredRecord & { readonly bytes: number };
    /** When it started and what it takes: enough to know what has to go, without reading the records. */
    indexes: { age: [started: number, bytes: number] };
  };
}

const open = databaseOf<Schema>(databaseName, databaseVersion, (database) => {
  database.createObjectStore('runs', { keyPath: 'id' }).createIndex('age', ['started', 'bytes']);
});

type Store = IDBPObjectStore<Schema, ['runs'], 'runs', 'readwrite'>;

async function keptIn(store: Store): Promise<readonly Kept[]> {
  // What is not in the index is no record of ours: it goes first.
  const kept = new Map<string, Kept>();
  for (const key of await store.getAllKeys()) kept.set(key, { runId: key, started: 0, bytes: 0 });
  for (let cursor = await store.index('age').openKeyCursor(); cursor !== null; cursor = await cursor.continue()) {
    const [started, bytes] = cursor.key;
    kept.set(cursor.primaryKey, { runId: cursor.primaryKey, started, bytes });
  }
  return [...kept.values()];
}

/** Deletes those that are chosen out of all. @returns the ids of those */
async function evict(choose: (kept: readonly Kept[]) => readonly string[]): Promise<readonly string[]> {
  const { store, done } = (await open()).transaction('runs', 'readwrite');
  const evicted = keptIn(store).then(async (kept) => {
    const gone = choose(kept);
    await Promise.all(gone.map((runId) => store.delete(runId)));
    return gone;
  });
  const [gone] = await Promise.all([evicted, done]);
  return gone;
}

export const archive: Archive = {
  async count() {
    return (await open()).count('runs');
  },
  async all() {
    const values: readonly unknown[] = await (await open()).getAll('runs');
    const records = values.map(readRecord).filter((record) => record !== null);
    return { records: records.sort((a, b) => b.started - a.started), damaged: values.length - records.length };
  },
  async keep(record) {
    const database = await open();
    const put = database.transaction('runs', 'readwrite');
    const written = put.store.put({ ...storedForm(record), bytes: bytesOf(record) });
    // At once: the page may be about to go, and what is not committed then is lost.
    put.commit();
    await Promise.all([written, put.done]);
    return evict((kept) => toEvict(kept, record.runId));
  },
  makeRoom: (bytes, except) => evict((kept) => toFree(kept, bytes, except)),
  async delete(runId) {
    await (await open()).delete('runs', runId);
  },
  async deleteAll() {
    await (await open()).clear('runs');
  },
};
