// The page's name of a dataset that a save holds by its stored name.
import { type DatasetId, datasets as stored } from '../../config/datasets.ts';
import type { Words } from './words.ts';

/** Saves of earlier versions may hold another name: the page shows it as it is. */
export function datasetNamed(name: string, { datasets }: Pick<Words, 'datasets'>): string {
  const ids = Object.keys(stored) as DatasetId[];
  const id = ids.find((each) => stored[each].label === name);
  return id === undefined ? name : datasets[id];
}
