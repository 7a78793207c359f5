// What an earlier visit measured, as the page hands it over: taken only if it is whole, and of this device.
import * as z from 'zod/mini';
import type { Failure } from '../../config/errors.ts';
import type { BackendDetail, BackendName, Calibration, Measurement, MeasurementNote } from '../../protocol/devices.ts';

/** What no device undercuts, and what nobody waits for: any other time is damaged or made up. */
const shortestMs = 0.01;
const longestMs = 600_000;
/** What a driver calls itself and what it says of a failure are sentences at most. */
const longestText = 2_000;

const text = z.string().check(z.maxLength(longestText));
const backend = z.enum(['webgpu', 'webgl', 'wasm', 'cpu']) satisfies z.ZodMiniType<BackendName>;

const detail = z.union([
  z.object({ on: z.literal('device'), name: text }),
  z.object({ on: z.enum(['nameless-gpu', 'software', 'javascript', 'nothing']) }),
  z.object({
    on: z.literal('threads'),
    simd: z.boolean(),
    threads: z.int().check(z.positive()),
    limit: z.nullable(z.enum(['no-isolation', 'not-started'])),
  }),
  // Earlier versions of this page stored words.
  z.pipe(
    text,
    z.transform((name): BackendDetail => ({ on: 'device', name })),
  ),
]) satisfies z.ZodMiniType<BackendDetail>;

const network = z.enum(['generator', 'discriminator']);
const part = z.union([
  z.object({ part: z.literal('images') }),
  z.object({ part: z.enum(['gradient', 'statistic']), weight: text }),
]);

/** What starting a backend and testing it can fail with. */
const cause = z.union([
  z.object({
    code: z.enum([
      'webgpu-not-loaded',
      'webgpu-not-started',
      'webgpu-absent',
      'webgl-absent',
      'wasm-not-loaded',
      'wasm-not-started',
      'wasm-absent',
      'gpu-lost',
      'gpu-memory',
      'device-memory',
    ]),
    facts: z.object({}),
  }),
  z.object({ code: z.enum(['internal', 'webgpu-error']), facts: z.object({ message: text }) }),
  z.object({
    code: z.literal('self-test-loss'),
    facts: z.object({
      backend,
      network,
      loss: z.union([z.number(), z.enum(['not-a-number', 'infinite'])]),
      expected: z.number(),
    }),
  }),
  z.object({
    code: z.literal('self-test-off'),
    facts: z.object({ backend, what: part, off: z.union([z.number(), z.enum(['zero', 'not-a-number'])]) }),
  }),
]) satisfies z.ZodMiniType<Failure>;

const note = z.union([
  z.object({ note: z.enum(['absent', 'emulated', 'slow', 'untried']) }),
  z.object({ note: z.literal('too-slow'), steps: z.number(), images: z.number(), seconds: z.number() }),
  z.object({ note: z.literal('failed'), cause }),
  z.object({ note: z.literal('text'), text }),
  z.pipe(
    text,
    z.transform((words): MeasurementNote => ({ note: 'text', text: words })),
  ),
]) satisfies z.ZodMiniType<MeasurementNote>;

const ms = z.nullable(z.number().check(z.minimum(shortestMs), z.maximum(longestMs)));
/** For each preset a time that some device could take for a step, or null. */
const times = z.object({ quick: ms, light: ms, tutorial: ms });

const measurement = z.object({
  name: backend,
  detail,
  emulated: z.boolean(),
  passed: z.nullable(z.boolean()),
  why: z.nullable(note),
  msPerStep: times,
  msInTraining: times,
}) satisfies z.ZodMiniType<Measurement>;

const calibration = z.object({ device: z.string(), measurements: z.array(measurement).check(z.length(4)) });

/**
 * null: nothing was kept, or what was kept is of another device, of an older page, or damaged, or says that nothing
 * works.
 */
export function recall(kept: unknown, device: string): Calibration | null {
  const read = calibration.safeParse(kept);
  if (!read.success || read.data.device !== device) return null;
  const { measurements } = read.data;
  const isOneEach = new Set(measurements.map(({ name }) => name)).size === measurements.length;
  // Where nothing passed, nothing could be chosen: better to look again.
  return isOneEach && measurements.some(({ passed }) => passed === true) ? { device, measurements } : null;
}
