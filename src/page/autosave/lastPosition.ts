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
      keep(key, { run: description.runId, step: trainingStatus.step });
      keepForTab(key, { run: description.runId });
    }
  });
}

/** The step at which the run was left, where that is later than its save; else null. */
export function lastStepOf({ runId, step }: CheckpointHead): number | null {
  const left = recall(key);
  if (typeof left !== 'object' || left === null || !('run' in left) || !('step' in left)) return null;
  return left.run === runId && typeof left.step === 'number' && left.step > step ? left.step : null;
}

/** The run that this tab had when it was loaded anew; null if it had none. */
export function lastRunHere(): string | null {
  const left = recallForTab(key);
  return typeof left === 'object' && left !== null && 'run' in left && typeof left.run === 'string' ? left.run : null;
}
