// One run: its trainer, its dataset, the training loop and the pace at which it tells the page.
import type { DatasetId } from '../config/datasets.ts';
import { datasets } from '../config/datasets.ts';
import { GanvasError } from '../config/errors.ts';
import type { NetworkName } from '../config/networks.ts';
import { fixed, type RunConfig, stepsPerEpoch } from '../config/run.ts';
import type { Dataset } from '../data/dataset.ts';
import { gridLatents, RandomBatches } from '../gan/batches.ts';
import { type StartingPoint, Trainer } from '../gan/trainer.ts';
import type { Events, Standing } from '../protocol/messages.ts';
import { samplesOf } from './datasets.ts';
import { MachineWatch } from './machineUse.ts';
import { metricsOf } from './metrics.ts';
import type { Pacer } from './pace.ts';
import type { Snapshots } from './snapshots.ts';
import { Speed } from './speed.ts';
import { yieldToMessages } from './yieldToMessages.ts';

export type Emit = <Name extends keyof Events>(name: Name, payload: Events[Name]) => void;

/** The run's name, and what outlasts it. */
export interface Surroundings {
  readonly id: string;
  readonly pacer: Pacer;
  readonly snapshots: Snapshots;
}

const metricsEveryMs = 100;
const gridEveryMs = 1_000;
const samplesShown = 32;

export class Run {
  readonly gridLatents: Float32Array<ArrayBuffer>;
  readonly #emit: Emit;
  readonly #around: Surroundings;
  readonly #trainer: Trainer;
  readonly #wanted: DatasetId;
  readonly #speed = new Speed();
  readonly #machine = new MachineWatch();
  readonly #firstStep: number;
  #config: RunConfig;
  #dataset: Dataset | null = null;
  /** A step that a pause has left between two chunks; training goes on with it. */
  #begun: Generator<void, void> | null = null;
  #compiled = false;
  #wantedEpochs: number;
  #metricsAt = Number.NEGATIVE_INFINITY;
  #gridAt = Number.NEGATIVE_INFINITY;
  /** After how many half-steps the worker which draws was last offered the weights. */
  #offered: number | null = null;
  /** Ends the drawing of the grid that goes on while nothing else does. */
  #showing = new AbortController();

  /** Makes the networks on tfjs's current backend. @throws GanvasError 'weights-mismatch' */
  constructor(config: RunConfig, wanted: DatasetId, emit: Emit, around: Surroundings, from: StartingPoint = {}) {
    this.#config = config;
    this.#wanted = wanted;
    this.#emit = emit;
    this.#around = around;
    this.#wantedEpochs = config.epochs;
    this.gridLatents = gridLatents(config);
    this.#trainer = new Trainer(config, new RandomBatches(config, new Uint8Array()), from);
    this.#firstStep = this.step;
  }

  get config(): RunConfig {
    return this.#config;
  }

  get wanted(): DatasetId {
    return this.#wanted;
  }

  get dataset(): Dataset | null {
    return this.#dataset;
  }

  get step(): number {
    return this.#trainer.step;
  }

  setDataset(dataset: Dataset): void {
    this.#dataset = dataset;
    this.#trainer.setBatches(new RandomBatches(this.#config, dataset.images));
    this.#emit('dataset', { info: dataset.info, samples: samplesOf(dataset, samplesShown) });
    this.#emit('standing', this.#standing());
  }

