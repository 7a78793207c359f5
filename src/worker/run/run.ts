// One run: its trainer, its dataset, and the training loop with its pace and its ends. Taken up again, it goes on as it
// would have.
import type { DatasetId } from '../../config/datasets.ts';
import { datasets } from '../../config/datasets.ts';
import type { NetworkName } from '../../config/networks.ts';
import { type PresetName, presetOf } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import type { StopReason } from '../../config/stopping.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { DatasetIdentity, SavedRun } from '../../files/savedRun.ts';
import { gridLatents, RandomBatches } from '../../gan/training/batches.ts';
import { type StartingPoint, Trainer } from '../../gan/training/trainer.ts';
import type { BackendName } from '../../protocol/devices.ts';
import type { TrainingStatus } from '../../protocol/messages.ts';
import type { Judge } from '../quality/judge.ts';
import { QualityReport } from '../quality/qualityReport.ts';
import type { Autosaver } from '../saves/autosaver.ts';
import { type Checkpoint, RollbackBuffer } from '../saves/rollbackBuffer.ts';
import type { Emit } from '../shared/emit.ts';
import { samplesOf } from './datasets.ts';
import { identityByName, identityOf } from './identity.ts';
import type { Pacer } from './pace.ts';
import { type Reported, RunReport } from './report.ts';
import { pastOf, RunLog } from './runLog.ts';
import { Schedule } from './schedule.ts';
import type { ShownWeights } from './shownWeights.ts';
import type { Snapshots } from './snapshots.ts';
import { Steps } from './steps.ts';
import type { Stopping } from './stopping.ts';
import { TrainingClock } from './trainingClock.ts';

/** The worker run's name, and what outlasts it. */
export interface RunServices {
  readonly workerRun: string;
  readonly pacer: Pacer;
  readonly snapshots: Snapshots;
  readonly shown: ShownWeights;
  readonly judge: Judge;
  readonly stopping: Stopping;
  readonly autosaver: Autosaver;
  readonly backend: BackendName;
  /** Is told what a step of a preset takes, milliseconds, while a run goes on. */
  noteSpeed(preset: PresetName, ms: number): void;
}

/** Untrained, from opened weights, or where it was saved. */
export type Beginning = StartingPoint & { readonly saved?: SavedRun };

const samplesShown = 32;

export class Run implements Reported {
  readonly workerRun: string;
  /** The same, however often the run is taken up again; that of the worker run where it begins in it. */
  readonly runId: string;
  readonly gridLatents: Float32Array<ArrayBuffer>;
  readonly trainer: Trainer;
  readonly wanted: DatasetId;
  readonly #emit: Emit;
  readonly #services: RunServices;
  readonly #report: RunReport;
  readonly #log = new RunLog();
  readonly #rollback: RollbackBuffer;
  readonly #schedule: Schedule;
  readonly #steps: Steps;
  readonly #clock: TrainingClock;
  /** Where it was taken up again, or began. */
  readonly #beganAt: number;
  readonly #beganWith: number;
  readonly #saved: SavedRun | null;
  #started: number | null;
  #config: RunConfig;
  #dataset: Dataset | null = null;
  /** From the moment there are real images to hold the digits against. */
  #quality: QualityReport | null = null;
  #trains = false;

