// Where the browser keeps runs that can be gone on with: IndexedDB, two slots a run, so that a save which is cut off at any
// moment leaves the one before it whole.
import type { DBSchema, IDBPDatabase } from 'idb';
import * as z from 'zod/mini';
import { GanvasError } from '../config/errors.ts';
import { type Head, stayingOf } from '../config/kept.ts';
import { fixed } from '../config/run.ts';
import { databaseOf } from './database.ts';

const databaseName = 'ganvas-checkpoints';
const databaseVersion = 2;
const headSchema = z.object({
  run: z.string().check(z.minLength(1), z.maxLength(100)),
  slot: z.union([z.literal(0), z.literal(1)]),
  sequence: z.int().check(z.nonnegative()),
  savedAt: z.number(),
  step: z.int().check(z.nonnegative()),
  half: z.boolean(),
  seconds: z.optional(z.number()),
  dataset: z.string(),
  bytes: z.int().check(z.nonnegative()),
}) satisfies z.ZodMiniType<Head>;

export type NewHead = Omit<Head, 'slot' | 'sequence' | 'bytes'>;

interface Schema extends DBSchema {
  heads: { key: [string, number]; value: Head };
  saves: { key: [string, number]; value: Uint8Array<ArrayBuffer> };
  /** The visitor's own images, by the run that learns from them. Of any time: `images` reads it as unknown. */
  images: { key: string; value: OwnImages };
}

/** What cannot be had again by its name. */
export interface OwnImages {
  /** [n, 28, 28], 0 (paper) to 255 (ink). */
  readonly images: Uint8Array<ArrayBuffer>;
  /** [n], or null where nobody told the classes. */
  readonly labels: Uint8Array<ArrayBuffer> | null;
  /** Which files they came from, in words. */
  readonly origin: string;
}

/** All of it may fail: there may be no storage, or no room in it. */
export interface Checkpoints {
  /** The newest save of each run, newest run first. */
  list(): Promise<readonly Head[]>;
  /**
   * Keeps a run in place of the older of its two saves, and lets others go: see `stayingOf`.
   * @throws GanvasError 'storage-full' when there is no room, 'no-storage' when the browser keeps nothing; what was kept stays.
   */
  write(head: NewHead, bytes: Uint8Array<ArrayBuffer>): Promise<Head>;
  /** The bytes of one save. @throws GanvasError 'bad-file' when it is not there any more */
  read(head: Pick<Head, 'run' | 'slot'>): Promise<Uint8Array<ArrayBuffer>>;
  /** The saves of one run, newest first. */
  saves(run: string): Promise<readonly Head[]>;
  /** Keeps the images that a run learns from, beside its saves. @throws GanvasError 'storage-full' or 'no-storage' */
  keepImages(run: string, images: OwnImages): Promise<void>;
  hasImages(run: string): Promise<boolean>;
  /** null where none are kept, or they are damaged. */
  images(run: string): Promise<OwnImages | null>;
  delete(run: string): Promise<void>;
}

type Database = IDBPDatabase<Schema>;

/** @throws GanvasError 'no-storage' */
export async function openCheckpoints(): Promise<Checkpoints> {
  try {
    return checkpointsIn(await open());
  } catch (error) {
    throw problemOf(error);
  }
}

const open = databaseOf<Schema>(databaseName, databaseVersion, (database, from) => {
  if (from < 1) {
    database.createObjectStore('heads');
    database.createObjectStore('saves');
  }
  if (from < 2) database.createObjectStore('images');
});

function checkpointsIn(database: Database): Checkpoints {
  /** Those that can be read; what another version of this page has left is nobody's. */
  async function heads(): Promise<readonly Head[]> {
    const values: readonly unknown[] = await database.getAll('heads');
    return values.flatMap((value) => {
      const read = headSchema.safeParse(value);
      return read.success ? [read.data] : [];
    });
  }

  async function deleteRun(run: string): Promise<void> {
    const transaction = database.transaction(['heads', 'saves', 'images'], 'readwrite');
    const range = IDBKeyRange.bound([run, 0], [run, 1]);
    await Promise.all([
      transaction.objectStore('heads').delete(range),
      transaction.objectStore('saves').delete(range),
      transaction.objectStore('images').delete(run),
      transaction.done,
    ]);
  }

  const checkpoints: Checkpoints = {
    async list() {
      const newest = new Map<string, Head>();
      for (const head of await heads()) {
        if (head.sequence >= (newest.get(head.run)?.sequence ?? 0)) newest.set(head.run, head);
      }
      return [...newest.values()].sort((a, b) => b.savedAt - a.savedAt);
    },
    async write(head, bytes) {
      try {
        const before = (await heads()).filter(({ run }) => run === head.run).sort((a, b) => b.sequence - a.sequence);
        const [last] = before;
        const slot = last?.slot === 0 ? 1 : 0;
        const written: Head = { ...head, slot, sequence: (last?.sequence ?? 0) + 1, bytes: bytes.length };
        const transaction = database.transaction(['heads', 'saves'], 'readwrite');
        const puts = [
          transaction.objectStore('saves').put(bytes, [head.run, slot]),
          transaction.objectStore('heads').put(written, [head.run, slot]),
        ];
        // At once: the tab may be about to go, and what is not committed then is lost.
        transaction.commit();
        await Promise.all([...puts, transaction.done]);
        const runs = [written, ...(await checkpoints.list()).filter(({ run }) => run !== head.run)];
        const staying = stayingOf(runs);
        for (const each of runs) if (!staying.includes(each)) await deleteRun(each.run);
        return written;
      } catch (error) {
        throw problemOf(error);
      }
    },
    async read({ run, slot }) {
      const bytes: unknown = await database.get('saves', [run, slot]);
      if (!(bytes instanceof Uint8Array)) throw new GanvasError('bad-file', 'This run is not kept any more.');
      return bytes as Uint8Array<ArrayBuffer>;
    },
    async saves(run) {
      const own = (await heads()).filter((head) => head.run === run);
      return own.sort((a, b) => b.sequence - a.sequence);
    },
    async keepImages(run, images) {
      try {
        await database.put('images', images, run);
      } catch (error) {
        throw problemOf(error);
      }
    },
    async hasImages(run) {
      return (await database.getKey('images', run)) !== undefined;
    },
    async images(run) {
      const found: unknown = await database.get('images', run);
      return isOwnImages(found) ? found : null;
    },
    delete: deleteRun,
  };
  return checkpoints;
}

function isOwnImages(value: unknown): value is OwnImages {
  const { images, labels, origin } = (value ?? {}) as Partial<OwnImages>;
  if (!(images instanceof Uint8Array) || typeof origin !== 'string') return false;
  const count = images.length / fixed.imageSize ** 2;
  return (
    Number.isInteger(count) &&
    count > 0 &&
    (labels === null || (labels instanceof Uint8Array && labels.length === count))
  );
}

/** What the browser's refusals mean. */
function problemOf(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') {
    return new GanvasError('storage-full', 'The browser gives this page no more room, so the run is not saved.', {
      cause: error,
    });
  }
  const why = error.message === '' ? '' : ` (${error.message})`;
  return new GanvasError('no-storage', `The browser keeps nothing for this page${why}, so the run is not saved.`, {
    cause: error,
  });
}
