// What has to be done next, so that the worker becomes what the page wants: a pure function.
import type { Press, Wanted, WantedRun } from './wanted.ts';

/** What the worker is, as far as it has said. */
export interface Actual {
  /** The newest worker that was started: `Wanted.worker` of that time. */
  worker: number;
  /** Whether that worker has answered. */
  answers: boolean;
  /** Whether a run stands in it. */
  stands: boolean;
}

export type Step =
  | { readonly kind: 'start worker' }
  | { readonly kind: 'make run'; readonly run: WantedRun }
  | { readonly kind: 'carry out'; readonly press: Press }
  /** There is no run that it could be about. */
  | { readonly kind: 'drop'; readonly press: Press };

/** null: all is as it is wanted, or there is nothing that could be done about it. */
export function nextStep({ worker, runs, press }: Wanted, actual: Actual): Step | null {
  if (actual.worker !== worker) return { kind: 'start worker' };
  if (!actual.answers) return null;
  const [run] = runs;
  if (run !== undefined) {
    // Nobody wants ten runs while a number is typed. What is pressed, or wanted after it, does not wait for that.
    const waits = run.resting && press === null && runs.length === 1;
    return waits ? null : { kind: 'make run', run };
  }
  if (press === null) return null;
  return { kind: actual.stands ? 'carry out' : 'drop', press };
}
