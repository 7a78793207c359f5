// The state of the autosave.
import type { CheckpointHead } from '../../config/checkpoint.ts';
import type { Failure } from '../../config/errors.ts';
import type { Events } from '../../protocol/messages.ts';

export interface AutosaveState {
  /** Whether this tab keeps its run; null until that is known. */
  readonly mine: boolean | null;
  /** Runs that can be continued, newest first; null until the page has looked for them. */
  readonly list: readonly CheckpointHead[] | null;
  /** The run that the visitor is asked about: there was one when the page was opened. */
  readonly offered: string | null;
  /** The newest save of this visit: of an earlier run until the current one has its first; null before any. */
  readonly last: CheckpointHead | null;
  /** Why the run is not kept; null while it is. */
  readonly trouble: Failure | null;
  /** How many of the oldest runs under Runs had to go to make room, since the page was opened. */
  readonly dropped: number;
  /** What the run of this id can be trained on from, in the order of the steps; null before any was found. */
  readonly waypoints: Events['waypoints'] | null;
}

export const nothingSaved: AutosaveState = {
  mine: null,
  list: null,
  offered: null,
  last: null,
  trouble: null,
  dropped: 0,
  waypoints: null,
};
