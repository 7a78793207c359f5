// The shape of what was measured of a run's quality, wherever it is kept.
import * as z from 'zod/mini';
import { listOf } from './listOf.ts';
import { natural, seconds } from './numbers.ts';

/** Whoever adds up rounded numbers may come out a little beyond what they add up to. */
export const rounding = 1e-3;

const share = z.number().check(z.minimum(0), z.maximum(1));
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** A number from 0 up to `most` or what rounding makes of it, or none. */
const upTo = <Measure extends z.ZodMiniType<number>>(measure: Measure, most: number) =>
  measure.check(z.refine((value) => Number.isNaN(value) || (value >= 0 && value <= most + rounding)));

/** One `Quality`; `measure` reads a number that may be infinite or none, as those of a collapsed run are. */
export const qualityShape = <Measure extends z.ZodMiniType<number>>(measure: Measure) => ({
  digits: z.nullable(
    z.object({
      classShares: listOf(share, 10, 10).check(z.refine((shares) => sumOf(shares) <= 1 + rounding)),
      covered: z.int().check(z.minimum(0), z.maximum(10)),
      divergence: upTo(measure, Number.POSITIVE_INFINITY),
      confidence: upTo(measure, 1),
      inceptionScore: upTo(measure, 10),
      frechet: upTo(measure, Number.POSITIVE_INFINITY),
    }),
  ),
  diversity: upTo(measure, Number.POSITIVE_INFINITY),
});

/** One `QualityRow`. */
export const qualityRow = <Measure extends z.ZodMiniType<number>>(measure: Measure) =>
  z.object({ step: natural, seconds, ...qualityShape(measure) });
