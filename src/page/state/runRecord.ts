// The record of a run: all that it takes to look at it again, to compare it and to repeat it. No weights.
import type { DatasetId } from '../../config/datasets.ts';
import type { SeriesName } from '../../config/history.ts';
import type { PresetName } from '../../config/presets.ts';
import type { QualityRow } from '../../config/quality.ts';
import type { RunConfig } from '../../config/run.ts';
import type { StopReason } from '../../config/stopping.ts';
import type { RunOrigin } from '../../config/waypoints.ts';
import type { BackendName } from '../../protocol/devices.ts';

/** Of the shape below. A record of another one is not read. */
export const recordVersion = 1;

/** Of each series, however long the run. */
export const pointsKept = 600;
/** Measurements of the quality. */
export const rowsKept = 300;

/** A series of the history, thinned; the steps grow. */
export interface KeptCurve {
  readonly steps: Uint32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
}

export interface RunRecord {
  readonly version: typeof recordVersion;
  readonly runId: string;
  /** When its first step was taken, in milliseconds since 1970. */
  readonly started: number;
  /** Where it was begun, where it goes on from another. */
  readonly origin?: RunOrigin | undefined;
  /** As it was in the end: the learning rates may have changed on the way. The seed is in it. */
  readonly config: RunConfig;
  readonly preset: PresetName | 'changed';
  readonly dataset: { readonly id: DatasetId; readonly label: string };
  readonly backend: BackendName;
  readonly steps: number;
  /** Of training, pauses left out. */
  readonly seconds: number;
  readonly curves: Readonly<Record<SeriesName, KeptCurve>>;
  readonly quality: readonly QualityRow[];
  readonly recognisable: { readonly step: number; readonly seconds: number } | null;
  /** [64, 28, 28], 0 to 255; null when none was drawn. */
  readonly grid: Uint8Array<ArrayBuffer> | null;
  /** What ended it by itself; null for the visitor. */
  readonly ended: StopReason | 'failed' | null;
}

/** About how many bytes it takes to keep it. */
export function bytesOf({ curves, grid, ...rest }: RunRecord): number {
  const points = Object.values(curves).reduce(
    (sum, { steps, values }) => sum + steps.byteLength + values.byteLength,
    0,
  );
  return points + (grid?.byteLength ?? 0) + 2 * JSON.stringify(rest).length;
}

/** The newest value of a series; null where there is none. */
export const lastOf = ({ curves }: RunRecord, name: SeriesName): number | null => curves[name].values.at(-1) ?? null;
