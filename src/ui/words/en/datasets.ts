// English: what the datasets are called.
import type { DatasetId } from '../../../config/datasets.ts';

export const datasets: Readonly<Record<DatasetId, string>> = {
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
  'built-in': 'Built-in digits',
  own: 'Your own images',
};
