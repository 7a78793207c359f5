// The run in progress, through the session's states: made, given its images, trained, brought back after bad numbers,
// ended.
import { failureOf, GanvasError } from '../../config/errors.ts';
import type { NetworkName } from '../../config/networks.ts';
import type { StopReason } from '../../config/stopping.ts';
import { encodeError } from '../../protocol/errors.ts';
import type { EventMessage, RunDescription } from '../../protocol/messages.ts';
import { type SessionState, transitions } from '../../protocol/states.ts';
import type { Backends } from '../device/backend.ts';
import type { Emit } from '../shared/emit.ts';
import { classify } from '../shared/faults.ts';
import { yieldToMessages } from '../shared/yieldToMessages.ts';
import { type Activity, ActivitySlot } from './activity.ts';
import type { DatasetLibrary } from './datasets.ts';
import { makeRun, type RunParts, type WantedRun } from './makeRun.ts';
import type { Run } from './run.ts';
import { RunData } from './runData.ts';

export interface RunnerParts {
  readonly backends: () => Backends | Promise<Backends>;
  readonly datasets: DatasetLibrary;
  /** What outlasts a run. */
  readonly services: RunParts['services'];
  readonly post: (event: EventMessage) => void;
}

const isPoisoned = (error: unknown): error is GanvasError =>
  error instanceof GanvasError && error.kind === 'non-finite-loss';

