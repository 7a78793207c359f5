// A dataset in memory: images and labels as typed arrays, and where they came from.
import type { DatasetId, DatasetInfo } from '../config/datasets.ts';
import type { Place } from '../config/errors.ts';

/** Pixels on each side of an image, and in an image. */
export const side = 28;
export const pixelsPerImage = side * side;

/** Images with their classes. The arrays may be views into a larger buffer: copy before transferring. */
export interface LabelledImages {
  /** [n,28,28], row-major, 0 (paper) to 255 (ink). */
  readonly images: Uint8Array<ArrayBuffer>;
  /** [n], or null where nobody told the classes. */
  readonly labels: Uint8Array<ArrayBuffer> | null;
}

export interface Dataset extends LabelledImages {
  readonly info: DatasetInfo;
  /** The images that no training may see; absent where the dataset has none. */
  readonly test?: LabelledImages;
}

/** The datasets that are fetched, not drawn or brought. */
export type FetchedId = Extract<DatasetId, 'mnist' | 'fashion-mnist'>;

/** How far the work is. Fits the protocol's Progress; amounts are absent where nobody can know them. */
export type DataProgress = {
  readonly loadedBytes?: number;
  readonly totalBytes?: number;
} & (
  | { readonly stage: 'fetching'; readonly dataset: DatasetId; readonly from: Place }
  /** 'reading': from the browser's cache. */
  | { readonly stage: 'checking' | 'reading'; readonly dataset: DatasetId }
  | { readonly stage: 'reading-files' }
);

export type OnProgress = (progress: DataProgress) => void;
