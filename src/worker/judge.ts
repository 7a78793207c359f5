// The digit classifier's weights: fetched from beside the page once a worker, when a run first wants to be judged.
import { GanvasError } from '../config/errors.ts';
import type { WeightArray } from '../config/weights.ts';
import { decode } from '../files/safetensors.ts';
import { classifierFile } from '../quality/classifier.ts';

export type ClassifierWeights = Readonly<Record<string, WeightArray>>;

export class Judge {
  /** The page's address, beside which the file lies. */
  pageUrl = '';
  #weights: Promise<ClassifierWeights> | null = null;

  /** Tries anew after a failure. @throws GanvasError 'no-classifier' */
  weights(): Promise<ClassifierWeights> {
    this.#weights ??= fetchWeights(this.pageUrl).catch((error: unknown) => {
      this.#weights = null;
      throw error;
    });
    return this.#weights;
  }
}

async function fetchWeights(pageUrl: string): Promise<ClassifierWeights> {
  try {
    const response = await fetch(new URL(classifierFile, pageUrl));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return Object.fromEntries(decode(new Uint8Array(await response.arrayBuffer()), classifierFile).tensors);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GanvasError('no-classifier', `The classifier that judges the digits could not be fetched: ${why}.`, {
      cause,
    });
  }
}
