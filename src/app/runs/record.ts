// What is kept of a run when it is over: all that it takes to look at it again, to compare it and to repeat it. No weights.
import { type DatasetId, datasets } from '../../config/datasets.ts';
import { type SeriesName, seriesNames } from '../../config/history.ts';
import { type PresetName, presetOf } from '../../config/presets.ts';
import type { QualityRow } from '../../config/quality.ts';
import type { RunConfig } from '../../config/run.ts';
import type { StopReason } from '../../config/stopping.ts';
import type { History } from '../../files/history.ts';
import type { BackendName } from '../../protocol/devices.ts';
import { decimate } from '../charts/decimate.ts';
import type { PageState } from '../store.ts';

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
  readonly id: string;
  /** When its first step was taken, in milliseconds since 1970. */
  readonly started: number;
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

/** What only the page's clock knows of a run. */
export type Timing = Pick<RunRecord, 'id' | 'started' | 'seconds'>;

/** The current run as it is now; null while it has no step, or nobody knows on what it runs. */
export function recordOf(state: PageState, history: History, timing: Timing): RunRecord | null {
  const { config, description, loaded, dataset, quality, session, finished } = state;
  const last = history.last();
  if (last === null || description === null || description.run !== state.run) return null;
  const curves = Object.fromEntries(seriesNames.map((name) => [name, thinned(history, name)]));
  return {
    version: recordVersion,
    ...timing,
    config,
    preset: presetOf(config) ?? 'changed',
    dataset: loaded === null ? { id: dataset, label: datasets[dataset].label } : nameOf(loaded.info),
    backend: description.backend.name,
    steps: last.step,
    curves: curves as RunRecord['curves'],
    quality: someOf(quality.rows, rowsKept),
    recognisable: quality.recognisable,
    grid: history.frames.at(history.frames.length - 1)?.pictures.pixels ?? null,
    ended: session === 'failed' ? 'failed' : finished,
  };
}

const nameOf = ({ id, label }: RunRecord['dataset']): RunRecord['dataset'] => ({ id, label });

function thinned(history: History, name: SeriesName): KeptCurve {
  const points = decimate(history.steps(), history.series(name), 0, pointsKept);
  return {
    steps: Uint32Array.from(points, ({ step }) => step),
    values: Float32Array.from(points, ({ value }) => value),
  };
}

/** At most `limit` of the items, evenly spread, the first and the last among them. */
export function someOf<Item>(items: readonly Item[], limit: number): readonly Item[] {
  if (items.length <= limit) return items;
  const stride = (items.length - 1) / (limit - 1);
  return Array.from({ length: limit }, (_, i) => items[Math.round(i * stride)] as Item);
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
