// Whether a failure is answered by another worker, and on which accelerator: a pure function of what has happened so far.
import { type ErrorKind, GanvasError } from '../../config/errors.ts';
import type { Accelerator, BackendName, BackendOffer, Measurement } from '../../protocol/devices.ts';

/** What a new worker helps against. */
const curable: ReadonlySet<ErrorKind> = new Set([
  'accelerator-lost',
  'worker-crashed',
  'worker-silent',
  'out-of-memory',
]);
/** More often than this within the window something is wrong that no restart cures. */
const maxRecoveries = 4;
const windowMs = 120_000;
/** A backend that has failed so often is not used again while the page is open. */
const maxFailures = 2;

/** What the policy remembers of earlier failures. */
export interface RecoveryHistory {
  /** When they were, in the milliseconds of `Situation.now`. */
  readonly recoveries: readonly number[];
  readonly failures: Readonly<Partial<Record<BackendName, number>>>;
}

export const nothingFailed: RecoveryHistory = { recoveries: [], failures: {} };

export interface Situation {
  readonly now: number;
  /** The backend of the run that stood last; null where none has: what is wrong then is wrong from the start. */
  readonly backend: BackendName | null;
  /** What the visitor, or an earlier recovery, has chosen. */
  readonly accelerator: Accelerator;
  readonly offers: readonly BackendOffer[];
  readonly measurements: readonly Measurement[];
}

export interface Recovery {
  readonly accelerator: Accelerator;
  readonly history: RecoveryHistory;
}

/** null: nothing is done by itself, and the failure is reported. */
export function planRecovery(error: unknown, situation: Situation, history: RecoveryHistory): Recovery | null {
  const { now, backend, accelerator } = situation;
  if (!(error instanceof GanvasError) || !curable.has(error.kind) || backend === null) return null;
  const recent = history.recoveries.filter((at) => now - at < windowMs);
  if (recent.length >= maxRecoveries) return null;
  const failures = { ...history.failures, [backend]: (history.failures[backend] ?? 0) + 1 };
  const hopeless = (name: BackendName): boolean => (failures[name] ?? 0) >= maxFailures;
  return {
    accelerator: hopeless(backend) ? (bestOfOthers(situation, hopeless) ?? accelerator) : accelerator,
    history: { recoveries: [...recent, now], failures },
  };
}

function bestOfOthers({ offers, measurements }: Situation, hopeless: (name: BackendName) => boolean) {
  const stepMs = (name: BackendName): number =>
    measurements.find((each) => each.name === name && each.passed)?.msPerStep.quick ?? Number.POSITIVE_INFINITY;
  const others = offers.filter(({ name, available }) => available && !hopeless(name)).map(({ name }) => name);
  const slower = (a: BackendName, b: BackendName): number => (stepMs(a) === stepMs(b) ? 0 : stepMs(a) - stepMs(b));
  return others.sort(slower)[0] ?? null;
}
