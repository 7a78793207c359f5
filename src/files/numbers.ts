// The numbers of what is kept, with the bounds that they have: past them dates break, sums become infinite and counts
// inexact.
import * as z from 'zod/mini';

// Without this zod tries `new Function` to see if it may, which a Content-Security-Policy reports as an attack.
z.config({ jitless: true });

/** No step, epoch or image is counted further. */
export const mostCounted = 2 ** 31;
export const natural = z.int().check(z.nonnegative(), z.maximum(mostCounted));

/** Of training: some thirty years. */
export const mostSeconds = 1e9;
export const seconds = z.number().check(z.nonnegative(), z.maximum(mostSeconds));

/** In milliseconds since 1970; past these there is no date, and whoever writes one breaks. */
export const moment = z.number().check(z.nonnegative(), z.maximum(8.64e15));
