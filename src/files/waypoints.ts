// Waypoints in IndexedDB, beside the saves of their run: written only while that is kept, within a budget of bytes.
import * as z from 'zod/mini';
import { type Waypoint, waypointsToDrop } from '../config/waypoints.ts';
import { bytesIn, type CheckpointDatabase, problemOf, slotsOf, stepsFrom, stored } from './checkpointDatabase.ts';

const waypointSchema = z.object({
  runId: z.string().check(z.minLength(1), z.maxLength(100)),
  step: z.int().check(z.nonnegative()),
  half: z.boolean(),
  savedAt: z.number(),
  bytes: z.int().check(z.nonnegative()),
}) satisfies z.ZodMiniType<Waypoint>;

/** All of it may fail: there may be no storage, or no room in it. */
export interface Waypoints {
  /**
   * Keeps one, in place of those of its run at its step and after it: what followed them is over. Lets go of others as
   * `waypointsToDrop` says.
   * @returns those of its run then, in the order of their steps; null where the run itself is not kept
   * @throws GanvasError 'storage-full' or 'no-storage'
   */
  keepWaypoint(waypoint: Omit<Waypoint, 'bytes'>, bytes: Uint8Array<ArrayBuffer>): Promise<readonly Waypoint[] | null>;
  /** Those of one run, in the order of their steps. */
  waypoints(runId: string): Promise<readonly Waypoint[]>;
  /** @throws GanvasError 'bad-file' when it is not there any more */
  readWaypoint(runId: string, step: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Makes room: all of them go, of every run. @returns whether there were any */
  dropWaypoints(): Promise<boolean>;
}

export const waypointsIn = (database: CheckpointDatabase): Waypoints => ({
  async keepWaypoint(waypoint, bytes) {
    const { runId, step } = waypoint;
    try {
      const transaction = database.transaction(['heads', 'waypointHeads', 'waypoints'], 'readwrite');
      const putIt = async (): Promise<readonly Waypoint[] | null> => {
        if ((await transaction.objectStore('heads').count(slotsOf(runId))) === 0) return null;
        const heads = transaction.objectStore('waypointHeads');
        const states = transaction.objectStore('waypoints');
        const later = stepsFrom(runId, step);
        await Promise.all([heads.delete(later), states.delete(later)]);
        const all = [...readable(await heads.getAll()), { ...waypoint, bytes: bytes.length }];
        const dropped = new Set(waypointsToDrop(all, runId));
        for (const gone of dropped) {
          await Promise.all([heads.delete([gone.runId, gone.step]), states.delete([gone.runId, gone.step])]);
        }
        await Promise.all([
          heads.put({ ...waypoint, bytes: bytes.length }, [runId, step]),
          states.put(stored(bytes), [runId, step]),
        ]);
        return all.filter((each) => each.runId === runId && !dropped.has(each));
      };
      const [kept] = await Promise.all([putIt(), transaction.done]);
      return kept;
    } catch (error) {
      throw problemOf(error);
    }
  },
  async waypoints(runId) {
    return readable(await database.getAll('waypointHeads', stepsFrom(runId)));
  },
  async readWaypoint(runId, step) {
    return bytesIn(await database.get('waypoints', [runId, step]));
  },
  async dropWaypoints() {
    const transaction = database.transaction(['waypointHeads', 'waypoints'], 'readwrite');
    const heads = transaction.objectStore('waypointHeads');
    const count = await heads.count();
    await Promise.all([heads.clear(), transaction.objectStore('waypoints').clear(), transaction.done]);
    return count > 0;
  },
});

/** Those that can be read; what another version of this page has left is nobody's. */
function readable(values: readonly unknown[]): readonly Waypoint[] {
  return values.flatMap((value) => {
    const read = waypointSchema.safeParse(value);
    return read.success ? [read.data] : [];
  });
}
