// What run.json of a run file may hold: the shape of all that is no large array, and how much of it there may be.
import * as z from 'zod/mini';
import { type DatasetId, datasets } from '../config/datasets.ts';
import { maxFrames } from '../config/history.ts';
import type { RunOrigin } from '../config/waypoints.ts';
import { listOf } from './listOf.ts';
import { moment, mostCounted, natural, seconds } from './numbers.ts';
import { qualityRow, qualityShape } from './qualitySchema.ts';

/** Measurements come every three seconds at most: this is more than a day of them. */
export const maxRows = 30_000;
export const maxHeadBytes = 24 << 20;
/** Values and members: a measurement takes 21. */
export const maxHeadItems = 1_000_000;

/** JSON has no words for these, and measures of a collapsed run may be infinite or none. */
export const wordsOf = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
const measure = z.pipe(
  z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]),
  z.transform((value) => Number(value)),
);
const words = z.string().check(z.maxLength(200));

/** Where a run was begun that goes on from a waypoint of another. */
export const runOrigin = z.object({
  runId: z.string().check(z.minLength(1), z.maxLength(100)),
  step: natural,
  half: z.boolean(),
  started: moment,
}) satisfies z.ZodMiniType<RunOrigin>;

export const runHead = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  savedAt: moment,
  started: moment,
  origin: z.optional(runOrigin),
  config: z.unknown(),
  dataset: z.object({
    id: z.enum(Object.keys(datasets) as [DatasetId, ...DatasetId[]]),
    label: words,
    count: natural,
    sha256: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  }),
  backend: words,
  training: z.object({
    firstStep: natural,
    iterations: z.object({ generator: natural, discriminator: natural }),
    places: z.optional(z.object({ generator: natural, discriminator: natural })),
    owesGenerator: z.boolean(),
  }),
  epochs: z.int().check(z.positive(), z.maximum(mostCounted)),
  seconds,
  quality: z.object({
    rows: listOf(qualityRow(measure), maxRows),
    real: z.nullable(z.object(qualityShape(measure))),
    nextAt: seconds,
  }),
  stopping: z.object({ lowest: z.nullable(z.number().check(z.nonnegative())), without: natural }),
  frames: listOf(z.object({ step: natural, half: z.boolean() }), maxFrames),
});
