// How far a run is: its steps and epochs, what is left of them, and when that will be done.
import { type RunConfig, stepsPerEpoch } from '../config/run.ts';
import type { Standing } from '../protocol/messages.ts';

export class Course {
  readonly #config: RunConfig;
  #images: number;
  #wantedEpochs: number;

  /** `images`: of the dataset, or as many as the one that is asked for will have. */
  constructor(config: RunConfig, images: number) {
    this.#config = config;
    this.#images = images;
    this.#wantedEpochs = config.epochs;
  }

  setImages(images: number): void {
    this.#images = images;
  }

  isOver(step: number): boolean {
    return step >= this.#totalSteps(step);
  }

  /** As many epochs again. */
  extend(step: number): void {
    this.#wantedEpochs = this.#epochs(step) + this.#config.epochs;
  }

  standing({ step, half }: Pick<Standing, 'step' | 'half'>, stepsPerSecond: number | null): Standing {
    const perEpoch = this.#stepsPerEpoch;
    const totalSteps = this.#totalSteps(step);
    const done = Math.max(0, step - 1);
    return {
      step,
      half,
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

  /** The epochs wanted, or more where opened weights or half-steps have gone beyond them. */
  #epochs(step: number): number {
    return Math.max(this.#wantedEpochs, Math.ceil(step / this.#stepsPerEpoch));
  }

  #totalSteps(step: number): number {
    return this.#stepsPerEpoch * this.#epochs(step);
  }
}