  /** Makes the networks on tfjs's current backend. @throws GanvasError 'weights-mismatch' */
  constructor(config: RunConfig, wanted: DatasetId, emit: Emit, services: RunServices, beginning: Beginning = {}) {
    const { saved = null, ...from } = beginning;
    this.workerRun = services.workerRun;
    this.runId = saved?.runId ?? services.workerRun;
    this.wanted = wanted;
    this.#saved = saved;
    this.#started = saved?.started ?? null;
    this.#config = config;
    this.#emit = this.#log.listen(emit);
    this.#services = services;
    this.#clock = new TrainingClock(saved?.seconds);
    this.gridLatents = gridLatents(config);
    this.trainer = new Trainer(config, new RandomBatches(config, new Uint8Array()), from);
    if (saved) this.trainer.restore(saved.training);
    this.#steps = new Steps(this.trainer, services.pacer, this.#emit, () => this.#afterPart());
    this.#beganAt = this.step;
    this.#beganWith = this.trainer.halfSteps;
    const firstStep = saved?.training.firstStep ?? this.step;
    this.#schedule = new Schedule(
      config,
      datasets[wanted].count ?? saved?.dataset.count ?? 0,
      firstStep,
      saved?.epochs,
    );
    this.#report = new RunReport(this, this.#emit, services);
    this.#rollback = new RollbackBuffer(
      () => this.#take(),
      services.autosaver.of({
        dataset: () => this.#dataset,
        isTrained: () => this.#isTrained,
        // A run that the browser keeps has a run id of its own.
        isFromFile: () => !this.#isTrained && this.workerRun === this.runId,
      }),
    );
    services.stopping.follow(saved?.stopping);
    if (saved) {
      this.#log.replace(saved);
      this.#report.recall(saved.metrics);
    }
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

  get #isTrained(): boolean {
    return this.trainer.halfSteps > this.#beganWith;
  }

  get stepsTaken(): number {
    return this.step - this.#beganAt;
  }

  get isMidStep(): boolean {
    return this.#steps.isMidStep;
  }

  standing(): TrainingStatus {
    const { step, isHalf, halfStepsOf, alone } = this.trainer;
    const now = { step, half: isHalf, halfSteps: halfStepsOf, alone, seconds: this.#seconds };
    return this.#schedule.standing(now, this.#steps.perSecond);
  }

  setDataset(dataset: Dataset): void {
    this.#dataset = dataset;
    this.#schedule.setImages(dataset.info.count);
    this.trainer.setBatches(new RandomBatches(this.#config, dataset.images));
    const before = this.#quality;
    this.#quality = new QualityReport(
      this.trainer,
      dataset,
      this.#emit,
      this.#services.judge,
      before?.past ?? this.#saved?.quality,
    );
    before?.dispose();
    this.#quality.tellFindings(this.#report.recent);
    this.#emit('dataset', { info: dataset.info, samples: samplesOf(dataset, samplesShown) });
    this.#emit('trainingStatus', this.standing());
  }

  setLearningRates(rates: { discriminator: number; generator: number }): void {
    this.#config = {
      ...this.#config,
      discriminatorLearningRate: rates.discriminator,
      generatorLearningRate: rates.generator,
    };
    this.trainer.setLearningRates(rates);
  }

  /** What a run that is taken up again had told, the grid of its networks if it is wanted, and where they stand. */
  async publishStart(signal: AbortSignal, { digits }: { readonly digits: boolean }): Promise<void> {
    if (this.#saved) this.#emit('restored', pastOf(this.#saved));
    if (digits) await this.#report.grid(signal);
    if (!signal.aborted) this.#emit('trainingStatus', this.standing());
  }

  /**
   * Trains until the last epoch's end, until a stop rule ends it, or until `signal` aborts (between two parts of the
   * work).
   * After an end it trains as much again. The last grid is left to `showGrid`. @returns what has ended it, null for
   * `signal`
   * @throws GanvasError 'non-finite-loss' naming the loss and the step
   */
  async train(signal: AbortSignal): Promise<StopReason | null> {
    const { pacer, stopping } = this.#services;
    if (!this.isMidStep && this.#schedule.isOver(this.step)) this.#schedule.extend(this.step);
    this.#report.hush();
    this.#steps.start();
    this.#clock.start(performance.now());
    stopping.begin(this.#seconds);
    this.#trains = true;
    let reason: StopReason | null = null;
    try {
      // A way back, should the first steps go wrong.
      await this.#rollback.look(this.#seconds);
      pacer.begin();
      while (!signal.aborted && reason === null) {
        if (!(await this.#steps.take(signal))) break;
        if (await this.#report.due(signal)) {
          this.#tellSpeed();
          pacer.begin();
        }
        if (await this.#measure(signal)) pacer.begin();
        if (await this.#rollback.look(this.#seconds)) pacer.begin();
        reason = this.#schedule.isOver(this.step) ? 'epochs' : stopping.reason(this.#seconds);
      }
      if (reason !== null) await this.#measure(signal, true);
      // A pause may come before the first step's end.
      this.#emit('progress', null);
      await this.#report.numbers();
    } finally {
      this.#clock.stop(performance.now());
      this.#trains = false;
      this.#rollback.end();
    }
    return reason;
  }

  /** What a step of this preset takes here in truth, once that is known. */
  #tellSpeed(): void {
    const preset = presetOf(this.#config);
    const ms = this.#steps.steadyMs;
    if (preset !== null && ms !== null) this.#services.noteSpeed(preset, ms);
  }

  /** Training time so far, pauses left out. */
  get #seconds(): number {
    return this.#clock.at(performance.now());
  }

  /** Measures quality if it is time, or if training has `ended`. @returns whether it was */
  async #measure(signal: AbortSignal, ended = false): Promise<boolean> {
    const row = (await this.#quality?.look(this.#seconds, this.#report.recent, signal, ended)) ?? null;
    if (row === null) return false;
    this.#services.stopping.measured(row);
    return true;
  }

  /**
   * Half-steps of one network, after the other half of a step that a pause has left; until `signal` aborts, between two
   * of them. The clock runs, and all is told, measured and remembered as while it trains.
   */
  async halfSteps(network: NetworkName, count: number, signal: AbortSignal): Promise<void> {
    const { pacer } = this.#services;
    this.#report.hush();
    this.#clock.start(performance.now());
    this.#trains = true;
    try {
      pacer.begin();
      await this.#steps.finish(signal);
      for (let left = count; left > 0 && !signal.aborted; left--) {
        this.#started ??= Date.now();
        for (const _ of this.trainer.halfStep(network)) await pacer.afterPart();
        if (left > 1 && (await this.#betweenHalfSteps(signal))) pacer.begin();
      }
      await this.#report.numbers();
    } finally {
      this.#clock.stop(performance.now());
      this.#trains = false;
      this.#rollback.end();
    }
  }

  /** @returns whether anything was due */
  async #betweenHalfSteps(signal: AbortSignal): Promise<boolean> {
    const told = await this.#report.due(signal);
    const measured = await this.#measure(signal);
    return (await this.#rollback.look(this.#seconds)) || measured || told;
  }

  /** The run as it is: while it trains, at the next end of a part of the work. @throws GanvasError as Memory does */
  checkpoint(): Promise<Checkpoint> {
    return this.#trains ? this.#rollback.ask() : this.#rollback.now();
  }

  /** Which images a run that is taken up again has learnt from; null for any other run. */
  get learntFrom(): DatasetIdentity | null {
    return this.#saved?.dataset ?? null;
  }

  /** Whether a save would hold anything that the settings do not. */
  get isWorthKeeping(): boolean {
    return this.trainer.halfSteps > 0;
  }

  /** Goes back to the last good moment, after something went wrong while it trained. @returns whether there was one */
  goBack(): boolean {
    const saved = this.#rollback.goBack();
    if (saved === null) return false;
    this.#steps.drop();
    this.trainer.restore(saved.training);
    this.#log.replace(saved);
    this.#report.recall(saved.metrics);
    this.#quality?.goBack(saved.quality);
    this.#services.stopping.follow(saved.stopping);
    this.#emit('restored', pastOf(saved));
    this.#emit('trainingStatus', this.standing());
    return true;
  }

  async #take(): Promise<SavedRun> {
    // The losses until now first; training may have begun again meanwhile.
    while (this.trainer.hasUnreadScores) await this.#report.numbers();
    const reading = this.trainer.state();
    // All of the moment of the weights: what comes while they are read is of later steps.
    const quality = {
      ...(this.#quality?.past ?? this.#saved?.quality ?? { rows: [], nextAt: 0 }),
      real: this.#quality?.real ?? this.#saved?.quality.real ?? null,
    };
    const told = { ...this.#log.told, stopping: this.#services.stopping.progress, seconds: this.#seconds, quality };
    const training = await reading;
    return {
      runId: this.runId,
      savedAt: Date.now(),
      started: this.#started ?? Date.now(),
      ...(this.#saved?.origin && { origin: this.#saved.origin }),
      config: this.#config,
      dataset: this.#dataset ? await identityOf(this.#dataset) : (this.#saved?.dataset ?? identityByName(this.wanted)),
      backend: this.#services.backend,
      training,
      epochs: this.#schedule.epochs,
      ...told,
    };
  }

  /** Between two parts of a step weights are whole: who has asked for the run gets it now. */
  async #afterPart(): Promise<void> {
    this.#started ??= Date.now();
    if (this.#rollback.isAsked && this.#trains) await this.#rollback.look(this.#seconds);
  }

  /** What is left to show when work has ended; whatever begins next ends it. */
  showGrid(): Promise<void> {
    return this.#report.lastGrid();
  }

  /** Other weights are to be looked at: while work goes on, with the grid that comes next. */
  async showOtherWeights(): Promise<void> {
    if (this.trainer.config.weightAverage === 0) return;
    this.#report.hush();
    this.#report.hurryGrid();
    if (!this.#trains) await this.#report.lastGrid();
  }

  /** The run is over: what is still being drawn is not waited for. */
  hush(): void {
    this.#report.hush();
  }

  weights(): ReturnType<Trainer['weights']> {
    return this.trainer.weights();
  }

  dispose(): void {
    this.#report.hush();
    this.#steps.drop();
    this.#quality?.dispose();
    this.trainer.dispose();
  }
}
