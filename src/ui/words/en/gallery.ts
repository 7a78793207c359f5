// English: the generated digits and the real ones.
import { format } from './format.ts';

export const gallery = {
  generated: 'Generated digits',
  real: 'Real digits',
  imagesFrom: (dataset: string) => `Images from ${dataset}`,
  realAppear: (dataset: string) => `${dataset}: some of them appear here when you press Train.`,
  realFetched: (dataset: string, megabytes: number) =>
    `${dataset} is fetched (${format.setting(megabytes)} MB) and appears here when you press Train.`,
  empty: 'Noise appears here as soon as the networks are built.',
  tiles: 'Tiles, arrow keys move between them',
  /** `digit`: from 1. `sure`: '62%'. */
  digit: (digit: number, sure: string) => `Digit ${digit}: the discriminator is ${sure} sure this is real`,
  pretrained: 'By a generator trained before',
  untrained: 'Untrained: noise',
  afterStep: (step: string) => `After step ${step}`,
  explore: 'Explore any of them',
};
