// One serial loop leads the worker from what it is to what is wanted. Everything else only changes what is wanted.
import { newRunId } from '../../config/runId.ts';
import type { HalfStepCount } from '../../config/training.ts';
import type { Measure } from '../../protocol/devices.ts';
import type { Checked, EventMessage, RunDescription } from '../../protocol/messages.ts';
import { rememberChoice } from '../preferences/rememberedChoices.ts';
import type { Problem } from '../state/problems.ts';
import type { PageServices } from '../state/services.ts';
import { type Actual, nextStep, type Step } from './nextStep.ts';
import { createOpening, type OpeningParts } from './opening.ts';
import { createRunOnPage } from './runOnPage.ts';
import {
  type Activity,
  createOutcome,
  type Press,
  type RunSource,
  type Wanted,
  type WantedRun,
  wantRun,
} from './wanted.ts';

/** How long the settings must rest before a run is made of them. */
const restMs = 350;

export interface Lifecycle {
  /** Another worker, and in it a run of the settings unless told otherwise. @returns whether the run stands */
  wantWorker(how?: WorkerWish): Promise<boolean>;
  /**
   * An untrained run of the settings, in place of whatever else was wanted. `resting`: the settings may change again
   * soon.
   */
  wantSettings(how?: { measure?: Measure; resting?: boolean }): Promise<boolean>;
  /** A run from a file or a save, after what is wanted already. @returns whether it stands */
  want(source: RunSource, how?: { thenTrain?: boolean }): Promise<boolean>;
  /** @returns when it is answered, has failed, or something else was pressed */
  press(activity: Activity, count?: HalfStepCount): Promise<boolean>;
  /** What was pressed last is not wanted any more. */
  takeBackPress(): void;
  /** Nothing goes on without another worker. */
  fail(): void;
  /** Whether the worker has been asked for a run from a file or a save. */
  readonly isOpening: boolean;
  /** What is wanted and not made yet; null where all stands. */
  readonly pending: WantedRun | null;
  /** @returns whether it was an event of a run that is being opened, which is kept until that stands */
  withhold(event: EventMessage): boolean;
  /** The worker has said that its run is over. */
  ended(): void;
}

export interface WorkerWish {
  readonly source?: RunSource;
  /** What the new worker need not check again. */
  readonly checked?: Checked | null;
  readonly press?: Activity | null;
}

interface LifecycleParts extends Pick<OpeningParts, 'receive' | 'autosave'> {
  readonly services: PageServices;
  /** Starts a worker; the one before ends, and all that it was asked is rejected. */
  readonly startClient: () => void;
  /** Resolves when runs can be asked for. @throws GanvasError when the worker cannot say what this browser has */
  readonly greet: (checked: Checked | null) => Promise<void>;
}

/** What is under way. `isSent`: the worker has been asked, and fails with it if it is lost. */
type UnderWay = Step & { readonly controller: AbortController; isSent: boolean };

