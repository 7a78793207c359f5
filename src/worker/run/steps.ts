// A run's training steps, one after the other: each in parts, left by a pause between any two of them, and gone on with
// from there.
import type { Trainer } from '../../gan/training/trainer.ts';
import type { Emit } from '../shared/emit.ts';
import type { Pacer } from './pace.ts';
import { Speed } from './speed.ts';

export class Steps {
  readonly #trainer: Trainer;
  readonly #pacer: Pacer;
  readonly #emit: Emit;
  readonly #onPart: () => Promise<void>;
  readonly #speed = new Speed();
  /** A step that a pause has left between two parts. */
  #begun: Generator<void, void> | null = null;
  /** The first step of all has the driver compile what it needs. */
  #compiled = false;

  /** `onPart` is awaited after each part of the work. */
  constructor(trainer: Trainer, pacer: Pacer, emit: Emit, onPart: () => Promise<void>) {
    this.#trainer = trainer;
    this.#pacer = pacer;
    this.#emit = emit;
    this.#onPart = onPart;
  }

  get isMidStep(): boolean {
    return this.#begun !== null;
  }

  /** null until a step has been timed. */
  get perSecond(): number | null {
    return this.#speed.stepsPerSecond;
  }

  /** Milliseconds a step, where there were enough to tell; see `Speed`. */
  get steadyMs(): number | null {
    return this.#speed.steadyMsPerStep;
  }

  /** Training begins or goes on: the time before it does not count. */
  start(): void {
    this.#speed.start(performance.now());
  }

  /**
   * Goes on with the step that was left, or takes the next one, until its end or until `signal` aborts. @returns
   * whether it has ended
   */
  async take(signal: AbortSignal): Promise<boolean> {
    const wasCompiled = this.#compiled;
    if (!wasCompiled) this.#emit('progress', { stage: 'compiling', what: 'first-step' });
    this.#begun ??= this.#trainer.trainStep();
    if (!(await this.finish(signal))) return false;
    this.#speed.stepEnded(performance.now(), wasCompiled);
    if (!wasCompiled) this.#emit('progress', null);
    return true;
  }

  /** Goes on with the step that was left, if one was, and times nothing. @returns whether none is left */
  async finish(signal: AbortSignal): Promise<boolean> {
    while (this.#begun !== null && !signal.aborted) {
      const { done } = this.#begun.next();
      await this.#pacer.afterPart();
      if (done) {
        this.#begun = null;
        this.#compiled = true;
      }
      await this.#onPart();
    }
    return this.#begun === null;
  }

  /** Gives the step up that was left. */
  drop(): void {
    this.#begun?.return();
    this.#begun = null;
  }
}
