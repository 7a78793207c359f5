// The state of Undo: the run that has ended last, and whether it can be taken back now.
import type { CheckpointHead } from '../../config/checkpoint.ts';
import type { PageState } from './store.ts';

/** Training after which the run that stands is meant; the one before is found under Runs. */
const meantSeconds = 30;

/** The save that Undo takes back: of the run that has ended last, while the one that stands is hardly trained. */
export function undoable(state: PageState): CheckpointHead | null {
  const { ended, autosave, description, trainingStatus } = state;
  if (ended === null || ended === description?.runId || autosave.mine !== true) return null;
  const trained = (trainingStatus?.seconds ?? 0) - (description?.resumed?.seconds ?? 0);
  if (trained >= meantSeconds) return null;
  return autosave.list?.find(({ runId }) => runId === ended) ?? null;
}
