// When the worker or its device is lost: another worker, as the policy says, and what became of the run.
import { failureOf, GanvasError } from '../../config/errors.ts';
import type { PageState, PageStore } from '../state/store.ts';
import type { Lifecycle } from './lifecycle.ts';
import { nothingFailed, planRecovery } from './recoveryPolicy.ts';
import type { RunSource } from './wanted.ts';

export interface Recovery {
  /** Whether it takes care of this failure; if so, it has begun. */
  takes(error: unknown): boolean;
  /** Whether an error is only what was asked of the lost worker failing with it; what its successor says is not. */
  covers(error: unknown): boolean;
  /** A new beginning by the visitor: what has failed before is forgiven. */
  forget(): void;
}

export interface RecoveryParts {
  readonly store: PageStore;
  readonly lifecycle: Pick<Lifecycle, 'wantWorker' | 'pending'>;
  readonly report: (error: unknown) => void;
  readonly now: () => number;
}

/** The run on the page as it was saved last, or else one of the same settings; what is being made is made again. */
function sourceAfterLoss({ autosave, description, workerRun }: PageState, pending: Lifecycle['pending']): RunSource {
  if (description === null || description.workerRun !== workerRun) {
    const source = pending?.source;
    return source?.kind === 'checkpoint' || source?.kind === 'waypoint' ? source : { kind: 'settings' };
  }
  const { runId } = description;
  const isKept = autosave.list?.some((head) => head.runId === runId) === true;
  return isKept ? { kind: 'checkpoint', runId, keepsRates: true } : { kind: 'settings' };
}

/**
 * Whether training goes on by itself. A Pause pressed in vain is meant all the more; a half-step wants no more than
 * that.
 */
const trainsNext = ({ intent, session }: PageState): boolean =>
  intent === 'train' || (intent === null && session === 'training');

export function createRecovery({ store, lifecycle, report, now }: RecoveryParts): Recovery {
  let history = nothingFailed;
  /** All that was asked of a lost worker fails with this very error. */
  const taken = new WeakSet<GanvasError>();

  async function recover(error: GanvasError, before: PageState): Promise<void> {
    const { description, accelerator } = before;
    const trained = trainsNext(before);
    const failed = description?.backend.name ?? null;
    // It has trained on that device until now: those seconds are better spent on training.
    const checked = description && { backend: description.backend, config: description.config };
    const source = sourceAfterLoss(before, lifecycle.pending);
    if (failed !== null && accelerator !== store.getState().accelerator) {
      store.setState({ movedBecause: { because: 'failed-twice', backend: failed } });
    }
    const stands = await lifecycle.wantWorker({ source, checked, press: trained ? 'train' : null });
    // Where nothing stands now, the page has said why.
    if (stands) await told(error, before, trained);
  }

  async function told(error: GanvasError, before: PageState, trained: boolean): Promise<void> {
    const { trainingStatus, description, browser, workerRun } = store.getState();
    if (trained) await untilAnswered(store);
    const after = store.getState();
    // It could not be trained, and why is shown there; or another run stands by now.
    if (trained && after.problems.some(({ place }) => place === 'training')) return;
    if (after.workerRun !== workerRun) return;
    const step = trainingStatus?.step ?? 0;
    const lostAt = before.trainingStatus?.step ?? 0;
    const name = description?.backend.name ?? null;
    const movedTo = name !== (before.description?.backend.name ?? null) ? name : null;
    // Nothing was lost, and it stands where it stood.
    if (lostAt === 0 && movedTo === null) return;
    const isSlow = movedTo === 'cpu' || browser?.offers.some((offer) => offer.name === movedTo && offer.emulated);
    const half = trainingStatus?.half ?? false;
    const facts = { cause: failureOf(error), trained, movedTo, step, half, lostAt };
    report(new GanvasError(isSlow ? 'recovered-slower' : 'recovered', facts, { cause: error }));
  }

  return {
    takes(error) {
      const before = store.getState();
      const { description, accelerator, browser, calibration } = before;
      const plan = planRecovery(
        error,
        {
          now: now(),
          backend: description?.backend.name ?? null,
          accelerator,
          offers: browser?.offers ?? [],
          measurements: calibration?.measurements ?? [],
        },
        history,
      );
      if (plan === null || !(error instanceof GanvasError)) return false;
      history = plan.history;
      taken.add(error);
      store.setState({ accelerator: plan.accelerator });
      void recover(error, before).catch(report);
      return true;
    },
    covers: (error) => error instanceof GanvasError && taken.has(error),
    forget() {
      history = nothingFailed;
    },
  };
}

/** Resolves when what was pressed has been answered. */
function untilAnswered(store: PageStore): Promise<void> {
  return new Promise((resolve) => {
    if (store.getState().intent === null) return resolve();
    const stop = store.subscribe(({ intent }) => {
      if (intent !== null) return;
      stop();
      resolve();
    });
  });
}
