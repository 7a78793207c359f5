// How far a run is: its steps and epochs, what is left of them, and when that will be done.
import { type RunConfig, stepsPerEpoch } from '../../config/run.ts';
import type { TrainingStatus } from '../../protocol/messages.ts';

export class Schedule {
  readonly #config: RunConfig;
  readonly #firstStep: number;
  /** Whether it is settled how many epochs are wanted, whatever dataset comes. */
  readonly #settled: boolean;
  #images: number;
  #wantedEpochs: number;

  /**
   * `images`: of the dataset, or as many as the one that is asked for will have. `firstStep`: what opened weights have
   * seen;
   * where that is as much as is wanted, or more, as many epochs again follow on the one they are in. `epochs`: what a
   * run that
   * is taken up again had come to want.
   */
  constructor(config: RunConfig, images: number, firstStep: number, epochs: number | null = null) {
    this.#config = config;
    this.#firstStep = firstStep;
    this.#images = images;
    this.#settled = epochs !== null;
    this.#wantedEpochs = epochs ?? this.#planned();
  }

  /** Wanted by now. */
  get epochs(): number {
    return this.#wantedEpochs;
  }

  setImages(images: number): void {
    this.#images = images;
    if (!this.#settled) this.#wantedEpochs = this.#planned();
  }

  #planned(): number {
    const { epochs } = this.#config;
    const behind = this.#firstStep / this.#stepsPerEpoch;
    return behind < epochs ? epochs : Math.ceil(behind) + epochs;
  }

  isOver(step: number): boolean {
    return step >= this.#totalSteps(step);
  }

  /** As many epochs again. */
  extend(step: number): void {
    this.#wantedEpochs = this.#epochs(step) + this.#config.epochs;
  }

  standing(
    { step, ...now }: Pick<TrainingStatus, 'step' | 'half' | 'halfSteps' | 'alone' | 'seconds'>,
    stepsPerSecond: number | null,
  ): TrainingStatus {
    const perEpoch = this.#stepsPerEpoch;
    const totalSteps = this.#totalSteps(step);
    const done = Math.max(0, step - 1);
    return {
      step,
      ...now,
      totalSteps,
      epoch: Math.floor(done / perEpoch) + 1,
      epochs: this.#epochs(step),
      stepInEpoch: step === 0 ? 0 : (done % perEpoch) + 1,
      stepsPerEpoch: perEpoch,
      stepsPerSecond,
      secondsLeft: stepsPerSecond === null ? null : Math.max(0, totalSteps - step) / stepsPerSecond,
    };
  }

  get #stepsPerEpoch(): number {
    return stepsPerEpoch(this.#config, this.#images);
  }

  /** The epochs wanted, or more where half-steps have gone beyond them. */
  #epochs(step: number): number {
    return Math.max(this.#wantedEpochs, Math.ceil(step / this.#stepsPerEpoch));
  }

  #totalSteps(step: number): number {
    return this.#stepsPerEpoch * this.#epochs(step);
  }
}
