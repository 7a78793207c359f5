// The current run as the page makes it: of the settings and choices as they are, at once or when they have rested.
import { newRunId } from '../../config/runId.ts';
import type { Measure } from '../../protocol/devices.ts';
import type { RunDescription } from '../../protocol/messages.ts';
import { rememberChoice } from '../preferences/rememberedChoices.ts';
import { newestFrame } from '../state/frameShown.ts';
import { nothingMeasured } from '../state/quality.ts';
import type { PageServices } from '../state/services.ts';

/** How long the settings must rest before a new run is made of them. */
const settleMs = 350;

export interface CurrentRun {
  /** How many new runs have been asked for so far: whether one was since. */
  readonly asked: number;
  /** A new run, untrained. @returns whether it stands */
  create(measure?: Measure): Promise<boolean>;
  /** The same when the settings have rested: nobody wants ten of them while a number is typed. */
  createSoon(): void;
  /** Whether the run of the settings as they are now stands, once that is known. */
  settled(): Promise<boolean>;
  /** Resolves when the run that is being made stands or has failed; at once while none is. One of settings that still rest is made. */
  made(): Promise<unknown>;
  /** What is pressed waits for `making`, until another run is made. */
  waitFor(making: Promise<boolean>): void;
  /** Clears the page for a run that was made otherwise, and stands. */
  replaceBy(run: string): void;
  /** Takes over what the worker says of the current run. */
  adopt(description: RunDescription): void;
}

export function createCurrentRun({ store, history, runs, rates, request, report, dismiss }: PageServices): CurrentRun {
  const get = store.getState;
  const set = store.setState;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let making: Promise<boolean> = Promise.resolve(false);
  let asked = 0;

  const callOff = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };

  function begin(workerRun: string): void {
    runs.end();
    history.clear();
    set((state) => ({
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
  }

  const current: CurrentRun = {
    get asked() {
      return asked;
    },
    create(measure) {
      callOff();
      asked += 1;
      const { config, accelerator, dataset } = get();
      const run = newRunId();
      begin(run);
      for (const place of ['settings', 'accelerator', 'training'] as const) dismiss(place);
      const mine = request('create', { run, config, accelerator, dataset, ...(measure && { measure }) }).then(
        (description) => {
          // What does not start is not what the next visit should begin with, nor what only a failure has brought about.
          if (get().movedBecause === null) rememberChoice('accelerator', accelerator);
          if (get().workerRun === run) current.adopt(description);
          return true;
        },
        (error: unknown) => {
          if (get().workerRun === run) {
            set({ session: 'failed' });
            report(error, 'settings');
          }
          return false;
        },
      );
      making = mine;
      return mine;
    },
    createSoon() {
      if (get().browser === null) return;
      callOff();
      // Said at once: the run that stands is not the one that will be trained.
      set({ progress: { stage: 'building' } });
      timer = setTimeout(() => void current.create(), settleMs);
    },
    async settled() {
      for (;;) {
        if (timer !== null) void current.create();
        const waitedFor = making;
        const ok = await waitedFor;
        if (timer === null && making === waitedFor) return ok;
      }
    },
    made() {
      if (timer !== null) void current.create();
      return making;
    },
    waitFor(first) {
      making = first;
    },
    replaceBy(run) {
      callOff();
      making = Promise.resolve(true);
      begin(run);
    },
    adopt(description) {
      const { backend } = description;
      const reason = get().movedBecause ?? backend.reason;
      set({ description: { ...description, backend: { ...backend, reason } }, switching: false });
      rates.send();
    },
  };
  return current;
}

function stopping({ session, progress }: ReturnType<PageServices['store']['getState']>): typeof progress {
  if (session === 'training') return { stage: 'stopping', what: 'run' };
  if (progress?.stage === 'measuring') return { stage: 'stopping', what: 'measuring' };
  return null;
}
