// English: what computes: the accelerators by name, what is known of them, and the table of what was measured.
import type { BackendName } from '../../../config/backends.ts';

export const backends: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WASM',
  cpu: 'JavaScript',
};

export const accelerators = {
  title: 'Accelerator',
  automatic: 'Automatic',
  automaticWith: (backend: string) => `Automatic (${backend})`,
  option: (backend: string, detail: string) => `${backend}: ${detail}`,
  emulated: 'emulated',
  /** Which device, and why this one. */
  inUse: (detail: string, reason: string | null) => `${detail}.${reason === null ? '' : ` ${reason}`}`,

  none: 'Nothing computes at the moment.',
  looking: 'Looking at what this browser has…',
  switching: (backend: string) => `Switching to ${backend}…`,
  choosing: 'Choosing the accelerator…',
  choosingAnew: 'Choosing the accelerator anew…',
};

export const speeds = {
  open: 'Speeds',
  openMeans: 'What was measured of this device’s accelerators',
  title: 'What computes on this device',
  nothing: 'Nothing has been measured yet.',
  caption: (preset: string, batch: number) =>
    `How long a training step takes with the preset ${preset} (${batch} images a batch), and whether a test step came out right.`,
  accelerator: 'Accelerator',
  device: 'Device',
  millisecondsAStep: 'ms a step',
  secondsAStep: 's a step',
  stepMeans: 'The quickest of a few steps, on as much of a batch as there was time for.',
  inTraining: 'in training',
  inTrainingMeans: 'The mean of the last steps of a run, with all that goes on around them.',
  test: 'Test',
  passed: 'passed',
  failed: (why: string | null) => (why === null ? 'failed' : `failed: ${why}`),
  inUse: 'in use',
  inUseNotMeasured: 'in use, not measured',
  /** Joins what is said of one accelerator. */
  list: (outcomes: readonly string[]) => outcomes.join(', '),
  measure: 'Measure',
  measureAgain: 'Measure again',
  measureMeans: 'Measures what this device really has; a few seconds.',
  measureAll: 'Measure all',
  measureAllMeans: 'Measures emulated and very slow ones too; that can take minutes.',
  cancel: 'Cancel',
  cancelMeans: 'Ends measuring; what has been measured by now is kept.',
  trying: (progress: string) => `${progress}… What has been measured is in the table, and Cancel keeps it.`,
  allTakesMinutes: 'Measure all tries emulated and very slow ones too, which can take minutes.',
  trainingHolds: 'Training holds the accelerator: press Reset to measure.',
};
