// The session: answers the page's requests as its state allows, and owns the run and whatever is in progress for it.
import { GanvasError } from '../config/errors.ts';
import type { NetworkName } from '../config/networks.ts';
import { parseConfig, settingProblem } from '../config/settings.ts';
import { type StopReason, stopRuleProblem } from '../config/stopping.ts';
import type { Checkpoints } from '../files/checkpoints.ts';
import type { Port } from '../protocol/envelope.ts';
import { encodeError } from '../protocol/errors.ts';
import type { EventMessage, RequestMessage, RequestName, Requests, RunDescription } from '../protocol/messages.ts';
import { isAllowed, type SessionState, transitions } from '../protocol/states.ts';
import { transferablesOf } from '../protocol/transfer.ts';
import { nearestReal } from '../quality/nearest.ts';
import { type Activity, ActivitySlot } from './activity.ts';
import { answer } from './answer.ts';
import type { Backends } from './backend.ts';
import { type DatasetLibrary, samplesOf } from './datasets.ts';
import { classify } from './faults.ts';
import { Judge } from './judge.ts';
import { Keeper } from './keeper.ts';
import { makeRun, type WantedRun } from './makeRun.ts';
import { Pacer } from './pace.ts';
import type { Emit } from './report.ts';
import type { Run } from './run.ts';
import { RunData } from './runData.ts';
import { Snapshots } from './snapshots.ts';
import { Stopping } from './stopping.ts';
import { openFrom, runFileOf, weightsFileOf } from './takeHome.ts';
import { yieldToMessages } from './yieldToMessages.ts';

const previewed = 64;

/** What a session works with; the tests bring others. */
export interface SessionParts {
  readonly backends: () => Backends | Promise<Backends>;
  readonly datasets: DatasetLibrary;
  /** Where runs are kept. */
  readonly checkpoints: () => Promise<Checkpoints>;
}

type Handlers = { [Name in RequestName]: (payload: Requests[Name]['send']) => Promise<Requests[Name]['reply']> };

export class Session {
  readonly #port: Pick<Port, 'postMessage'>;
  readonly #parts: SessionParts;
  #state: SessionState = 'empty';
  #runId: string | null = null;
  #run: Run | null = null;
  readonly #activity = new ActivitySlot();
  readonly #pacer = new Pacer();
  readonly #snapshots = new Snapshots();
  readonly #data: RunData;
  readonly #judge = new Judge();
  readonly #stopping = new Stopping();
  readonly #keeper: Keeper;

  constructor(port: Pick<Port, 'postMessage'>, parts: SessionParts) {
    this.#port = port;
    this.#parts = parts;
    this.#data = new RunData(parts.datasets);
    this.#keeper = new Keeper(parts.checkpoints, (...told) => this.#emit(...told));
  }

  /** Answers one request, whatever happens. */
  receive({ id, name, payload }: RequestMessage): Promise<void> {
    return answer(this.#port, id, () => {
      if (!isAllowed(name, this.#state)) {
        throw new GanvasError('not-now', `“${name}” is not possible while the session is ${this.#state}.`);
      }
      const handle = this.#handlers[name] as (payload: unknown) => Promise<unknown>;
      return handle(payload);
    });
  }

  /** Ends the run: nothing but a new one is possible. */
  fail(error: unknown): void {
    this.#activity.abort();
    this.#emit('progress', null);
    this.#emit('problem', encodeError(classify(error)));
    this.#setState('failed');
  }

