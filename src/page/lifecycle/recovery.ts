// When the worker or its device is lost: another worker takes the run up where it was kept last, elsewhere if that fails again.
import { type ErrorKind, failureOf, GanvasError } from '../../config/errors.ts';
import type { Accelerator, BackendName } from '../../protocol/devices.ts';
import type { PageStore } from '../state/store.ts';

/** What a new worker helps against. */
const curable: ReadonlySet<ErrorKind> = new Set([
  'accelerator-lost',
  'worker-crashed',
  'worker-silent',
  'out-of-memory',
]);
/** More often than this within the window something is wrong that no restart cures. */
const mostRecoveries = 4;
const windowMs = 120_000;
/** A backend that has failed so often is not used again while the page is open. */
const mostFailures = 2;

export interface Recovery {
  /** Whether it takes care of this failure; if so, it has begun. */
  takes(error: unknown): boolean;
  /** Whether an error is only what was asked of the lost worker failing with it; what its successor says is not. */
  covers(error: unknown): boolean;
  /** The visitor has pressed Reset: what is trained next is theirs to say. */
  callOff(): void;
  /** A new beginning by the visitor: what has failed before is forgiven. */
  forget(): void;
}

export interface RecoveryParts {
  readonly store: PageStore;
  /**
   * Starts another worker, and in it the run as it was kept last (or else one with the same settings), on this accelerator.
   * `thenTrain`: it is trained next.
   */
  readonly restart: (accelerator: Accelerator, thenTrain: boolean) => Promise<boolean>;
  readonly train: () => Promise<void>;
  readonly report: (error: unknown) => void;
  readonly now: () => number;
}

export function createRecovery({ store, restart, train, report, now }: RecoveryParts): Recovery {
  const failures = new Map<BackendName, number>();
  let recoveries: number[] = [];
  /** Whether the one under way trains next. */
  let trainsNext = false;
  let newest = 0;
  /** What it takes care of: all that was asked of the lost worker fails with this very error. */
  const taken = new WeakSet<GanvasError>();

  const isCurable = (error: unknown): error is GanvasError => error instanceof GanvasError && curable.has(error.kind);

  /** The one in use, unless it has failed too often: then the best of the others. */
  function nextAccelerator(failed: BackendName | null): Accelerator {
    const { accelerator, browser, calibration } = store.getState();
    const hopeless = (name: BackendName): boolean => (failures.get(name) ?? 0) >= mostFailures;
    if (failed === null || !hopeless(failed)) return accelerator;
    const speed = (name: BackendName): number =>
      calibration?.measurements.find((each) => each.name === name && each.passed)?.msPerStep.quick ?? 1e9;
    const others = (browser?.offers ?? []).filter(({ name, available }) => available && !hopeless(name));
    return others.sort((a, b) => speed(a.name) - speed(b.name))[0]?.name ?? accelerator;
  }

  async function recover(error: GanvasError, trained: boolean): Promise<void> {
    const before = store.getState();
    newest += 1;
    const mine = newest;
    trainsNext = trained;
    const failed = before.description?.backend.name ?? null;
    if (failed !== null) failures.set(failed, (failures.get(failed) ?? 0) + 1);
    const lostAt = before.trainingStatus?.step ?? 0;
    const accelerator = nextAccelerator(failed);
    if (failed !== null && accelerator !== before.accelerator) {
      store.setState({ movedBecause: { because: 'failed-twice', backend: failed } });
    }
    const stands = await restart(accelerator, trained);
    // Where the next worker is lost as well, its successor has taken over what this one meant to do.
    if (mine === newest) trainsNext = false;
    // Where nothing stands now, the page has said why.
    if (!stands) return;
    const { trainingStatus, description, browser } = store.getState();
    if (trained) await train();
    // It could not be trained, and why is shown there: it does not go on.
    if (trained && store.getState().problems.some(({ place }) => place === 'training')) return;
    const step = trainingStatus?.step ?? 0;
    const name = description?.backend.name ?? null;
    const movedTo = name !== failed ? name : null;
    // Nothing was lost, and it stands where it stood.
    if (lostAt === 0 && movedTo === null) return;
    const isSlow = movedTo === 'cpu' || browser?.offers.some((offer) => offer.name === movedTo && offer.emulated);
    const half = trainingStatus?.half ?? false;
    const facts = { cause: failureOf(error), trained, movedTo, step, half, lostAt };
    report(new GanvasError(isSlow ? 'recovered-slower' : 'recovered', facts, { cause: error }));
  }

  return {
    takes(error) {
      if (!isCurable(error)) return false;
      const time = now();
      recoveries = recoveries.filter((at) => time - at < windowMs);
      if (recoveries.length >= mostRecoveries) return false;
      // Nothing stands yet that could be taken up: what is wrong is wrong from the start.
      if (store.getState().description === null) return false;
      recoveries.push(time);
      const { session, intent } = store.getState();
      taken.add(error);
      // A Pause that was pressed in vain is meant all the more, and a half-step by hand wants no more than that.
      const isBeginning = session === 'empty' || session === 'loading';
      const trained = session === 'training' || (isBeginning && trainsNext);
      void recover(error, intent === 'train' || (intent === null && trained)).catch(report);
      return true;
    },
    covers: (error) => error instanceof GanvasError && taken.has(error),
    callOff() {
      trainsNext = false;
    },
    forget() {
      failures.clear();
      recoveries = [];
      trainsNext = false;
    },
  };
}
