// The datasets of this worker: each is fetched, drawn or read once, and kept for the runs to come.
import type { DatasetId } from '../../config/datasets.ts';
import { datasets } from '../../config/datasets.ts';
import { GanvasError } from '../../config/errors.ts';
import type { Pictures } from '../../config/history.ts';
import { drawingDigits } from '../../data/builtIn/drawDigits.ts';
import { type Dataset, type OnProgress, pixelsPerImage } from '../../data/dataset.ts';
import { loadDataset } from '../../data/fetchDataset.ts';
import { type OwnImages, readFiles } from '../../data/own.ts';
import type { OwnImages as KeptImages } from '../../files/checkpoints.ts';
import { openZip } from '../../files/zip.ts';
import type { Progress } from '../../protocol/messages.ts';
import { yieldToMessages } from '../shared/yieldToMessages.ts';

/** One seed for everybody: the built-in digits are a dataset, not a part of the run. */
const builtInSeed = 1;

export class DatasetLibrary {
  /** The page's address, beside which the host's own copies lie. */
  pageUrl = '';
  readonly #loaded = new Map<DatasetId, Dataset>();
  /** The visitor's images that were read last, until they are used. */
  #candidate: Dataset | null = null;

  /** The dataset if it can be had without asking another host, else null. @throws GanvasError 'cancelled' */
  async local(id: DatasetId, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<Dataset | null> {
    const kept = this.#loaded.get(id);
    if (kept) return kept;
    if (id === 'own') return null;
    const dataset =
      id === 'built-in'
        ? await drawBuiltIn(signal)
        : await loadDataset(id, { baseUrl: this.pageUrl, signal, onProgress, localOnly: true });
    if (dataset) this.#loaded.set(id, dataset);
    return dataset;
  }

  /**
   * @throws GanvasError of src/data when it could not be fetched, 'cancelled', or 'too-few-images' for 'own' before any
   * were read
   */
  async load(id: DatasetId, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<Dataset> {
    const kept = this.#loaded.get(id);
    if (kept) return kept;
    if (id === 'own') throw new GanvasError('no-own-images', {});
    let dataset: Dataset;
    if (id === 'built-in') {
      onProgress({ stage: 'drawing' });
      dataset = await drawBuiltIn(signal);
    } else {
      dataset = await loadDataset(id, { baseUrl: this.pageUrl, signal, onProgress: onProgress satisfies OnProgress });
    }
    this.#loaded.set(id, dataset);
    return dataset;
  }

  /**
   * What `load` gives, or the built-in digits where that could not be fetched, after telling why.
   * @throws GanvasError as `load` does, but only for what has no stand-in, or 'cancelled'
   */
  async loadOrStandIn(
    id: DatasetId,
    signal: AbortSignal,
    tell: { onProgress: (progress: Progress) => void; onUnavailable: (error: GanvasError) => void },
  ): Promise<Dataset> {
    try {
      return await this.load(id, signal, tell.onProgress);
    } catch (error) {
      const fetched = id !== 'built-in' && id !== 'own';
      if (!fetched || signal.aborted || !(error instanceof GanvasError) || error.kind === 'cancelled') throw error;
      tell.onUnavailable(error);
      return this.load('built-in', signal, tell.onProgress);
    }
  }

  /** Takes the visitor's images of an earlier visit for the dataset 'own'. @returns what has it be what it was */
  adopt({ images, labels, origin }: KeptImages): () => void {
    const before = this.#loaded.get('own');
    const count = images.length / pixelsPerImage;
    const adopted: Dataset = { info: { id: 'own', label: datasets.own.label, count, origin }, images, labels };
    this.#loaded.set('own', adopted);
    return () => {
      // Unless others were taken meanwhile.
      if (this.#loaded.get('own') !== adopted) return;
      if (before) this.#loaded.set('own', before);
      else this.#loaded.delete('own');
    };
  }

  /**
   * Reads the visitor's files, to be looked at: the dataset 'own' stays what it was until `useRead`. @throws
   * GanvasError
   */
  async read(files: readonly File[]): Promise<OwnImages> {
    const own = await readFiles(files, { openZip });
    this.#candidate = own.dataset;
    return own;
  }

  /** What was read last is the dataset 'own' from now on. Does nothing where it is already, or nothing was read. */
  useRead(): void {
    if (this.#candidate) this.#loaded.set('own', this.#candidate);
    this.#candidate = null;
  }
}

async function drawBuiltIn(signal: AbortSignal): Promise<Dataset> {
  const { count, label } = datasets['built-in'];
  const drawing = drawingDigits(count, builtInSeed);
  for (;;) {
    const { done, value } = drawing.next();
    if (done) return { info: { id: 'built-in', label, count, origin: { from: 'drawn' } }, ...value };
    await yieldToMessages();
    if (signal.aborted) throw new GanvasError('drawing-cancelled', {});
  }
}

/** `count` images spread over the dataset, or all where it has fewer: a copy that can be transferred. */
export function samplesOf({ images, info }: Dataset, count: number): Pictures {
  const size = 28 * 28;
  const shown = Math.min(count, info.count);
  const pixels = new Uint8Array(shown * size);
  for (let i = 0; i < shown; i++) {
    const from = Math.floor((i * info.count) / shown) * size;
    pixels.set(images.subarray(from, from + size), i * size);
  }
  return { pixels, count: shown };
}
