// What went wrong, as the page shows it: beside its cause, one at each place, with a restart where nothing else helps.
import { type ErrorKind, type Failure, failureOf, GanvasError, kindOf } from '../../config/errors.ts';
import type { SessionState } from '../../protocol/states.ts';

/** Where on the page a problem is shown: beside its cause. */
export type Place = 'page' | 'dataset' | 'accelerator' | 'settings' | 'training' | 'explore' | 'weights' | 'images';

export type Problem = Failure & {
  readonly kind: ErrorKind;
  readonly place: Place;
  /** Nothing goes on there without a new worker. */
  readonly fatal: boolean;
};

const places: Partial<Record<ErrorKind, Place>> = {
  'bad-settings': 'settings',
  'no-webgpu': 'accelerator',
  'no-webgl': 'accelerator',
  'no-wasm': 'accelerator',
  'wrong-accelerator': 'accelerator',
  'no-worker': 'page',
  'worker-silent': 'page',
  'worker-crashed': 'page',
  'accelerator-lost': 'page',
  'renderer-silent': 'explore',
  'renderer-crashed': 'explore',
  internal: 'page',
};

const fatal: ReadonlySet<ErrorKind> = new Set([
  'worker-silent',
  'worker-crashed',
  'accelerator-lost',
  'no-worker',
  'renderer-silent',
  'renderer-crashed',
]);

/**
 * Whether the page offers Restart beside it: where nothing works without, and, while there is no run that a restart
 * would end, for a problem of the whole page, of an opened run, or of memory.
 */
export function wantsRestart({ place, kind, fatal }: Problem, session: SessionState): boolean {
  const hasNoRun = session === 'failed' || session === 'empty';
  const isOver = session === 'failed' && place === 'weights';
  return fatal || isOver || (hasNoRun && (place === 'page' || kind === 'out-of-memory'));
}

/**
 * Keeps one problem for each place: the newest. A fatal problem of the page removes the note on an earlier recovery.
 */
export function addProblem(problems: readonly Problem[], problem: Problem): readonly Problem[] {
  const isEnd = problem.fatal && problem.place === 'page';
  const isPast = ({ kind }: Problem): boolean => isEnd && (kind === 'recovered' || kind === 'recovered-slower');
  return [...problems.filter((each) => each.place !== problem.place && !isPast(each)), problem];
}

/** `here`: where the visitor was, for an error that has no place of its own. */
export function problemOf(error: unknown, here: Place): Problem {
  const failure = failureOf(error);
  const kind = kindOf[failure.code];
  // Beside its cause, where the kind says what that is; else where the user was.
  return { ...failure, kind, place: places[kind] ?? here, fatal: fatal.has(kind) };
}

/** Nothing is worth showing of what the user, or a newer press, cancelled. */
export const isQuiet = (error: unknown): boolean =>
  error instanceof GanvasError && (error.kind === 'cancelled' || error.kind === 'not-now');
