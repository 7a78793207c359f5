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
      const runs = new Set(memory.kept.map(({ head }) => head.runId));
      const newest = [...runs].flatMap((runId) =>
        newestFirst(memory.kept.filter(({ head }) => head.runId === runId)).slice(0, 1),
      );
      return newest.sort((a, b) => b.savedAt - a.savedAt);
    },
    async write(head, bytes, follows) {
      if (memory.trouble !== null) throw memory.trouble;
      const own = memory.kept.filter((each) => each.head.runId === head.runId);
      const last = newestFirst(own)[0];
      if ((last?.sequence ?? 0) > follows) return null;
      const written: CheckpointHead = {
        ...head,
        slot: last?.slot === 0 ? 1 : 0,
        sequence: Math.max(last?.sequence ?? 0, follows) + 1,
        bytes: bytes.length,
      };
      const at = memory.kept.findIndex((each) => each.head.runId === head.runId && each.head.slot === written.slot);
      memory.kept.splice(at === -1 ? memory.kept.length : at, at === -1 ? 0 : 1, {
        head: written,
        bytes: bytes.slice(),
      });
      return written;
    },
    async letGo(current, next) {
      const runs = [current, ...(await memory.list()).filter(({ runId }) => runId !== current.runId)];
      const staying = stayingOf(runs, next);
      const gone = runs.filter((each) => !staying.includes(each)).map(({ runId }) => runId);
      for (const runId of gone) await memory.delete(runId);
      return gone;
    },
    async saves(runId) {
      return newestFirst(memory.kept.filter(({ head }) => head.runId === runId));
    },
    async read({ runId, slot }) {
      const found = memory.kept.find(({ head }) => head.runId === runId && head.slot === slot);
      if (!found) throw new Error(`There is no save ${slot} of ${runId}.`);
      return found.bytes.slice();
    },
    async keepImages(runId, images) {
      if ((await memory.saves(runId)).length > 0) memory.keptImages.set(runId, images);
    },
    async hasImages(runId) {
      return memory.keptImages.has(runId);
    },
    async images(runId) {
      return memory.keptImages.get(runId) ?? null;
    },
    async keepWaypoint(waypoint, bytes) {
      if (memory.trouble !== null) throw memory.trouble;
      const { runId, step } = waypoint;
      if ((await memory.saves(runId)).length === 0) return null;
      const before = memory.passed.filter(({ head }) => head.runId !== runId || head.step < step);
      const all = [...before, { head: { ...waypoint, bytes: bytes.length }, bytes: bytes.slice() }];
      const dropped = waypointsToDrop(
        all.map(({ head }) => head),
        runId,
      );
      memory.passed.splice(0, memory.passed.length, ...all.filter(({ head }) => !dropped.includes(head)));
      return memory.waypoints(runId);
    },
    async waypoints(runId) {
      return memory.passed
        .map(({ head }) => head)
        .filter((head) => head.runId === runId)
        .sort((a, b) => a.step - b.step);
    },
    async readWaypoint(runId, step) {
      const found = memory.passed.find(({ head }) => head.runId === runId && head.step === step);
      if (!found) throw new GanvasError('run-not-kept', {});
      return found.bytes.slice();
    },
    async dropWaypoints() {
      return memory.passed.splice(0).length > 0;
    },
    async delete(runId) {
      memory.passed.splice(0, memory.passed.length, ...memory.passed.filter(({ head }) => head.runId !== runId));
      memory.keptImages.delete(runId);
      memory.kept.splice(0, memory.kept.length, ...memory.kept.filter(({ head }) => head.runId !== runId));
    },
  };
  return memory;
}
