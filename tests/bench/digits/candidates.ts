// The settings that were tried for the preset Quick; tests/bench/presets.md says what became of them.
import { presets } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';

const hinted = {
  ...presets.light.config,
  filters: 32,
  tapered: 1,
  batchNormalisation: 1,
  outputKernel: 5,
  latent: 32,
  dropout: 0.3,
  generatorLearningRate: 2e-3,
  discriminatorLearningRate: 5e-4,
} as RunConfig;

export const candidates: Readonly<Record<string, RunConfig>> = {
  hinted,
};
