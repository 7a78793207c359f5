// Which images a run learns from, so that one taken up again goes on with the same.
import { type DatasetId, datasets } from '../../config/datasets.ts';
import { GanvasError } from '../../config/errors.ts';
import type { Dataset } from '../../data/dataset.ts';
import { sha256 } from '../../data/sha256.ts';
import type { DatasetIdentity } from '../../files/savedRun.ts';

const sums = new WeakMap<Uint8Array, Promise<string>>();

/** A checksum is taken of the visitor's own images only: that of others was checked where they were loaded. */
export async function identityOf({ info, images }: Dataset): Promise<DatasetIdentity> {
  const { id, label, count } = info;
  if (id !== 'own') return { id, label, count, sha256: null };
  const sum = sums.get(images) ?? sha256(images);
  sums.set(images, sum);
  return { id, label, count, sha256: await sum };
}

/** That of a dataset which has not been loaded yet. */
export function identityByName(id: DatasetId): DatasetIdentity {
  const { label, count } = datasets[id];
  return { id, label, count: count ?? 0, sha256: null };
}

/**
 * @throws GanvasError 'other-images' when a dataset is not the one that a run has learnt from, or the visitor's images
 * are not
 */
export async function checkIdentity(dataset: Dataset, expected: DatasetIdentity): Promise<void> {
  const sameName = dataset.info.id === expected.id;
  if (sameName && (expected.sha256 === null || (await identityOf(dataset)).sha256 === expected.sha256)) return;
  throw new GanvasError('other-images', { count: expected.count, dataset: expected.id });
}
