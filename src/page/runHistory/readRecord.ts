// A record of a run as it is stored, and back: what is read may be damaged, or of another version of this page.
import * as z from 'zod/mini';
import { type DatasetId, datasets } from '../../config/datasets.ts';
import { presets } from '../../config/presets.ts';
import { fixed } from '../../config/run.ts';
import { parseConfig } from '../../config/settings.ts';
import { stopRuleNames } from '../../config/stopping.ts';
import { listOf } from '../../files/listOf.ts';
import { moment, natural, seconds } from '../../files/numbers.ts';
import { qualityRow } from '../../files/qualitySchema.ts';
import { runOrigin } from '../../files/runHead.ts';
import { type KeptCurve, pointsKept, type RunRecord, recordVersion, rowsKept } from '../state/runRecord.ts';

/** A measure of a collapsed run may be infinite or none. */
const measure = z.custom<number>((value) => typeof value === 'number');

const ascends = (steps: Uint32Array): boolean => steps.every((step, i) => i === 0 || step > (steps[i - 1] ?? 0));

const curve = z.custom<KeptCurve>((value) => {
  const { steps, values } = (value ?? {}) as Partial<KeptCurve>;
  if (!(steps instanceof Uint32Array && values instanceof Float32Array)) return false;
  return (
    steps.length === values.length && steps.length <= pointsKept && ascends(steps) && values.every(Number.isFinite)
  );
});

const schema = z.object({
  version: z.literal(recordVersion),
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  started: moment,
  origin: z.optional(runOrigin),
  /** Read by itself: settings of earlier times lack some. */
  config: z.unknown(),
  preset: z.string(),
  dataset: z.object({
    id: z.enum(Object.keys(datasets) as [DatasetId, ...DatasetId[]]),
    label: z.string().check(z.maxLength(200)),
  }),
  backend: z.enum(['webgpu', 'webgl', 'wasm', 'cpu']),
  steps: natural,
  seconds,
  curves: z.object({ discriminatorLoss: curve, generatorLoss: curve, accuracyReal: curve, accuracyFake: curve }),
  quality: listOf(qualityRow(measure), rowsKept),
  recognisable: z.nullable(z.object({ step: natural, seconds })),
  grid: z.nullable(
    z.custom<Uint8Array<ArrayBuffer>>(
      (value) => value instanceof Uint8Array && value.length === fixed.gridTiles * fixed.imageSize ** 2,
    ),
  ),
  ended: z.nullable(z.enum(['epochs', 'failed', ...stopRuleNames])),
});

/** The database's key path is `id`, under which each version of this page stores the run id. */
export type StoredRecord = Omit<RunRecord, 'runId'> & { readonly id: RunRecord['runId'] };

export const storedForm = ({ runId, ...rest }: RunRecord): StoredRecord => ({ ...rest, id: runId });

/** null for what is not a whole record of this version. */
export function readRecord(value: unknown): RunRecord | null {
  const read = schema.safeParse(value);
  if (!read.success) return null;
  try {
    const config = parseConfig(read.data.config);
    const { id, preset, ...rest } = read.data;
    // A preset of another time: its settings are what counts.
    return { ...rest, runId: id, config, preset: isPreset(preset) ? preset : 'changed' };
  } catch {
    // Settings that were never possible.
    return null;
  }
}

const isPreset = (name: string): name is keyof typeof presets => Object.hasOwn(presets, name);
