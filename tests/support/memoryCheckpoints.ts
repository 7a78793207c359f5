// The browser's place for runs, in memory: what a test puts in or takes out is seen at once.
import { type CheckpointHead, stayingOf } from '../../src/config/checkpoint.ts';
import { GanvasError } from '../../src/config/errors.ts';
import { type Waypoint, waypointsToDrop } from '../../src/config/waypoints.ts';
import type { Checkpoints, OwnImages } from '../../src/files/checkpoints.ts';

export interface MemoryCheckpoints extends Checkpoints {
  readonly keptImages: Map<string, OwnImages>;
  readonly kept: { head: CheckpointHead; bytes: Uint8Array<ArrayBuffer> }[];
  readonly passed: { head: Waypoint; bytes: Uint8Array<ArrayBuffer> }[];
  /** What the next write throws. */
  trouble: unknown;
}

export function memoryCheckpoints(): MemoryCheckpoints {
  const newestFirst = (of: MemoryCheckpoints['kept']) =>
    of.map(({ head }) => head).sort((a, b) => b.sequence - a.sequence);
  const memory: MemoryCheckpoints = {
    kept: [],
    keptImages: new Map(),
    passed: [],
    trouble: null,
    async list() {
      const runs = new Set(memory.kept.map(({ head }) => head.run));
      const newest = [...runs].flatMap((run) =>
        newestFirst(memory.kept.filter(({ head }) => head.run === run)).slice(0, 1),
      );
      return newest.sort((a, b) => b.savedAt - a.savedAt);
    },
    async write(head, bytes, known) {
      if (memory.trouble !== null) throw memory.trouble;
      const own = memory.kept.filter((each) => each.head.run === head.run);
      const last = newestFirst(own)[0];
      if ((last?.sequence ?? 0) > known) return null;
      const written: CheckpointHead = {
        ...head,
        slot: last?.slot === 0 ? 1 : 0,
        sequence: Math.max(last?.sequence ?? 0, known) + 1,
        bytes: bytes.length,
      };
      const at = memory.kept.findIndex((each) => each.head.run === head.run && each.head.slot === written.slot);
      memory.kept.splice(at === -1 ? memory.kept.length : at, at === -1 ? 0 : 1, {
        head: written,
        bytes: bytes.slice(),
      });
      return written;
    },
    async letGo(current, next) {
      const runs = [current, ...(await memory.list()).filter(({ run }) => run !== current.run)];
      const staying = stayingOf(runs, next);
      const gone = runs.filter((each) => !staying.includes(each)).map(({ run }) => run);
      for (const run of gone) await memory.delete(run);
      return gone;
    },
    async saves(run) {
      return newestFirst(memory.kept.filter(({ head }) => head.run === run));
    },
    async read({ run, slot }) {
      const found = memory.kept.find(({ head }) => head.run === run && head.slot === slot);
      if (!found) throw new Error(`There is no save ${slot} of ${run}.`);
      return found.bytes.slice();
    },
    async keepImages(run, images) {
      if ((await memory.saves(run)).length > 0) memory.keptImages.set(run, images);
    },
    async hasImages(run) {
      return memory.keptImages.has(run);
    },
    async images(run) {
      return memory.keptImages.get(run) ?? null;
    },
    async keepWaypoint(waypoint, bytes) {
      if (memory.trouble !== null) throw memory.trouble;
      const { run, step } = waypoint;
      if ((await memory.saves(run)).length === 0) return null;
      const before = memory.passed.filter(({ head }) => head.run !== run || head.step < step);
      const all = [...before, { head: { ...waypoint, bytes: bytes.length }, bytes: bytes.slice() }];
      const dropped = waypointsToDrop(
        all.map(({ head }) => head),
        run,
      );
      memory.passed.splice(0, memory.passed.length, ...all.filter(({ head }) => !dropped.includes(head)));
      return memory.waypoints(run);
    },
    async waypoints(run) {
      return memory.passed
        .map(({ head }) => head)
        .filter((head) => head.run === run)
        .sort((a, b) => a.step - b.step);
    },
    async readWaypoint(run, step) {
      const found = memory.passed.find(({ head }) => head.run === run && head.step === step);
      if (!found) throw new GanvasError('run-not-kept', {});
      return found.bytes.slice();
    },
    async dropWaypoints() {
      return memory.passed.splice(0).length > 0;
    },
    async delete(run) {
      memory.passed.splice(0, memory.passed.length, ...memory.passed.filter(({ head }) => head.run !== run));
      memory.keptImages.delete(run);
      memory.kept.splice(0, memory.kept.length, ...memory.kept.filter(({ head }) => head.run !== run));
    },
  };
  return memory;
}