export function createLifecycle(parts: LifecycleParts): Lifecycle {
  const { services, startClient, greet } = parts;
  const { store, request, report, dismiss } = services;
  const get = store.getState;
  const set = store.setState;
  const wanted: Wanted = { worker: 0, runs: [], press: null };
  const actual: Actual = { worker: 0, answers: false, stands: false };
  const runOnPage = createRunOnPage(services);
  const opening = createOpening({ ...parts, runOnPage });
  let underWay: UnderWay | null = null;
  let checked: Checked | null = null;
  let restTimer: ReturnType<typeof setTimeout> | undefined;

  /** Called whenever what is wanted has changed; while a step is under way its end goes on from there. */
  function reconcile(): void {
    if (underWay !== null) return;
    const step = nextStep(wanted, actual);
    if (step === null) return;
    const mine = { ...step, controller: new AbortController(), isSent: false };
    underWay = mine;
    void perform(mine).then(() => {
      // An aborted step has made way for another already.
      if (underWay !== mine) return;
      underWay = null;
      reconcile();
    });
  }

  /** Ends what is under way, if it is one of these: what comes of it has no effect any more. */
  function abort(...kinds: readonly Step['kind'][]): void {
    if (underWay === null || !kinds.includes(underWay.kind)) return;
    const { controller } = underWay;
    const press = underWay.kind === 'carry out' ? underWay.press : null;
    underWay = null;
    controller.abort();
    if (press !== null) answer(press, false);
  }

  /** Never rejects. */
  async function perform(step: UnderWay): Promise<void> {
    switch (step.kind) {
      case 'start worker':
        return startWorker(step.controller.signal);
      case 'make run': {
        const stands = await makeRun(step);
        if (step.controller.signal.aborted) return;
        wanted.runs = wanted.runs.filter((run) => run !== step.run);
        step.run.made.resolve(stands);
        if (stands && step.run.thenTrain && wanted.runs.length === 0) void lifecycle.press('train');
        // Neither the run before stands nor this one, and no other is wanted.
        if (!stands && !actual.stands && wanted.runs.length === 0) lifecycle.fail();
        return;
      }
      case 'carry out':
        return carryOut(step.press, step.controller.signal);
      case 'drop':
        return answer(step.press, false);
      default:
        step satisfies never;
    }
  }

  async function startWorker(signal: AbortSignal): Promise<void> {
    Object.assign(actual, { worker: wanted.worker, answers: false, stands: false });
    services.rates.forget();
    const intent = wanted.press?.activity ?? null;
    // That bad numbers have paused the run is still true where it is taken up again.
    const problems = checked === null ? [] : get().problems.filter(({ code }) => code === 'run-went-back');
    set({ problems, session: 'empty', intent, progress: null, workerRun: null });
    startClient();
    try {
      await greet(checked);
      if (!signal.aborted) actual.answers = true;
    } catch (error) {
      if (signal.aborted) return;
      report(error, 'page');
      // It may still be asked, for another accelerator, say.
      actual.answers = true;
      lifecycle.fail();
    }
  }

  async function makeRun(step: UnderWay & { kind: 'make run' }): Promise<boolean> {
    const { source } = step.run;
    const { signal } = step.controller;
    if (source.kind === 'settings') {
      step.isSent = true;
      return makeOfSettings(source.measure, signal);
    }
    const thenTrain = step.run.thenTrain || (source.kind === 'checkpoint' && wanted.press?.activity === 'train');
    const onSent = (): void => {
      step.isSent = true;
    };
    const opened = await opening.open(source, { thenTrain, signal, onSent });
    // The worker has ended the run before, whatever is wanted by now.
    if (opened === 'ended' && !signal.aborted) actual.stands = false;
    if (opened === 'stands') actual.stands = true;
    return opened === 'stands';
  }

  async function makeOfSettings(measure: Measure | undefined, signal: AbortSignal): Promise<boolean> {
    actual.stands = false;
    const workerRun = newRunId();
    runOnPage.begin(workerRun);
    for (const place of ['accelerator', 'training'] as const) dismiss(place);
    // What stands wrong in the fields still does: a run of what was typed before says nothing of it.
    const isOver = ({ place, code }: Problem): boolean => place === 'settings' && code !== 'settings-wrong';
    set({ problems: get().problems.filter((problem) => !isOver(problem)) });
    const { config, accelerator, dataset } = get();
    let description: RunDescription;
    try {
      const asked = { workerRun, config, accelerator, dataset, ...(measure && { measure }) };
      description = await request('create', asked, { signal });
    } catch (error) {
      if (signal.aborted) return false;
      set({ session: 'failed' });
      report(error, 'settings');
      return false;
    }
    // What does not start is not what the next visit should begin with, nor what only a failure has brought about.
    if (get().movedBecause === null) rememberChoice('accelerator', accelerator);
    actual.stands = true;
    runOnPage.describe(description);
    return true;
  }

  async function carryOut(press: Press, signal: AbortSignal): Promise<void> {
    const expects = get().workerRun;
    try {
      const { activity, count } = press;
      if (activity === 'train' || activity === 'pause') await request(activity, null, { expects, signal });
      else await request('halfStep', { network: activity, count }, { expects, signal });
      answer(press, true);
    } catch (error) {
      if (!signal.aborted) report(error, 'training');
      answer(press, false);
    }
  }

  function answer(press: Press, ok: boolean): void {
    if (wanted.press === press) {
      wanted.press = null;
      set({ intent: null });
    }
    press.done.resolve(ok);
  }

  function replaceRuns(runs: readonly WantedRun[]): void {
    clearTimeout(restTimer);
    for (const run of wanted.runs) if (!runs.includes(run)) run.made.resolve(false);
    wanted.runs = runs;
  }

  /** What is wanted of the runs to come is no longer that they train. */
  function leaveUntrained(): void {
    for (const run of wanted.runs) run.thenTrain = false;
  }

  /** Files and saves that were chosen, and that no worker has been asked for yet. */
  const notAskedFor = (): readonly WantedRun[] => {
    const sent = underWay?.kind === 'make run' && underWay.isSent ? underWay.run : null;
    return wanted.runs.filter((run) => run.source.kind !== 'settings' && run !== sent);
  };

  const lifecycle: Lifecycle = {
    get isOpening() {
      return opening.isUnderWay;
    },
    get pending() {
      return wanted.runs[0] ?? null;
    },
    wantWorker({ source, checked: known = null, press = null } = {}) {
      const run = wantRun(source ?? { kind: 'settings' });
      wanted.worker += 1;
      checked = known;
      replaceRuns([run, ...notAskedFor()]);
      // What was pressed before there was a worker is still wanted.
      if (press !== null || get().session !== 'empty') lifecycle.takeBackPress();
      if (press !== null) wanted.press = { activity: press, count: 1, done: createOutcome() };
      abort('start worker', 'make run', 'carry out');
      reconcile();
      return run.made.promise;
    },
    wantSettings({ measure, resting = false } = {}) {
      const run = wantRun({ kind: 'settings', measure }, { resting });
      replaceRuns([run]);
      if (resting) {
        const rested = (): void => {
          run.resting = false;
          reconcile();
        };
        restTimer = setTimeout(rested, restMs);
      } else {
        abort('make run', 'carry out');
      }
      reconcile();
      return run.made.promise;
    },
    want(source, how) {
      const run = wantRun(source, how);
      leaveUntrained();
      wanted.runs = [...wanted.runs, run];
      // It does not wait for images that a slow host has not sent, nor for the end of a half-step.
      abort('carry out');
      reconcile();
      return run.made.promise;
    },
    press(activity, count = 1) {
      const press: Press = { activity, count, done: createOutcome() };
      dismiss('training');
      leaveUntrained();
      wanted.press?.done.resolve(false);
      wanted.press = press;
      set({ intent: activity });
      abort('carry out');
      // A pause does not wait until a file has been read: it is about the run that trains.
      if (activity === 'pause' && underWay?.kind === 'make run' && get().session === 'training') {
        void carryOut(press, new AbortController().signal);
      }
      reconcile();
      return press.done.promise;
    },
    takeBackPress() {
      leaveUntrained();
      if (wanted.press !== null) answer(wanted.press, false);
      abort('carry out');
    },
    fail() {
      replaceRuns([]);
      lifecycle.takeBackPress();
      actual.stands = false;
      set({ session: 'failed', intent: null, progress: null });
    },
    withhold: (event) => opening.withhold(event),
    ended() {
      actual.stands = false;
    },
  };
  return lifecycle;
}
