// How far a run was when its page was closed: written at the last moment, when nothing slower can be.
import type { CheckpointHead } from '../../config/checkpoint.ts';
import { keep, keepForTab, recall, recallForTab } from '../preferences/storage.ts';
import type { PageStore } from '../state/store.ts';

const key = 'ganvas-left';

/**
 * What is saved of a run may be half a minute old when its page goes; the steps since then are taken again, exactly.
 */
export function storeLastPosition(store: PageStore): void {
  addEventListener('pagehide', () => {
    const { description, trainingStatus } = store.getState();
    if (description !== null && trainingStatus !== null && trainingStatus.step > 0) {
      const { runId } = description;
      keep(key, { runId, step: trainingStatus.step });
      keepForTab(key, { runId });
    }
  });
}

/** The step at which the run was left, where that is later than its save; else null. */
export function lastStepOf({ runId, step }: CheckpointHead): number | null {
  const left = recall(key);
  if (runIdIn(left) !== runId || typeof left !== 'object' || left === null || !('step' in left)) return null;
  return typeof left.step === 'number' && left.step > step ? left.step : null;
}

/** The id of the run that this tab had when it was loaded anew; null if it had none. */
export const lastRunHere = (): string | null => runIdIn(recallForTab(key));

/** Earlier versions of this page stored the run id as `run`. */
function runIdIn(left: unknown): string | null {
  if (typeof left !== 'object' || left === null) return null;
  const { runId, run } = left as Partial<Record<string, unknown>>;
  const found = runId ?? run;
  return typeof found === 'string' ? found : null;
}
