// One run: its trainer, its dataset, and the training loop with its pace and its ends.
import type { DatasetId } from '../config/datasets.ts';
import { datasets } from '../config/datasets.ts';
import type { NetworkName } from '../config/networks.ts';
import { type PresetName, presetOf } from '../config/presets.ts';
import type { RunConfig } from '../config/run.ts';
import type { StopReason } from '../config/stopping.ts';
import type { Dataset } from '../data/dataset.ts';
import { gridLatents, RandomBatches } from '../gan/batches.ts';
import { type StartingPoint, Trainer } from '../gan/trainer.ts';
import type { Standing } from '../protocol/messages.ts';
import { Course } from './course.ts';
import { samplesOf } from './datasets.ts';
import type { Judge } from './judge.ts';
import type { Pacer } from './pace.ts';
import { QualityReport } from './qualityReport.ts';
import { type Emit, type Reported, RunReport } from './report.ts';
import type { Snapshots } from './snapshots.ts';
import { Speed } from './speed.ts';
import type { Stopping } from './stopping.ts';
import { TrainingClock } from './trainingClock.ts';

/** The run's name, and what outlasts it. */
export interface Surroundings {
  readonly id: string;
  readonly pacer: Pacer;
  readonly snapshots: Snapshots;
  readonly judge: Judge;
  readonly stopping: Stopping;
  /** Is told what a step of a preset takes, milliseconds, while a run goes on. */
  noteSpeed(preset: PresetName, ms: number): void;
}

const samplesShown = 32;

export class Run implements Reported {
  readonly id: string;
  readonly gridLatents: Float32Array<ArrayBuffer>;
  readonly trainer: Trainer;
  readonly wanted: DatasetId;
  readonly #emit: Emit;
  readonly #around: Surroundings;
  readonly #report: RunReport;
  readonly #course: Course;
  readonly #speed = new Speed();
  readonly #clock = new TrainingClock();
  readonly #firstStep: number;
  #config: RunConfig;
  #dataset: Dataset | null = null;
  /** From the moment there are real images to hold the digits against. */
  #quality: QualityReport | null = null;
  /** A step that a pause has left between two chunks; training goes on with it. */
  #begun: Generator<void, void> | null = null;
  #compiled = false;

  /** Makes the networks on tfjs's current backend. @throws GanvasError 'weights-mismatch' */
  constructor(config: RunConfig, wanted: DatasetId, emit: Emit, around: Surroundings, from: StartingPoint = {}) {
    this.id = around.id;
    this.wanted = wanted;
    this.#config = config;
    this.#emit = emit;
    this.#around = around;
    this.gridLatents = gridLatents(config);
    this.trainer = new Trainer(config, new RandomBatches(config, new Uint8Array()), from);
    this.#firstStep = this.step;
    this.#course = new Course(config, datasets[wanted].count ?? 0, this.#firstStep);
    this.#report = new RunReport(this, emit, around.snapshots);
  }

  get config(): RunConfig {
    return this.#config;
  }

  get dataset(): Dataset | null {
    return this.#dataset;
  }

  get step(): number {
    return this.trainer.step;
  }

  get stepsTaken(): number {
    return this.step - this.#firstStep;
  }

  get isMidStep(): boolean {
    return this.#begun !== null;
  }

  standing(): Standing {
    const half = this.trainer.halfSteps !== 2 * this.stepsTaken;
    return this.#course.standing({ step: this.step, half }, this.#speed.stepsPerSecond);
  }

  setDataset(dataset: Dataset): void {
    this.#dataset = dataset;
    this.#course.setImages(dataset.info.count);
    this.trainer.setBatches(new RandomBatches(this.#config, dataset.images));
    this.#quality?.dispose();
    this.#quality = new QualityReport(this.trainer, dataset, this.#emit, this.#around.judge);
    this.#emit('dataset', { info: dataset.info, samples: samplesOf(dataset, samplesShown) });
    this.#emit('standing', this.standing());
  }

  setLearningRates(rates: { discriminator: number; generator: number }): void {
    this.#config = {
      ...this.#config,
      discriminatorLearningRate: rates.discriminator,
      generatorLearningRate: rates.generator,
    };
    this.trainer.setLearningRates(rates);
  }

  /** The grid of untrained or opened networks, and where they stand. */
  async publishStart(signal: AbortSignal): Promise<void> {
    await this.#report.grid(signal);
    if (!signal.aborted) this.#emit('standing', this.standing());
  }

  /**
   * Trains until the last epoch's end, until a stop rule ends it, or until `signal` aborts (between two parts of the work).
   * After an end it trains as much again. The last grid is left to `showGrid`. @returns what has ended it, null for `signal`
   * @throws GanvasError 'non-finite-loss' naming the loss and the step
   */
  async train(signal: AbortSignal): Promise<StopReason | null> {
    const { pacer, stopping } = this.#around;
    if (!this.#begun && this.#course.isOver(this.step)) this.#course.extend(this.step);
    this.#report.hush();
    this.#speed.start(performance.now());
    this.#clock.start(performance.now());
    stopping.begin(this.#seconds);
    pacer.begin();
    let reason: StopReason | null = null;
    try {
      while (!signal.aborted && reason === null) {
        if (!this.#compiled) this.#emit('progress', { stage: 'compiling', text: 'Taking the first step' });
        this.#begun ??= this.trainer.trainStep();
        await this.#finishStep(this.#begun, signal);
        if (this.#begun) break;
        if (await this.#report.due(signal)) {
          this.#tellSpeed();
          pacer.begin();
        }
        if (await this.#measure(signal)) pacer.begin();
        reason = this.#course.isOver(this.step) ? 'epochs' : stopping.reason(this.#seconds);
      }
    } finally {
      this.#clock.stop(performance.now());
    }
    // A pause may come before the first step's end.
    this.#emit('progress', null);
    await this.#report.numbers();
    return reason;
  }

  /** What a step of this preset takes here in truth, once that is known. */
  #tellSpeed(): void {
    const preset = presetOf(this.#config);
    const ms = this.#speed.steadyMsPerStep;
    if (preset !== null && ms !== null) this.#around.noteSpeed(preset, ms);
  }

  /** Training time so far, pauses left out. */
  get #seconds(): number {
    return this.#clock.at(performance.now());
  }

  /** Measures quality if it is time. @returns whether it was */
  async #measure(signal: AbortSignal): Promise<boolean> {
    const row = (await this.#quality?.look(this.#seconds, this.#report.recent, signal)) ?? null;
    if (row === null) return false;
    this.#around.stopping.measured(row);
    return true;
  }

  /** One half-step of one network, after the other half of a step that a pause has left. */
  async halfStep(network: NetworkName, signal: AbortSignal): Promise<void> {
    this.#report.hush();
    this.#around.pacer.begin();
    // What is done by hand says nothing of the speed.
    if (this.#begun) await this.#finishStep(this.#begun, signal, false);
    if (signal.aborted) return;
    for (const _ of this.trainer.halfStep(network)) await this.#around.pacer.afterPart();
    await this.#report.numbers();
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

  /** What is left to show when work has ended; whatever begins next ends it. */
  showGrid(): Promise<void> {
    return this.#report.lastGrid();
  }

  weights(): ReturnType<Trainer['weights']> {
    return this.trainer.weights();
  }

  dispose(): void {
    this.#report.hush();
    this.#begun?.return();
    this.#begun = null;
    this.#quality?.dispose();
    this.trainer.dispose();
  }
}
