// Where the browser keeps runs that can be gone on with: IndexedDB, two slots a run, so that a save which is cut off
// at any moment leaves the one before it whole.
import * as z from 'zod/mini';
import { type CheckpointHead, stayingOf } from '../config/checkpoint.ts';
import type { Origin } from '../config/datasets.ts';
import { fixed } from '../config/run.ts';
import {
  bytesIn,
  type CheckpointDatabase,
  type OwnImages,
  openDatabase,
  problemOf,
  slotsOf,
  stepsFrom,
  stored,
  unstored,
} from './checkpointDatabase.ts';
import { runOrigin } from './runHead.ts';
import { type Waypoints, waypointsIn } from './waypoints.ts';

const headSchema = z.object({
  runId: z.string().check(z.minLength(1), z.maxLength(100)),
  slot: z.union([z.literal(0), z.literal(1)]),
  sequence: z.int().check(z.nonnegative()),
  savedAt: z.number(),
  step: z.int().check(z.nonnegative()),
  half: z.boolean(),
  seconds: z.optional(z.number()),
  dataset: z.string(),
  fromFile: z.optional(z.boolean()),
  origin: z.optional(runOrigin),
  bytes: z.int().check(z.nonnegative()),
}) satisfies z.ZodMiniType<CheckpointHead>;

export type NewHead = Omit<CheckpointHead, 'slot' | 'sequence' | 'bytes'>;

export type { OwnImages } from './checkpointDatabase.ts';

/** All of it may fail: there may be no storage, or no room in it. */
export interface Checkpoints extends Waypoints {
  /** The newest save of each run, newest run first. */
  list(): Promise<readonly CheckpointHead[]>;
  /**
   * Keeps a run in place of the older of its two saves. `follows`: the sequence of the save before this one, 0 where
   * it is the first.
   * @returns null where there is a later one than that, which stays: another tab has gone on with the run
   * @throws GanvasError 'storage-full' when there is no room, 'no-storage' when the browser keeps nothing; what was
   * kept stays.
   */
  write(head: NewHead, bytes: Uint8Array<ArrayBuffer>, follows: number): Promise<CheckpointHead | null>;
  /**
   * Lets go of what is more than there are places for beside `current`, which is trained: see `stayingOf`.
   * @returns the ids of the runs that went
   */
  letGo(current: CheckpointHead, next: string | null): Promise<readonly string[]>;
  /** The bytes of one save. @throws GanvasError 'bad-file' when it is not there any more */
  read(head: Pick<CheckpointHead, 'runId' | 'slot'>): Promise<Uint8Array<ArrayBuffer>>;
  /** The saves of one run, newest first. */
  saves(runId: string): Promise<readonly CheckpointHead[]>;
  /**
   * Keeps the images that a run learns from, beside its saves; not where those are deleted.
   * @throws GanvasError 'storage-full' or 'no-storage'
   */
  keepImages(runId: string, images: OwnImages): Promise<void>;
  hasImages(runId: string): Promise<boolean>;
  /** null where none are kept, or they are damaged. */
  images(runId: string): Promise<OwnImages | null>;
  delete(runId: string): Promise<void>;
}

/** @throws GanvasError 'no-storage' */
export async function openCheckpoints(): Promise<Checkpoints> {
  try {
    return checkpointsIn(await openDatabase());
  } catch (error) {
    throw problemOf(error);
  }
}