export class Runner {
  readonly #parts: RunnerParts;
  readonly #data: RunData;
  readonly #activity = new ActivitySlot();
  #state: SessionState = 'empty';
  #workerRun: string | null = null;
  #run: Run | null = null;
  /** The reading of the run as it last came to rest. Never rejects. */
  #lastCheckpoint: Promise<unknown> = Promise.resolve();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#data = new RunData(parts.datasets);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** @throws GanvasError 'not-now' while there is none */
  get run(): Run {
    if (!this.#run) throw new GanvasError('no-run', {});
    return this.#run;
  }

  /** The worker run that stands or is on its way; null before the first. */
  get workerRun(): string | null {
    return this.#workerRun;
  }

  /** Tells something of the run in progress. */
  readonly emit: Emit = (name, payload) => this.#emitterFor(this.#workerRun)(name, payload);

  /** Tells something that is true whichever run is in progress. */
  readonly emitOfAll: Emit = (name, payload) => this.#emitterFor(null)(name, payload);

  /**
   * Ends the run before and makes another, which ends in 'ready'.
   * @throws GanvasError 'cancelled' when a newer one was asked for meanwhile, or what the accelerator or the weights
   * meet
   */
  async newRun(wanted: WantedRun, signal: AbortSignal): Promise<RunDescription> {
    const activity = await this.#activity.takeOver(signal);
    const before = this.#run;
    this.#run = null;
    this.#workerRun = wanted.workerRun;
    this.#setState('loading');
    try {
      before?.hush();
      // What a run has learnt by its end is read before it is freed: it can be gone on with.
      await this.#lastCheckpoint;
      before?.dispose();
      this.emit('progress', { stage: 'starting' });
      const parts = {
        backends: await this.#parts.backends(),
        services: this.#parts.services,
        emit: this.#emitterFor(wanted.workerRun),
        emitOfDevice: this.#emitterFor(null),
      };
      const { run, description } = await makeRun(wanted, parts, activity.signal);
      this.emit('dataset', null);
      this.emit('progress', null);
      this.#run = run;
      this.#setState('ready');
      this.#data.lookFor(run, () => this.#run !== run);
      return description;
    } catch (error) {
      if (!activity.signal.aborted) {
        this.emit('progress', null);
        this.#setState('failed');
      }
      throw error;
    } finally {
      activity.end();
    }
  }

  /**
   * Loads the dataset if need be, and begins to train; what ends that is told as a state. @throws GanvasError as
   * loading does
   */
  async train(signal: AbortSignal): Promise<void> {
    const activity = this.#activity.begin(signal);
    const run = await this.#ready(activity);
    // The reply is on its way: training ends by a pause, and not with the request.
    activity.detach();
    this.#setState('training');
    void this.#whileTraining(run, activity, () => run.train(activity.signal));
  }

  /** Half-steps of one network, after which it is paused. @throws GanvasError as loading does */
  async halfSteps(network: NetworkName, count: number, signal: AbortSignal): Promise<void> {
    const activity = this.#activity.begin(signal);
    const run = await this.#ready(activity);
    this.#setState('training');
    await this.#whileTraining(run, activity, async () => {
      await run.halfSteps(network, count, activity.signal);
      return null;
    });
  }

  /** Shows the run that stands with the weights that are chosen now. */
  redraw(): void {
    const run = this.#run;
    if (run === null || this.#state === 'failed') return;
    run.showOtherWeights().catch((error: unknown) => {
      if (this.#run === run && !this.#goBack(run, error)) this.fail(error);
    });
  }

  /** Ends what is in progress: loading, training, a half-step. Resolves when nothing is left of it. */
  stop(): Promise<void> {
    return this.#activity.stop();
  }

  /** Has the run kept before anything can happen to it. */
  saveAtOnce(): void {
    if (!this.#parts.services.autosaver.enabled) return;
    this.run.checkpoint().catch((error: unknown) => this.fail(error));
  }

  /** Ends the run: nothing but a new one is possible. */
  fail(error: unknown): void {
    this.#activity.abort();
    this.emit('progress', null);
    this.emit('problem', encodeError(classify(error)));
    this.#setState('failed');
  }

  /** The run with its dataset, loaded if need be. */
  async #ready(activity: Activity): Promise<Run> {
    const before = this.#state;
    const run = this.run;
    try {
      if (!run.dataset) {
        this.#setState('loading');
        await this.#data.supply(run, activity.signal, this.emit);
      }
      if (activity.signal.aborted) throw new GanvasError('loading-cancelled', {});
      return run;
    } catch (error) {
      // Unless a new run has taken over already, all is as before the press.
      if (this.#run === run && this.#state === 'loading') this.#setState(before);
      activity.end();
      throw error;
    } finally {
      this.emit('progress', null);
    }
  }

  /** Runs training work in the state 'training', which it leaves for 'paused' or 'failed'. Never rejects. */
  async #whileTraining(run: Run, activity: Activity, work: () => Promise<StopReason | null>): Promise<void> {
    try {
      // The reply first, and what was pressed meanwhile: the first part of a step can take seconds.
      await yieldToMessages();
      const finished = await work();
      if (this.#state === 'training') this.#setState('paused', finished);
    } catch (error) {
      if (!this.#goBack(run, error)) this.fail(error);
    } finally {
      activity.end();
    }
    if (this.#run !== run || this.#state !== 'paused') return;
    // Nobody who pauses waits for the last grid, nor for the save. What goes wrong with a run that is over ends no
    // other.
    const failed = (error: unknown): void => {
      // Whoever has pressed Train again meanwhile meets it there, where training ends before the run goes back.
      const again = this.#state === 'training' && isPoisoned(error);
      if (this.#run === run && !again && !this.#goBack(run, error)) this.fail(error);
    };
    run.showGrid().catch(failed);
    this.#lastCheckpoint = run.checkpoint().catch(failed);
  }

  /**
   * After numbers that are none: back to when they were. @returns whether that is what has gone wrong, and could be
   * done
   */
  #goBack(run: Run, error: unknown): boolean {
    const trains = this.#state === 'training' || this.#state === 'paused';
    if (!isPoisoned(error) || this.#run !== run || !trains || !run.goBack()) return false;
    this.emit('progress', null);
    const facts = { cause: failureOf(error), step: run.step };
    this.emit('problem', encodeError(new GanvasError('run-went-back', facts, { cause: error })));
    this.#setState('paused');
    return true;
  }

  #setState(state: SessionState, finished: StopReason | null = null): void {
    if (state !== this.#state && !transitions[this.#state].includes(state)) {
      throw new Error(`The session cannot go from ${this.#state} to ${state}.`);
    }
    this.#state = state;
    this.emit('state', { state, finished });
  }

  #emitterFor(workerRun: string | null): Emit {
    return (name, payload) => this.#parts.post({ kind: 'event', workerRun, name, payload } as EventMessage);
  }
}
