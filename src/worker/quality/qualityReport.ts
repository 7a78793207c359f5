// What a run tells of its quality: measurements when they are due, and what they and the losses say is going on.
import { datasets } from '../../config/datasets.ts';
import { GanvasError } from '../../config/errors.ts';
import type { Finding } from '../../config/findings.ts';
import type { QualityRow, RealQuality } from '../../config/quality.ts';
import type { Dataset } from '../../data/dataset.ts';
import { chunkSize } from '../../gan/networks/networks.ts';
import type { Trainer } from '../../gan/training/trainer.ts';
import { encodeError } from '../../protocol/errors.ts';
import { DigitClassifier } from '../../quality/classifier.ts';
import { diagnose, type StepRow } from '../../quality/diagnosis.ts';
import { QualityMeter } from '../../quality/measure.ts';
import type { Emit } from '../shared/emit.ts';
import { currentDevice } from '../shared/gpuQueue.ts';
import { yieldToMessages } from '../shared/yieldToMessages.ts';
import type { Judge } from './judge.ts';
import { type QualityPast, QualityWatch } from './qualityWatch.ts';

/** Of training time, before a classifier that could not be had is asked for again. */
const againAfterSeconds = 30;

export class QualityReport {
  readonly #emit: Emit;
  readonly #trainer: Trainer;
  readonly #watch: QualityWatch;
  #said: readonly Finding[] = [];
  #notBefore = 0;
  /** Measuring for the first time, for which a GPU's driver compiles as it does for the first step. */
  #compiles = false;

  /** `past`: what was measured before, of a run that is taken up again. */
  constructor(trainer: Trainer, dataset: Dataset, emit: Emit, judge: Judge, past?: QualityPast) {
    this.#emit = emit;
    this.#trainer = trainer;
    this.#watch = new QualityWatch({
      config: trainer.config,
      draw: (latents, between) => trainer.draw(latents, between),
      makeMeter: async (between) => {
        const { digits } = datasets[dataset.info.id];
        const weights = digits ? judge.weights() : null;
        if (digits && weights === null) return null;
        if (currentDevice() !== null) {
          this.#compiles = true;
          this.#emit('progress', { stage: 'compiling', what: 'first-measurement' });
        }
        const classifier = weights && new DigitClassifier(weights);
        try {
          return await QualityMeter.create(dataset, classifier, { between, chunk: chunkSize(trainer.config) });
        } catch (error) {
          classifier?.dispose();
          throw error;
        }
      },
      onReal: (real) => emit('realQuality', real),
      past,
    });
  }

  /**
   * Measures if it is time, after `seconds` of training, and tells what is going on. `recent`: the newest steps'
   * losses. `ended`:
   * training has, and this is the last measurement.
   * @returns the measurement; null when it is not time for one, when `signal` aborts, or while there is no classifier
   */
  async look(
    seconds: number,
    recent: readonly StepRow[],
    signal: AbortSignal,
    ended = false,
  ): Promise<QualityRow | null> {
    if (seconds < this.#notBefore) return null;
    const between = async (): Promise<void> => {
      await yieldToMessages();
      signal.throwIfAborted();
    };
    try {
      const row = await this.#watch.look(this.#trainer.step, seconds, between, ended);
      if (row === null) return null;
      this.#emit('quality', row);
      this.tellFindings(recent);
      return row;
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof GanvasError) || error.kind !== 'no-classifier') throw error;
      this.#emit('qualityUnavailable', encodeError(error));
      this.#notBefore = seconds + againAfterSeconds;
      return null;
    } finally {
      if (this.#compiles) this.#emit('progress', null);
      this.#compiles = false;
    }
  }

  /** What was going on when a run was saved that is taken up again. `recent`: the newest steps' losses. */
  tellFindings(recent: readonly StepRow[]): void {
    if (this.#watch.rows.length === 0) return;
    this.#said = diagnose(recent, this.#watch.rows, this.#said, this.#watch.real);
    this.#emit('findings', this.#said);
  }

  get past(): QualityPast {
    return this.#watch.past;
  }

  get real(): RealQuality | null {
    return this.#watch.real;
  }

  /** Goes back to what was measured until then. */
  goBack(past: QualityPast): void {
    this.#watch.goBack(past);
  }

  /** Frees what is on the device. Safe to call twice. */
  dispose(): void {
    this.#watch.dispose();
  }
}