  setLearningRates(rates: { discriminator: number; generator: number }): void {
    this.#config = {
      ...this.#config,
      discriminatorLearningRate: rates.discriminator,
      generatorLearningRate: rates.generator,
    };
    this.#trainer.setLearningRates(rates);
  }

  /**
   * Trains until the last epoch's end or until `signal` aborts (between two parts of the work). After the end it trains as
   * many epochs again. The last grid is left to `showGrid`. @returns whether the end was reached
   * @throws GanvasError 'non-finite-loss' naming the loss and the step
   */
  async train(signal: AbortSignal): Promise<boolean> {
    if (!this.#begun && this.step >= this.#totalSteps) this.#wantedEpochs = this.#epochs + this.#config.epochs;
    this.#showing.abort();
    this.#speed.start(performance.now());
    this.#around.pacer.begin();
    while (!signal.aborted && (this.#begun || this.step < this.#totalSteps)) {
      if (!this.#compiled) this.#emit('progress', { stage: 'compiling', text: 'Taking the first step' });
      this.#begun ??= this.#trainer.trainStep();
      await this.#finishStep(this.#begun, signal);
      if (!this.#begun) await this.#publishDue(signal);
    }
    // A pause may come before the first step's end.
    this.#emit('progress', null);
    await this.#publishNumbers();
    return !this.#begun && this.step >= this.#totalSteps;
  }

  /** One half-step of one network, after the other half of a step that a pause has left. */
  async halfStep(network: NetworkName, signal: AbortSignal): Promise<void> {
    this.#showing.abort();
    this.#around.pacer.begin();
    // What is done by hand says nothing of the speed.
    if (this.#begun) await this.#finishStep(this.#begun, signal, false);
    if (signal.aborted) return;
    for (const _ of this.#trainer.halfStep(network)) await this.#around.pacer.afterPart();
    await this.#publishNumbers();
  }

  /** Goes on with a step until it ends or `signal` aborts. */
  async #finishStep(step: Generator<void, void>, signal: AbortSignal, timed = true): Promise<void> {
    while (!signal.aborted) {
      const { done } = step.next();
      await this.#around.pacer.afterPart();
      if (!done) continue;
      this.#begun = null;
      if (timed) this.#speed.stepEnded(performance.now(), this.#compiled);
      if (!this.#compiled) this.#emit('progress', null);
      this.#compiled = true;
      return;
    }
  }

  get #stepsPerEpoch(): number {
    return stepsPerEpoch(this.#config, this.#dataset?.info.count ?? datasets[this.#wanted].count ?? 0);
  }

  /** The epochs wanted, or more where opened weights or half-steps have gone beyond them. */
  get #epochs(): number {
    return Math.max(this.#wantedEpochs, Math.ceil(this.step / this.#stepsPerEpoch));
  }

  get #totalSteps(): number {
    return this.#stepsPerEpoch * this.#epochs;
  }

  #standing(): Standing {
    const perEpoch = this.#stepsPerEpoch;
    const totalSteps = this.#totalSteps;
    const { stepsPerSecond } = this.#speed;
    const done = Math.max(0, this.step - 1);
    return {
      step: this.step,
      totalSteps,
      epoch: Math.floor(done / perEpoch) + 1,
      epochs: this.#epochs,
      stepInEpoch: this.step === 0 ? 0 : (done % perEpoch) + 1,
      stepsPerEpoch: perEpoch,
      stepsPerSecond,
      secondsLeft: stepsPerSecond === null ? null : Math.max(0, totalSteps - this.step) / stepsPerSecond,
    };
  }

  /** Tells the page what is due. */
  async #publishDue(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const numbersDue = now - this.#metricsAt >= metricsEveryMs;
    const gridDue = now - this.#gridAt >= gridEveryMs;
    if (numbersDue) await this.#publishNumbers();
    if (gridDue) await this.publishGrid(signal);
    if (numbersDue || gridDue) this.#around.pacer.begin();
  }

  async #publishNumbers(): Promise<void> {
    const scores = await this.#trainer.takeScores();
    this.#metricsAt = performance.now();
    if (scores.length > 0) this.#emit('metrics', metricsOf(scores));
    this.#emit('standing', this.#standing());
    // In the midst of a step there are more tensors than between two.
    const use = this.#begun
      ? null
      : this.#machine.look(this.#metricsAt, this.step - this.#firstStep, this.#speed.stepsPerSecond);
    if (use) this.#emit('performance', use);
    const broken = scores.find(({ loss }) => !Number.isFinite(loss));
    if (broken) {
      const value = Number.isNaN(broken.loss) ? 'not a number' : 'infinite';
      const sentence = `The ${broken.network}’s loss became ${value} at step ${broken.step}, so training has stopped.`;
      throw new GanvasError('non-finite-loss', sentence);
    }
  }

  /** The grid with the weights as they are, and these weights to the worker that draws. Nothing when `signal` aborts. */
  async publishGrid(signal: AbortSignal): Promise<void> {
    const step = this.step;
    const between = async (): Promise<void> => {
      await yieldToMessages();
      signal.throwIfAborted();
    };
    try {
      const { pixels, realness } = await this.#trainer.draw(this.gridLatents, between);
      signal.throwIfAborted();
      const bytes = Uint8Array.from(pixels, (value) => Math.round(value * 255));
      this.#gridAt = performance.now();
      this.#emit('grid', { step, pictures: { pixels: bytes, count: fixed.gridTiles }, realness });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    this.#offerWeights();
  }

  /** What is left to show when work has ended; whatever begins next ends it. */
  showGrid(): Promise<void> {
    this.#showing = new AbortController();
    return this.publishGrid(this.#showing.signal);
  }

  #offerWeights(): void {
    if (this.#offered === this.#trainer.halfSteps) return;
    this.#offered = this.#trainer.halfSteps;
    this.#around.snapshots.offer(async () => ({
      run: this.#around.id,
      step: this.step,
      config: this.#config,
      weights: await this.#trainer.packedWeights(),
    }));
  }

  publishStanding(): void {
    this.#emit('standing', this.#standing());
  }

  weights(): ReturnType<Trainer['weights']> {
    return this.#trainer.weights();
  }

  dispose(): void {
    this.#showing.abort();
    this.#begun?.return();
    this.#begun = null;
    this.#trainer.dispose();
  }
}
