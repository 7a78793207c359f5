// How many runs the history keeps, and which it evicts.

export interface Kept {
  readonly runId: string;
  /** In milliseconds since 1970. */
  readonly started: number;
  readonly bytes: number;
}

export interface Limits {
  readonly runs: number;
  readonly bytes: number;
}

export const limits: Limits = { runs: 40, bytes: 20e6 };

/** The ids to evict, oldest first, until the rest is within the limits. `id` stays in any case. */
export function toEvict(kept: readonly Kept[], runId: string, { runs, bytes }: Limits = limits): readonly string[] {
  let count = kept.length;
  let held = kept.reduce((sum, each) => sum + each.bytes, 0);
  const gone: string[] = [];
  for (const each of oldestFirst(kept)) {
    if (count <= runs && held <= bytes) break;
    if (each.runId === runId) continue;
    gone.push(each.runId);
    count -= 1;
    held -= each.bytes;
  }
  return gone;
}

/** The ids of the oldest that together take so many bytes; none where even all of them take less. */
export function toFree(kept: readonly Kept[], bytes: number, except: string | null): readonly string[] {
  let freed = 0;
  const gone: string[] = [];
  for (const each of oldestFirst(kept)) {
    if (freed >= bytes) break;
    if (each.runId === except) continue;
    gone.push(each.runId);
    freed += each.bytes;
  }
  return freed >= bytes ? gone : [];
}

const oldestFirst = (kept: readonly Kept[]): readonly Kept[] => [...kept].sort((a, b) => a.started - b.started);
