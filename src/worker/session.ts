// The session: answers the page's requests as its state allows, and owns what outlasts a run.
import { GanvasError } from '../config/errors.ts';
import { parseConfig, settingProblem } from '../config/settings.ts';
import { stopRuleProblem } from '../config/stopping.ts';
import type { Checkpoints } from '../files/checkpoints.ts';
import type { AbortMessage, Port } from '../protocol/envelope.ts';
import type { RequestMessage, RequestName, Requests } from '../protocol/messages.ts';
import { isAllowed } from '../protocol/states.ts';
import { transferablesOf } from '../protocol/transfer.ts';
import { nearestReal } from '../quality/nearest.ts';
import type { Backends } from './device/backend.ts';
import { Judge } from './quality/judge.ts';
import { type DatasetLibrary, samplesOf } from './run/datasets.ts';
import { openFrom, runFileOf, weightsFileOf } from './run/files.ts';
import { Pacer } from './run/pace.ts';
import { Runner } from './run/runner.ts';
import { ShownWeights } from './run/shownWeights.ts';
import { Snapshots } from './run/snapshots.ts';
import { Stopping } from './run/stopping.ts';
import { Autosaver } from './saves/autosaver.ts';
import { answer } from './shared/answer.ts';
import { yieldToMessages } from './shared/yieldToMessages.ts';

const previewed = 64;

/** What a session works with; the tests bring others. */
export interface SessionParts {
  readonly backends: () => Backends | Promise<Backends>;
  readonly datasets: DatasetLibrary;
  /** Where runs are kept. */
  readonly checkpoints: () => Promise<Checkpoints>;
}

type Handlers = {
  [Name in RequestName]: (payload: Requests[Name]['send'], signal: AbortSignal) => Promise<Requests[Name]['reply']>;
};

export class Session {
  readonly #port: Pick<Port, 'postMessage'>;
  readonly #parts: SessionParts;
  readonly #pacer = new Pacer();
  readonly #snapshots = new Snapshots();
  readonly #shown = new ShownWeights();
  readonly #judge = new Judge();
  readonly #stopping = new Stopping();
  readonly #autosaver: Autosaver;
  readonly #runner: Runner;
  /** By the id of the request. */
  readonly #inProgress = new Map<number, AbortController>();

