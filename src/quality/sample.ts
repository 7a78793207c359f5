// Samples of the real images: some to compare with, and others that show what a perfect generator would get.
import { GanvasError } from '../config/errors.ts';
import { qualitySamples } from '../config/quality.ts';

/** Real images to compare with. Four times as many as are measured: their own scatter then adds little. */
const mostReference = 2_048;
/** A mean and a scatter need two. */
const least = 2;

export interface RealSample {
  /** Indices of the images that are compared with. */
  readonly reference: Uint32Array;
  /** Indices of others, as many as are measured of generated ones where there are enough. */
  readonly others: Uint32Array;
}

/**
 * A sample without replacement, the same for the same number of images. From fewer images than 2,048 + 512 all are
 * taken: the others get 512 or half of them, whichever is less, and the reference the rest.
 * @throws GanvasError 'too-few-images' below four
 */
export function sampleReal(count: number): RealSample {
  if (count < 2 * least) throw new GanvasError('too-few-to-compare', { count, least: 2 * least });
  const others = Math.min(qualitySamples, Math.floor(count / 2));
  const reference = Math.min(mostReference, count - others);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  // Fisher and Yates, as far as is needed; the multiplicative generator of Park and Miller 1988 is random enough for
  // that.
  let state = 1;
  for (let place = 0; place < others + reference; place++) {
    state = (state * 48_271) % 2_147_483_647;
    const from = place + Math.floor((state / 2_147_483_647) * (count - place));
    [order[place], order[from]] = [order[from] ?? 0, order[place] ?? 0];
  }
  return { reference: order.slice(others, others + reference), others: order.slice(0, others) };
}
