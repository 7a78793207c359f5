// The digit classifier's weights: fetched from beside the page once a worker, when a run first wants to be judged.
import { failureOf, GanvasError } from '../../config/errors.ts';
import type { WeightArray } from '../../config/weights.ts';
import { decode } from '../../files/safetensors.ts';
import { classifierFile } from '../../quality/classifier.ts';

export type ClassifierWeights = Readonly<Record<string, WeightArray>>;

export class Judge {
  /** The page's address, beside which the file lies. */
  pageUrl = '';
  #state: 'unasked' | 'fetching' | ClassifierWeights | GanvasError = 'unasked';

  /**
   * What is there of them, without waiting: training does not stand still for a network.
   * @returns null while they are being fetched, which begins with the first call and with the first after a failure
   * @throws GanvasError 'no-classifier', once after each failure
   */
  weights(): ClassifierWeights | null {
    const state = this.#state;
    if (state instanceof GanvasError) {
      this.#state = 'unasked';
      throw state;
    }
    if (state === 'unasked') void this.#fetch();
    return typeof state === 'string' ? null : state;
  }

  async #fetch(): Promise<void> {
    this.#state = 'fetching';
    try {
      this.#state = await fetchWeights(this.pageUrl);
    } catch (error) {
      // Told to whoever asks next.
      this.#state = error as GanvasError;
    }
  }
}

/** @throws GanvasError 'no-classifier' and no other */
async function fetchWeights(pageUrl: string): Promise<ClassifierWeights> {
  let status: number;
  try {
    const response = await fetch(new URL(classifierFile, pageUrl));
    status = response.status;
    if (response.ok) {
      return Object.fromEntries(decode(new Uint8Array(await response.arrayBuffer()), classifierFile).tensors);
    }
  } catch (cause) {
    throw new GanvasError('no-classifier', { reason: failureOf(cause) }, { cause });
  }
  throw new GanvasError('no-classifier', { reason: { status } });
}
