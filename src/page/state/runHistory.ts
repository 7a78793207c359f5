// The state of the run history: which runs are kept, and which are compared.
import type { Failure } from '../../config/errors.ts';
import type { RunRecord } from './runRecord.ts';

export interface RunHistoryState {
  /** How many are kept; null until that is known. */
  readonly count: number | null;
  /** Newest first; null until they have been read. */
  readonly list: readonly RunRecord[] | null;
  /** How many of the kept ones cannot be read. */
  readonly damaged: number;
  /** Why runs are not kept; null where they are. */
  readonly trouble: Failure | null;
  /** The current run's id among the kept ones; null until it has a step. */
  readonly current: string | null;
  /** The ids of the runs compared with the current one, each in a place that it keeps. */
  readonly compared: readonly (string | null)[];
}

/** At once. */
const mostCompared = 4;

export const noRuns: RunHistoryState = {
  count: null,
  list: null,
  damaged: 0,
  trouble: null,
  current: null,
  compared: Array.from({ length: mostCompared }, () => null),
};

/** The runs compared, with the number under which each goes. */
export function comparedRuns({ list, compared }: RunHistoryState): readonly { number: number; record: RunRecord }[] {
  return compared.flatMap((runId, place) => {
    const record = list?.find((each) => each.runId === runId);
    return record === undefined ? [] : [{ number: place + 1, record }];
  });
}
