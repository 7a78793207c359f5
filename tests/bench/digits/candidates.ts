// Settings to hold against the preset Quick; docs/measurements.md says what became of those that were tried.
import { presets } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';

const quick = presets.quick.config;
const batch64: RunConfig = { ...quick, batch: 64, weightAverage: 0.97 };

export const candidates: Readonly<Record<string, RunConfig>> = {
  quick,
  'no-average': { ...quick, weightAverage: 0 },
  'no-normalisation': { ...quick, batchNormalisation: 0 },
  'batch-64': batch64,
  'batch-64-kernel-5': { ...batch64, discriminatorKernel: 5 },
  'batch-64-kernel-3': { ...batch64, discriminatorKernel: 3 },
  'slow-discriminator': { ...batch64, discriminatorLearningRate: 5e-4 },
  'slow-both': { ...batch64, discriminatorLearningRate: 5e-4, generatorLearningRate: 1e-3 },
  'little-dropout': { ...quick, dropout: 0.1 },
  'latent-64': { ...quick, latent: 64 },
};