  readonly #handlers: Handlers = {
    hello: async ({ pageUrl, remembered }) => {
      this.#parts.datasets.pageUrl = pageUrl;
      this.#judge.pageUrl = pageUrl;
      const backends = await this.#parts.backends();
      backends.remember(remembered);
      const { offers, automatic, hasGpu, calibration } = backends;
      return { offers, automatic, hasGpu, calibration };
    },
    ping: async () => null,
    connect: async ({ snapshots }) => {
      this.#snapshots.connect(snapshots);
      return null;
    },
    setPace: async ({ pace }) => {
      this.#pacer.choose(pace);
      return null;
    },
    setStopRules: async ({ rules }) => {
      const problem = stopRuleProblem('minutes', rules.minutes) ?? stopRuleProblem('patience', rules.patience);
      if (problem !== null) throw new GanvasError('bad-settings', problem);
      this.#stopping.choose(rules);
      return null;
    },
    create: async ({ run, config, accelerator, dataset, measure }) =>
      this.#newRun({ id: run, config: parseConfig(config), accelerator, dataset, measure }),
    open: async ({ run, from, accelerator, dataset }) => {
      const opened = await openFrom(from, run, this.#keeper);
      if ('weights' in opened) {
        const { config, ...beginning } = opened;
        const description = await this.#newRun({ id: run, config, accelerator, dataset, beginning });
        this.#keepAtOnce();
        return description;
      }
      const { saved, damaged, images } = opened;
      if (images !== null) this.#parts.datasets.adopt(images);
      const { config, started, seconds, dataset: learntFrom } = saved;
      const wanted = { id: run, config, accelerator, dataset: learntFrom.id, beginning: { saved } };
      const resumed = { dataset: learntFrom.id, started, seconds, damaged };
      const description = await this.#newRun(wanted);
      if (!('kept' in from)) this.#keepAtOnce();
      return { ...description, resumed };
    },
    setKeeping: async ({ keep }) => {
      this.#keeper.choose(keep);
      return null;
    },
    keep: async () => {
      const run = this.#theRun();
      if (run.isWorthKeeping) await (await run.moment()).kept;
      return null;
    },
    saveRun: async () => runFileOf(this.#theRun()),
    exportWeights: async () => weightsFileOf(this.#theRun()),
    train: async () => {
      const activity = this.#activity.begin();
      const run = await this.#ready(activity);
      this.#setState('training');
      void this.#whileTraining(run, activity, () => run.train(activity.signal));
      return null;
    },
    pause: () => this.#stop(),
    cancel: () => this.#stop(),
    halfStep: async ({ network }) => {
      const activity = this.#activity.begin();
      const run = await this.#ready(activity);
      this.#setState('training');
      await this.#whileTraining(run, activity, () => this.#halfStep(run, network, activity.signal));
      return null;
    },
    fetchDataset: async ({ dataset }) => {
      const { signal } = new AbortController();
      try {
        await this.#parts.datasets.load(dataset, signal, (progress) => this.#emit('progress', progress));
      } finally {
        this.#emit('progress', null);
      }
      return null;
    },
    setLearningRates: async ({ discriminator, generator }) => {
      const problem =
        settingProblem('discriminatorLearningRate', discriminator) ??
        settingProblem('generatorLearningRate', generator);
      if (problem !== null) throw new GanvasError('bad-settings', problem);
      this.#theRun().setLearningRates({ discriminator, generator });
      return null;
    },
    readImages: async ({ files }) => {
      const { dataset, inverted } = await this.#parts.datasets.read(files);
      return { info: dataset.info, preview: samplesOf(dataset, previewed), inverted };
    },
    nearestReal: async ({ picture }) => {
      const { dataset } = this.#theRun();
      if (!dataset) throw new GanvasError('not-now', 'There are no real images yet: press Train first.');
      return nearestReal(picture, dataset.images, yieldToMessages);
    },
  };

  /** What comes from a file is kept before anything can happen to it. */
  #keepAtOnce(): void {
    if (!this.#keeper.enabled) return;
    this.#theRun()
      .moment()
      .catch((error: unknown) => this.fail(error));
  }

  async #stop(): Promise<null> {
    await this.#activity.stop();
    return null;
  }

  #theRun(): Run {
    if (!this.#run) throw new GanvasError('not-now', 'There is no run.');
    return this.#run;
  }

  async #newRun(wanted: WantedRun): Promise<RunDescription> {
    const activity = await this.#activity.takeOver();
    this.#run?.dispose();
    this.#run = null;
    this.#runId = wanted.id;
    this.#setState('loading');
    try {
      this.#emit('progress', { stage: 'starting', text: 'Starting the accelerator' });
      const parts = {
        backends: await this.#parts.backends(),
        around: {
          pacer: this.#pacer,
          snapshots: this.#snapshots,
          judge: this.#judge,
          stopping: this.#stopping,
          keeper: this.#keeper,
        },
        emit: this.#emitterFor(wanted.id),
        emitOfDevice: this.#emitterFor(null),
      };
      const { run, description } = await makeRun(wanted, parts, activity.signal);
      this.#emit('dataset', null);
      this.#emit('progress', null);
      this.#run = run;
      this.#setState('ready');
      this.#data.lookFor(run, () => this.#run !== run, activity.signal);
      return description;
    } catch (error) {
      if (!activity.signal.aborted) {
        this.#emit('progress', null);
        this.#setState('failed');
      }
      throw error;
    } finally {
      activity.end();
    }
  }

  /** The run with its dataset, loaded if need be. */
  async #ready(activity: Activity): Promise<Run> {
    const before = this.#state;
    const run = this.#theRun();
    try {
      if (!run.dataset) {
        this.#setState('loading');
        await this.#data.supply(run, activity.signal, this.#emit);
      }
      if (activity.signal.aborted) throw new GanvasError('cancelled', 'Loading was cancelled.');
      return run;
    } catch (error) {
      // Unless a new run has taken over already, all is as before the press.
      if (this.#run === run && this.#state === 'loading') this.#setState(before);
      activity.end();
      throw error;
    } finally {
      this.#emit('progress', null);
    }
  }

  async #halfStep(run: Run, network: NetworkName, signal: AbortSignal): Promise<null> {
    await run.halfStep(network, signal);
    return null;
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
    // Nobody who pauses waits for the last grid, nor for the save.
    run.showGrid().catch((error: unknown) => this.fail(error));
    run.moment().catch((error: unknown) => {
      if (!this.#goBack(run, error)) this.fail(error);
    });
  }

  /** After numbers that are none: back to when they were. @returns whether that is what has gone wrong, and could be done */
  #goBack(run: Run, error: unknown): boolean {
    const poisoned = error instanceof GanvasError && error.code === 'non-finite-loss';
    const trains = this.#state === 'training' || this.#state === 'paused';
    if (!poisoned || this.#run !== run || !trains || !run.goBack()) return false;
    this.#emit('progress', null);
    const sentence = `${error.message} The run is back at step ${run.step}, where all was well, and paused.`;
    this.#emit('problem', encodeError(new GanvasError('non-finite-loss', sentence, { cause: error })));
    this.#setState('paused');
    return true;
  }

  #setState(state: SessionState, finished: StopReason | null = null): void {
    if (state !== this.#state && !transitions[this.#state].includes(state)) {
      throw new Error(`The session cannot go from ${this.#state} to ${state}.`);
    }
    this.#state = state;
    this.#emit('state', { state, finished });
  }

  readonly #emit: Emit = (name, payload) => this.#emitterFor(this.#runId)(name, payload);

  #emitterFor(run: string | null): Emit {
    return (name, payload) => this.#post({ kind: 'event', run, name, payload } as EventMessage);
  }

  #post(message: EventMessage): void {
    this.#port.postMessage(message, transferablesOf(message));
  }
}
