// The MNIST files of a folder as images and labels.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readIdxImages, readIdxLabels } from '../../src/data/idx.ts';

export interface Digits {
  /** [count, 28, 28], ink 255 on 0. */
  readonly images: Uint8Array;
  /** [count], 0 to 9. */
  readonly labels: Uint8Array;
}

/** @param part the 60,000 training digits or the 10,000 test digits */
export function readMnist(folder: string, part: 'train' | 't10k'): Digits {
  const read = (name: string) => new Uint8Array(gunzipSync(readFileSync(join(folder, `${part}-${name}.gz`))));
  return {
    images: readIdxImages(read('images-idx3-ubyte'), 'images'),
    labels: readIdxLabels(read('labels-idx1-ubyte'), 'labels'),
  };
}
