// What went wrong, as the page shows it: beside its cause, one at each place, with a restart where nothing else helps.
import { type ErrorCode, GanvasError } from '../../config/errors.ts';
import type { SessionState } from '../../protocol/states.ts';

/** Where on the page a problem is shown: beside its cause. */
export type Place = 'page' | 'dataset' | 'accelerator' | 'settings' | 'training' | 'explore' | 'weights' | 'images';

export interface Problem {
  readonly place: Place;
  readonly code: ErrorCode;
  readonly message: string;
  /** Nothing goes on there without a new worker. */
  readonly fatal: boolean;
}

const places: Partial<Record<ErrorCode, Place>> = {
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

/** Beside its cause, where the code says what that is; else where the user was. */
const placeOf = (code: ErrorCode, here: Place): Place => places[code] ?? here;

const fatal: ReadonlySet<ErrorCode> = new Set([
  'worker-silent',
  'worker-crashed',
  'accelerator-lost',
  'no-worker',
  'renderer-silent',
  'renderer-crashed',
]);

/**
 * Whether Restart is offered beside it: where nothing goes on without, and for what is amiss with the page as a whole, a run that
 * was opened, or the memory, while there is no run that a restart would end.
 */
export function wantsRestart({ place, code, fatal }: Problem, session: SessionState): boolean {
  const hasNoRun = session === 'failed' || session === 'empty';
  const isOver = session === 'failed' && place === 'weights';
  return fatal || isOver || (hasNoRun && (place === 'page' || code === 'out-of-memory'));
}

/** One problem a place: the newest. Where nothing goes on any more, that it went on from an earlier failure is no longer true. */
export function addProblem(problems: readonly Problem[], problem: Problem): readonly Problem[] {
  const isEnd = problem.fatal && problem.place === 'page';
  const isPast = ({ code }: Problem): boolean => isEnd && (code === 'recovered' || code === 'recovered-slower');
  return [...problems.filter((each) => each.place !== problem.place && !isPast(each)), problem];
}

/** `here`: where the user was, for what does not say its cause. */
export function problemOf(error: unknown, here: Place): Problem {
  const code: ErrorCode = error instanceof GanvasError ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  return { place: placeOf(code, here), code, message, fatal: fatal.has(code) };
}

/** No message is worth showing for what the user, or a newer press, called off. */
export const isQuiet = (error: unknown): boolean =>
  error instanceof GanvasError && (error.code === 'cancelled' || error.code === 'not-now');
