// What is known of a run that the browser keeps, without reading it, and which runs it keeps.

/** A save of a run that can be gone on with. */
export interface CheckpointHead {
  /** The run's own name: the same however often it is saved and taken up again. */
  readonly run: string;
  /** A run has two saves at most: the older one is written over. */
  readonly slot: 0 | 1;
  /** Grows with each save of the run. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly step: number;
  /** Whether only one network's half of the step had been taken. */
  readonly half: boolean;
  /** Of training; saves of an earlier version of the page do not say. */
  readonly seconds?: number | undefined;
  /** What it learns from, in words. */
  readonly dataset: string;
  /** As it came out of a file, which the visitor has. */
  readonly fromFile?: boolean | undefined;
  readonly bytes: number;
}

/** Runs that can be gone on with: the one that is trained, and some before it, as somebody may have begun a new one by mistake. */
export const maxRuns = 5;
const briefSeconds = 60;

/**
 * Those of `runs` that stay, newest first as they were given: the first, which is the one that is trained, then `next`, which is about
 * to be taken up, and of the others the newest that were trained for a minute. Briefer ones get what places are left, the longest
 * first: who presses Reset five times loses neither an hour's training nor the half minute that was worth most. What is in a file as
 * it is comes last.
 */
export function stayingOf(runs: readonly CheckpointHead[], next: string | null = null): readonly CheckpointHead[] {
  const [current, ...others] = runs;
  const worth = ({ run, fromFile, seconds = briefSeconds }: CheckpointHead): number => {
    if (run === next) return Number.POSITIVE_INFINITY;
    return fromFile ? -1 : Math.min(seconds, briefSeconds);
  };
  const ranked = others.sort((a, b) => worth(b) - worth(a));
  const staying = new Set([current, ...ranked.slice(0, maxRuns - 1)]);
  return runs.filter((run) => staying.has(run));
}
