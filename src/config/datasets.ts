// The datasets by name. Where their bytes come from is in src/data; what the page calls them, in src/ui/words.

/**
 * Each dataset with its name in files and saved runs, its number of training images, the megabytes to fetch (null:
 * none), and whether its classes are the digits that the classifier knows. 'own': the visitor's own images.
 */
export const datasets = {
  mnist: {
    label: 'MNIST',
    count: 60_000,
    megabytes: 11.6,
    digits: true,
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  'fashion-mnist': {
    label: 'Fashion-MNIST',
    count: 60_000,
    megabytes: 30.9,
    digits: false,
    classes: ['T-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
  },
  'built-in': {
    label: 'Built-in digits',
    count: 10_000,
    megabytes: null,
    digits: true,
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  own: { label: 'Your own images', count: null, megabytes: null, digits: false, classes: null },
} as const;

/** The cache of fetched datasets, in Cache Storage. */
export const datasetCache = 'ganvas-datasets-1';

export type DatasetId = keyof typeof datasets;

/** Where the bytes of a dataset came from. */
export type Origin =
  | { readonly from: 'cache' | 'this-site' | 'drawn' }
  | { readonly from: 'host'; readonly host: string }
  /** The visitor's own files, some of them by name. */
  | { readonly from: 'files'; readonly names: readonly string[]; readonly more: number };

/** The images in use. */
export interface DatasetInfo {
  readonly id: DatasetId;
  readonly label: string;
  readonly count: number;
  readonly origin: Origin;
}
