// The run that the page shows: cleared for a new one, and what the worker says of it.
import type { RunDescription } from '../../protocol/messages.ts';
import { newestFrame } from '../state/frameShown.ts';
import { nothingMeasured } from '../state/quality.ts';
import type { PageServices } from '../state/services.ts';
import type { PageState } from '../state/store.ts';

export interface RunOnPage {
  /** Ends the run before, and clears the page for this one. */
  begin(workerRun: string): void;
  describe(description: RunDescription): void;
}

export function createRunOnPage({ store, history, runs, rates }: PageServices): RunOnPage {
  /** The trained run before, until it is known that another stands. */
  let leaving: string | null = null;
  return {
    begin(workerRun) {
      leaving = leftBehind(store.getState()) ?? leaving;
      runs.end();
      history.clear();
      store.setState((state) => ({
        // The worker answers when what it does has stopped, which may take it a chunk of work.
        progress: stopping(state),
        workerRun,
        session: 'loading',
        finished: null,
        quality: nothingMeasured,
        frameShown: newestFrame,
        touched: false,
        savedStep: null,
        trainingStatus: null,
        machineUse: null,
        last: null,
        historyVersion: state.historyVersion + 1,
        unavailable: null,
        loaded: state.loaded?.info.id === state.dataset ? state.loaded : null,
      }));
    },
    describe(description) {
      const { backend } = description;
      const reason = store.getState().movedBecause ?? backend.reason;
      // A lost worker's successor goes on with the same run.
      const hasEnded = leaving !== null && leaving !== description.runId;
      store.setState({
        description: { ...description, backend: { ...backend, reason } },
        switching: false,
        ...(hasEnded && { ended: leaving }),
      });
      leaving = null;
      rates.send();
    },
  };
}

/** What Undo would bring back; null where nothing was trained. */
function leftBehind({ description, trainingStatus, workerRun }: PageState): string | null {
  const stands = description?.workerRun === workerRun;
  return stands && (trainingStatus?.step ?? 0) > 0 ? (description?.runId ?? null) : null;
}

function stopping({ session, progress }: PageState): PageState['progress'] {
  if (session === 'training') return { stage: 'stopping', what: 'run' };
  if (progress?.stage === 'measuring') return { stage: 'stopping', what: 'measuring' };
  return null;
}
