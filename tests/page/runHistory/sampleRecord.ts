// A kept run, whole, to be changed by the tests.

import { presets } from '../../../src/config/presets.ts';
import { type KeptCurve, type RunRecord, recordVersion } from '../../../src/page/state/runRecord.ts';

export const curveOf = (...values: number[]): KeptCurve => ({
  steps: Uint32Array.from(values, (_, i) => i + 1),
  values: Float32Array.from(values),
});

export const sampleRecord = (change: Partial<RunRecord> = {}): RunRecord => ({
  version: recordVersion,
  runId: 'a-1',
  started: 1_700_000_000_000,
  config: presets.light.config,
  preset: 'light',
  dataset: { id: 'built-in', label: 'Built-in digits' },
  backend: 'wasm',
  steps: 3,
  seconds: 4.2,
  curves: {
    discriminatorLoss: curveOf(0.7, 0.6, 0.5),
    generatorLoss: curveOf(0.7, 0.8, 0.9),
    accuracyReal: curveOf(0.5, 0.75, 1),
    accuracyFake: curveOf(0.5, 0.5, 0.25),
  },
  quality: [
    {
      step: 3,
      seconds: 4,
      digits: {
        classShares: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
        covered: 10,
        divergence: 0.01,
        confidence: 0.9,
        inceptionScore: 8.5,
        frechet: 31.4,
      },
      diversity: 0.9,
    },
  ],
  recognisable: { step: 3, seconds: 4 },
  grid: new Uint8Array(64 * 784).fill(9),
  ended: null,
  ...change,
});
