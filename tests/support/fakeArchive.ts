// Runs kept in the test's memory; and a disk that is full, or not there, when the test says so.
import type { Archive } from '../../src/page/runHistory/archive.ts';
import { toEvict, toFree } from '../../src/page/runHistory/eviction.ts';
import { bytesOf, type RunRecord } from '../../src/page/state/runRecord.ts';

export class FakeArchive implements Archive {
  readonly records = new Map<string, RunRecord>();
  /** What every attempt meets with. */
  failure: Error | null = null;
  /** From so many others on the disk is full. */
  fullUntil = Number.POSITIVE_INFINITY;
  damaged = 0;
  saves = 0;

  async count(): Promise<number> {
    this.#check();
    return this.records.size + this.damaged;
  }

  async all() {
    this.#check();
    const records = [...this.records.values()].sort((a, b) => b.started - a.started);
    return { records, damaged: this.damaged };
  }

  async keep(record: RunRecord): Promise<readonly string[]> {
    this.#check();
    const others = [...this.records.keys()].filter((runId) => runId !== record.runId).length;
    if (others >= this.fullUntil) throw new DOMException('full', 'QuotaExceededError');
    this.saves += 1;
    this.records.set(record.runId, structuredClone(record));
    const gone = toEvict(this.#kept(), record.runId);
    for (const runId of gone) this.records.delete(runId);
    return gone;
  }

  async makeRoom(bytes: number, except: string | null): Promise<readonly string[]> {
    const gone = toFree(this.#kept(), bytes, except);
    for (const runId of gone) this.records.delete(runId);
    return gone;
  }

  async delete(runId: string): Promise<void> {
    this.#check();
    this.records.delete(runId);
  }

  async deleteAll(): Promise<void> {
    this.#check();
    this.records.clear();
    this.damaged = 0;
  }

  #kept() {
    return [...this.records.values()].map((each) => ({ ...each, bytes: bytesOf(each) }));
  }

  #check(): void {
    if (this.failure !== null) throw this.failure;
  }
}
