// How long an epoch will take: as it did in a run on this device, or else from what was measured before anything is trained.
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
 * An epoch of these settings, seconds; those of `preset`, unless told otherwise, or else such as were made of it: roughly then, as
 * their arithmetic is to the preset's. null while it is unknown how long a step takes, or how many images there are.
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
