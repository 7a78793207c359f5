// The head of a saved run, readable without the run itself, and the rule of which runs the browser keeps.

import type { RunOrigin } from './waypoints.ts';

/** A save of a run that can be continued. */
export interface CheckpointHead {
  /** The run id: permanent, the same however often the run is saved and continued. */
  readonly runId: string;
  /** A run has two saves at most: a new one overwrites the older. */
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
  /** The name of its dataset, as in src/config/datasets.ts; another text in saves of earlier versions. */
  readonly dataset: string;
  /** As it came out of a file, which the visitor has. */
  readonly fromFile?: boolean | undefined;
  /** Where it was begun, where it goes on from a waypoint of another run. */
  readonly origin?: RunOrigin | undefined;
  readonly bytes: number;
}

/** Runs that can be continued: the current one, and some before it, in case the visitor began a new one by mistake. */
export const maxRuns = 5;
const briefSeconds = 60;

/**
 * Those of `runs` that stay, newest first as given: the first, which is the current run; `next`, which is about to be
 * continued; and of the others the newest that were trained for a minute. Briefer runs get the places that are left,
 * the longest first: five presses of Reset cost neither an hour's training nor the longest half minute. Runs that are
 * unchanged since they came out of a file come last.
 */
export function stayingOf(runs: readonly CheckpointHead[], next: string | null = null): readonly CheckpointHead[] {
  const [current, ...others] = runs;
  const worth = ({ runId, fromFile, seconds = briefSeconds }: CheckpointHead): number => {
    if (runId === next) return Number.POSITIVE_INFINITY;
    return fromFile ? -1 : Math.min(seconds, briefSeconds);
  };
  const ranked = others.sort((a, b) => worth(b) - worth(a));
  const staying = new Set([current, ...ranked.slice(0, maxRuns - 1)]);
  return runs.filter((run) => staying.has(run));
}