  constructor(port: Pick<Port, 'postMessage'>, parts: SessionParts) {
    this.#port = port;
    this.#parts = parts;
    // A save may be told of when the next run has begun.
    this.#autosaver = new Autosaver(parts.checkpoints, (...told) => this.#runner.emitOfAll(...told));
    this.#runner = new Runner({
      ...parts,
      services: {
        pacer: this.#pacer,
        snapshots: this.#snapshots,
        shown: this.#shown,
        judge: this.#judge,
        stopping: this.#stopping,
        autosaver: this.#autosaver,
      },
      post: (event) => port.postMessage(event, transferablesOf(event)),
    });
  }

  /** Answers one request, whatever happens, or ends the work on one that nobody waits for any more. */
  async receive(message: RequestMessage | AbortMessage): Promise<void> {
    if (message.kind === 'abort') {
      this.#inProgress.get(message.id)?.abort();
      return;
    }
    const { id, name, payload, expects = null } = message;
    const controller = new AbortController();
    this.#inProgress.set(id, controller);
    await answer(this.#port, id, () => {
      this.#check(name, expects);
      const handle = this.#handlers[name] as (payload: unknown, signal: AbortSignal) => Promise<unknown>;
      return handle(payload, controller.signal);
    });
    this.#inProgress.delete(id);
  }

  /** @throws GanvasError 'not-now' where the state does not allow the request, or it is meant for another run */
  #check(name: RequestName, expects: string | null): void {
    const { state, workerRun } = this.#runner;
    if (!isAllowed(name, state)) {
      throw new GanvasError('request-not-allowed', { request: name, state });
    }
    if (expects !== null && expects !== workerRun) {
      throw new GanvasError('meant-for-another-run', { request: name });
    }
  }

  /** Ends the run: nothing but a new one is possible. */
  fail(error: unknown): void {
    this.#runner.fail(error);
  }

  readonly #handlers: Handlers = {
    hello: async ({ pageUrl, remembered, checked }) => {
      this.#parts.datasets.pageUrl = pageUrl;
      this.#judge.pageUrl = pageUrl;
      const backends = await this.#parts.backends();
      backends.remember(remembered);
      if (checked) backends.trust(checked);
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
    setDrawnWith: async ({ weights }) => {
      if (this.#shown.chosen === weights) return null;
      this.#shown.chosen = weights;
      this.#runner.redraw();
      return null;
    },
    setStopRules: async ({ rules }) => {
      const problem = stopRuleProblem('minutes', rules.minutes) ?? stopRuleProblem('patience', rules.patience);
      if (problem !== null) throw new GanvasError(problem.code, problem.facts);
      this.#stopping.choose(rules);
      return null;
    },
    create: async ({ workerRun, config, accelerator, dataset, measure }, signal) =>
      this.#runner.newRun({ workerRun, config: parseConfig(config), accelerator, dataset, measure }, signal),
    open: async ({ workerRun, from, accelerator, dataset, thenTrain }, signal) => {
      const opened = await openFrom(from, workerRun, this.#autosaver);
      if ('weights' in opened) {
        const { config, ...beginning } = opened;
        const wanted = { workerRun, config, accelerator, dataset, beginning, thenTrain };
        const description = await this.#runner.newRun(wanted, signal);
        this.#runner.saveAtOnce();
        return description;
      }
      const { saved, damaged, images } = opened;
      const takeBack = images === null ? () => {} : this.#parts.datasets.adopt(images);
      const { config, started, seconds, origin, dataset: learntFrom } = saved;
      const wanted = { workerRun, config, accelerator, dataset: learntFrom.id, beginning: { saved }, thenTrain };
      const resumed = { dataset: learntFrom.id, started, seconds, damaged, ...(origin && { origin }) };
      const description = await this.#runner.newRun(wanted, signal).catch((error: unknown) => {
        takeBack();
        throw error;
      });
      if (!('runId' in from) || from.waypoint !== undefined) this.#runner.saveAtOnce();
      return { ...description, resumed };
    },
    setAutosave: async ({ enabled }) => {
      this.#autosaver.choose(enabled);
      return null;
    },
    save: async ({ next }) => {
      const run = this.#runner.run;
      this.#autosaver.spare(next);
      if (run.isWorthKeeping) await (await run.checkpoint()).kept;
      return null;
    },
    saveRun: async () => runFileOf(this.#runner.run),
    exportWeights: async () => weightsFileOf(this.#runner.run),
    train: async (_, signal) => {
      await this.#runner.train(signal);
      return null;
    },
    pause: async () => {
      await this.#runner.stop();
      return null;
    },
    halfStep: async ({ network, count }, signal) => {
      await this.#runner.halfSteps(network, count, signal);
      return null;
    },
    fetchDataset: async ({ dataset }, signal) => {
      try {
        await this.#parts.datasets.load(dataset, signal, (progress) => this.#runner.emit('progress', progress));
      } finally {
        this.#runner.emit('progress', null);
      }
      return null;
    },
    setLearningRates: async ({ discriminator, generator }) => {
      const problem =
        settingProblem('discriminatorLearningRate', discriminator) ??
        settingProblem('generatorLearningRate', generator);
      if (problem !== null) throw new GanvasError(problem.code, problem.facts);
      this.#runner.run.setLearningRates({ discriminator, generator });
      return null;
    },
    readImages: async ({ files }) => {
      const { dataset, inverted } = await this.#parts.datasets.read(files);
      return { info: dataset.info, preview: samplesOf(dataset, previewed), inverted };
    },
    takeImages: async () => {
      this.#parts.datasets.useRead();
      return null;
    },
    nearestReal: async ({ picture }) => {
      const { dataset } = this.#runner.run;
      if (!dataset) throw new GanvasError('no-images-yet', {});
      return nearestReal(picture, dataset.images, yieldToMessages);
    },
  };
}
