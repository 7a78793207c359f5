// Training steps as the page's worker takes them.
import type { RunConfig } from '../../../src/config/run.ts';
import { RandomBatches } from '../../../src/gan/training/batches.ts';
import { Trainer } from '../../../src/gan/training/trainer.ts';
import type { Work } from './calls.ts';

export class Ours implements Work {
  readonly #trainer: Trainer;

  /** On tfjs's current backend. images: [n, 28, 28], 0 to 255 */
  constructor(config: RunConfig, images: Uint8Array) {
    this.#trainer = new Trainer(config, new RandomBatches(config, images));
  }

  async step(): Promise<void> {
    for (const _ of this.#trainer.trainStep());
    const scores = await this.#trainer.takeScores();
    if (!scores.every(({ loss }) => Number.isFinite(loss))) throw new Error('A loss is not finite.');
  }

  dispose(): void {
    this.#trainer.dispose();
  }
}
