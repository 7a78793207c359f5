// The shape of what was measured of a run's quality, wherever it is kept.
import * as z from 'zod/mini';
import { listOf } from './listOf.ts';

// Without this zod tries `new Function` to see if it may, which a Content-Security-Policy reports as an attack.
z.config({ jitless: true });

export const natural = z.int().check(z.nonnegative());
export const amount = z.number().check(z.nonnegative());
const share = z.number().check(z.minimum(0), z.maximum(1));

/** One `Quality`; `measure` reads a number that may be infinite or none, as those of a collapsed run are. */
export const qualityShape = <Measure extends z.ZodMiniType<number>>(measure: Measure) => ({
  digits: z.nullable(
    z.object({
      classShares: listOf(share, 10, 10),
      covered: z.int().check(z.minimum(0), z.maximum(10)),
      divergence: measure,
      confidence: measure,
      inceptionScore: measure,
      frechet: measure,
    }),
  ),
  diversity: measure,
});

/** One `QualityRow`. */
export const qualityRow = <Measure extends z.ZodMiniType<number>>(measure: Measure) =>
  z.object({ step: natural, seconds: amount, ...qualityShape(measure) });
