// What the page wants of the worker that trains: which worker, which runs after one another, and what was pressed last.
import type { NetworkName } from '../../config/networks.ts';
import type { HalfStepCount } from '../../config/training.ts';
import type { Measure } from '../../protocol/devices.ts';

/** Where a run comes from. Another way to get one is another kind here. */
export type RunSource =
  | { readonly kind: 'settings'; readonly measure?: Measure | undefined }
  /** A run that the browser keeps. `keepsRates`: the learning rates on the page are newer than its save. */
  | { readonly kind: 'checkpoint'; readonly runId: string; readonly keepsRates: boolean }
  /** A run of its own from a waypoint of one that the browser keeps. */
  | { readonly kind: 'waypoint'; readonly runId: string; readonly step: number }
  /** A file of Save run or Download weights. `only`: what else it is, is refused. */
  | { readonly kind: 'file'; readonly file: File; readonly only?: 'run' | undefined };

export interface WantedRun {
  readonly source: RunSource;
  /** Settings still change: it is made when they have rested, or when something is pressed that needs it. */
  resting: boolean;
  /** Whether Train is pressed as soon as it stands; not where something else is pressed or wanted before that. */
  thenTrain: boolean;
  /** Whether the run stands, once that is known; false where it is not wanted any more. */
  readonly made: Outcome;
}

export type Activity = 'train' | 'pause' | NetworkName;

export interface Press {
  readonly activity: Activity;
  /** Of half-steps. */
  readonly count: HalfStepCount;
  /** Resolves when it is answered, has failed, or is not wanted any more. */
  readonly done: Outcome;
}

export interface Wanted {
  /** Grows whenever another worker is wanted. */
  worker: number;
  /** Runs to be made one after the other; the last of them is to stand. Empty while what stands is what is wanted. */
  runs: readonly WantedRun[];
  /** What was pressed last and is not answered yet. */
  press: Press | null;
}

/** A promise that is resolved from outside; the first call counts. */
export interface Outcome {
  readonly promise: Promise<boolean>;
  resolve(ok: boolean): void;
}

export function createOutcome(): Outcome {
  let resolve: (ok: boolean) => void = () => {};
  const promise = new Promise<boolean>((done) => {
    resolve = done;
  });
  return { promise, resolve: (ok) => resolve(ok) };
}

export const wantRun = (source: RunSource, { resting = false, thenTrain = false } = {}): WantedRun => ({
  source,
  resting,
  thenTrain,
  made: createOutcome(),
});