function checkpointsIn(database: CheckpointDatabase): Checkpoints {
  async function deleteRun(runId: string): Promise<void> {
    const stores = ['heads', 'saves', 'images', 'waypointHeads', 'waypoints'] as const;
    const transaction = database.transaction(stores, 'readwrite');
    await Promise.all([
      transaction.objectStore('waypointHeads').delete(stepsFrom(runId)),
      transaction.objectStore('waypoints').delete(stepsFrom(runId)),
      transaction.objectStore('heads').delete(slotsOf(runId)),
      transaction.objectStore('saves').delete(slotsOf(runId)),
      transaction.objectStore('images').delete(runId),
      transaction.done,
    ]);
  }

  const checkpoints: Checkpoints = {
    ...waypointsIn(database),
    async list() {
      const newest = new Map<string, CheckpointHead>();
      for (const head of readable(await database.getAll('heads'))) {
        if (head.sequence >= (newest.get(head.runId)?.sequence ?? 0)) newest.set(head.runId, head);
      }
      return [...newest.values()].sort((a, b) => b.savedAt - a.savedAt);
    },
    async write(head, bytes, follows) {
      try {
        // One transaction from the look to the write: what another tab writes comes before or after it.
        const transaction = database.transaction(['heads', 'saves'], 'readwrite');
        const putBoth = async (): Promise<CheckpointHead | null> => {
          const heads = transaction.objectStore('heads');
          const [last] = readable(await heads.getAll(slotsOf(head.runId)));
          const sequence = last?.sequence ?? 0;
          if (sequence > follows) return null;
          const slot = last?.slot === 0 ? 1 : 0;
          const written: CheckpointHead = {
            ...head,
            slot,
            sequence: Math.max(sequence, follows) + 1,
            bytes: bytes.length,
          };
          const puts = [
            transaction.objectStore('saves').put(stored(bytes), [head.runId, slot]),
            heads.put(written, [head.runId, slot]),
          ];
          // At once: the tab may be about to go, and what is not committed then is lost.
          transaction.commit();
          await Promise.all(puts);
          return written;
        };
        // Together, since a put that is refused ends the transaction as well.
        const [written] = await Promise.all([putBoth(), transaction.done]);
        return written;
      } catch (error) {
        throw problemOf(error);
      }
    },
    async letGo(current, next) {
      const runs = [current, ...(await checkpoints.list()).filter(({ runId }) => runId !== current.runId)];
      const staying = stayingOf(runs, next);
      const gone = runs.filter((each) => !staying.includes(each)).map(({ runId }) => runId);
      for (const runId of gone) await deleteRun(runId);
      return gone;
    },
    async read({ runId, slot }) {
      return bytesIn(await database.get('saves', [runId, slot]));
    },
    async saves(runId) {
      return readable(await database.getAll('heads', slotsOf(runId)));
    },
    async keepImages(runId, images) {
      try {
        const transaction = database.transaction(['heads', 'images'], 'readwrite');
        const putThem = async (): Promise<void> => {
          const saves = await transaction.objectStore('heads').count(slotsOf(runId));
          const value = { ...images, images: stored(images.images) };
          if (saves > 0) await transaction.objectStore('images').put(value, runId);
        };
        await Promise.all([putThem(), transaction.done]);
      } catch (error) {
        throw problemOf(error);
      }
    },
    async hasImages(runId) {
      return (await database.getKey('images', runId)) !== undefined;
    },
    async images(runId) {
      const value: unknown = await database.get('images', runId);
      const { images } = (value ?? {}) as Partial<Record<string, unknown>>;
      const found = { ...(value as object), images: await unstored(images).catch(() => null) };
      return ownImagesOf(found);
    },
    delete: deleteRun,
  };
  return checkpoints;
}

/** Earlier versions of this page stored the run id as `run`. */
const withRunId = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'run' in value ? { runId: value.run, ...value } : value;

/** Those that can be read, newest first; what a later version of this page has left is nobody's. */
function readable(values: readonly unknown[]): readonly CheckpointHead[] {
  const heads = values.flatMap((value) => {
    const read = headSchema.safeParse(withRunId(value));
    return read.success ? [read.data] : [];
  });
  return heads.sort((a, b) => b.sequence - a.sequence);
}

const originSchema = z.union([
  z.object({ from: z.literal('files'), names: z.array(z.string()), more: z.int().check(z.nonnegative()) }),
  // Earlier versions of this page stored words.
  z.pipe(
    z.string(),
    z.transform((text): Origin => ({ from: 'files', names: [text], more: 0 })),
  ),
]) satisfies z.ZodMiniType<Origin>;

/** null for what is damaged. */
function ownImagesOf(value: Partial<Record<keyof OwnImages, unknown>>): OwnImages | null {
  const { images, labels } = value;
  const origin = originSchema.safeParse(value.origin);
  if (!(images instanceof Uint8Array) || !origin.success) return null;
  const count = images.length / fixed.imageSize ** 2;
  const isWhole = Number.isInteger(count) && count > 0;
  if (!isWhole || !(labels === null || (labels instanceof Uint8Array && labels.length === count))) return null;
  return {
    images: images as Uint8Array<ArrayBuffer>,
    labels: labels as Uint8Array<ArrayBuffer> | null,
    origin: origin.data,
  };
}
