// The visitor's own images: finds out what the files are by their content, and makes one dataset of them.
import { GanvasError } from '../config/errors.ts';
import type { Dataset, OnProgress } from './dataset.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

export interface OwnImages {
  readonly dataset: Dataset;
  /** How many pictures had a light background and were inverted. */
  readonly inverted: number;
}

export async function readFiles(files: readonly File[], _options: ReadOptions = {}): Promise<OwnImages> {
  throw new GanvasError('bad-file', `${files.length} files cannot be read yet.`);
}
