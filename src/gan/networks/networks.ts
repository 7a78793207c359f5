// The two networks of a run, and how many images they take at once.
import { generatorWidths } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Variables } from './weights.ts';

export interface Networks {
  readonly generator: Variables<'generator'>;
  readonly discriminator: Variables<'discriminator'>;
}

/**
 * Images in a chunk: the largest feature map stays near 2²¹ numbers (8 MB), so that memory is bounded whatever the
 * batch and messages are read in between. From the configuration alone: the same seed must give the same sums.
 *
 * Batch normalisation takes its moments over a chunk, which for most settings is the whole batch. Where it is not, this
 * is "ghost batch normalisation" (Hoffer, Hubara and Soudry 2017): the one thing that chunks change beside the order of
 * sums.
 */
export function chunkSize(config: RunConfig): number {
  const [, , widest] = generatorWidths(config);
  return Math.max(2, 2 ** Math.floor(Math.log2(2 ** 21 / (28 * 28 * widest))));
}
