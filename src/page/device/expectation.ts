// How long an epoch will take: from the last run on this device, or else from the measurements before training.
import { stepOperations } from '../../config/arithmetic.ts';
import { datasets } from '../../config/datasets.ts';
import { type PresetName, presets } from '../../config/presets.ts';
import { type RunConfig, stepsPerEpoch } from '../../config/run.ts';
import type { BackendName, Measurement } from '../../protocol/devices.ts';
import type { PageState } from '../state/store.ts';

/** The backend that computes, or will: the run's, or the one chosen for the next. */
function backendOf({ accelerator, description, browser }: PageState): BackendName | null {
  if (accelerator !== 'automatic') return accelerator;
  return browser?.automatic?.name ?? description?.backend.name ?? null;
}

export function measurementOf(state: PageState): Measurement | null {
  const name = backendOf(state);
  return state.calibration?.measurements.find((each) => each.name === name) ?? null;
}

/**
 * Seconds that an epoch takes. `config`: the preset's settings, or others made from them, whose time is estimated by
 * the ratio of their arithmetic to the preset's. null while the time of a step or the number of images is unknown.
 */
export function secondsPerEpoch(
  preset: PresetName,
  state: PageState,
  config: RunConfig = presets[preset].config,
): number | null {
  const known = measurementOf(state);
  const ms = known?.msInTraining[preset] ?? known?.msPerStep[preset] ?? null;
  const { loaded, dataset } = state;
  const images = loaded?.info.id === dataset ? loaded.info.count : datasets[dataset].count;
  if (ms === null || images === null) return null;
  const times = stepOperations(config) / stepOperations(presets[preset].config);
  return (ms * times * stepsPerEpoch(config, images)) / 1000;
}
