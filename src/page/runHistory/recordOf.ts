// Makes the record of the current run from the page's state.
import { datasets } from '../../config/datasets.ts';
import { type SeriesName, seriesNames } from '../../config/history.ts';
import { presetOf } from '../../config/presets.ts';
import type { History } from '../../files/history.ts';
import { thinned } from '../../files/thinned.ts';
import { type KeptCurve, pointsKept, type RunRecord, recordVersion, rowsKept } from '../state/runRecord.ts';
import type { PageState } from '../state/store.ts';
import { decimate } from './decimate.ts';

/** What only the page's clock knows of a run. */
export type Timing = Pick<RunRecord, 'runId' | 'started' | 'seconds'>;

/** The current run as it is now; null while it has no step, or nobody knows on what it runs. */
export function recordOf(state: PageState, history: History, timing: Timing): RunRecord | null {
  const { config, description, loaded, dataset, quality, session, finished } = state;
  const last = history.last();
  if (last === null || description === null || description.workerRun !== state.workerRun) return null;
  const curves = Object.fromEntries(seriesNames.map((name) => [name, curveOf(history, name)]));
  return {
    version: recordVersion,
    ...timing,
    ...(description.resumed?.origin && { origin: description.resumed.origin }),
    config,
    preset: presetOf(config) ?? 'changed',
    dataset: loaded === null ? { id: dataset, label: datasets[dataset].label } : nameOf(loaded.info),
    backend: description.backend.name,
    steps: last.step,
    curves: curves as RunRecord['curves'],
    quality: thinned(quality.rows, rowsKept),
    recognisable: quality.recognisable,
    grid: history.frames.at(history.frames.length - 1)?.pictures.pixels ?? null,
    ended: session === 'failed' ? 'failed' : finished,
  };
}

const nameOf = ({ id, label }: RunRecord['dataset']): RunRecord['dataset'] => ({ id, label });

function curveOf(history: History, name: SeriesName): KeptCurve {
  const points = decimate(history.steps(), history.series(name), 0, pointsKept);
  return {
    steps: Uint32Array.from(points, ({ step }) => step),
    values: Float32Array.from(points, ({ value }) => value),
  };
}
