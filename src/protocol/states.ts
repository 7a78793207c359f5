// The session's states and what each allows. The worker enforces this table; the page derives its buttons from it.

export type SessionState = 'empty' | 'loading' | 'ready' | 'training' | 'paused' | 'failed';

/** Which states may follow which. */
export const transitions: Readonly<Record<SessionState, readonly SessionState[]>> = {
  empty: ['loading', 'failed'],
  loading: ['loading', 'ready', 'training', 'paused', 'failed'],
  ready: ['loading', 'training', 'paused', 'failed'],
  training: ['loading', 'paused', 'failed'],
  paused: ['loading', 'training', 'failed'],
  failed: ['loading'],
};

const anytime: readonly SessionState[] = ['empty', 'loading', 'ready', 'training', 'paused', 'failed'];
const withNetworks: readonly SessionState[] = ['ready', 'training', 'paused'];

/** In which states each request is allowed; in any other it is answered with the error 'not-now'. */
export const allowedIn = {
  hello: anytime,
  ping: anytime,
  connect: anytime,
  setPace: anytime,
  setDrawnWith: anytime,
  setStopRules: anytime,
  create: anytime,
  open: anytime,
  setAutosave: anytime,
  save: withNetworks,
  saveRun: withNetworks,
  train: ['ready', 'paused'],
  /** Also when the last epoch has just ended: the press and the end may cross. */
  pause: ['training', 'paused'],
  halfStep: ['ready', 'paused'],
  setLearningRates: withNetworks,
  fetchDataset: anytime,
  readImages: anytime,
  takeImages: anytime,
  exportWeights: withNetworks,
  nearestReal: withNetworks,
} as const satisfies Record<string, readonly SessionState[]>;

export function isAllowed(request: keyof typeof allowedIn, state: SessionState): boolean {
  return (allowedIn[request] as readonly SessionState[]).includes(state);
}
