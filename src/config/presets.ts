// Named settings to start from, each for a purpose; docs/measurements.md says what was measured of them.
import type { RunConfig } from './run.ts';

export type PresetName = 'quick' | 'light' | 'tutorial';

export interface Preset {
  readonly config: RunConfig;
}

const tutorial: RunConfig = {
  filters: 128,
  tapered: 0,
  outputKernel: 7,
  discriminatorKernel: 3,
  batchNormalisation: 0,
  weightAverage: 0,
  latent: 100,
  batch: 256,
  epochs: 5,
  discriminatorLearningRate: 2e-4,
  generatorLearningRate: 2e-4,
  beta1: 0.5,
  dropout: 0.4,
  labelSmoothing: 0,
  seed: 1,
};

export const presets: Readonly<Record<PresetName, Preset>> = {
  /** Digits that a person reads within a minute, without a GPU. */
  quick: {
    config: {
      ...tutorial,
      filters: 32,
      tapered: 1,
      outputKernel: 5,
      discriminatorKernel: 7,
      batchNormalisation: 1,
      weightAverage: 0.985,
      latent: 32,
      batch: 32,
      dropout: 0.3,
      generatorLearningRate: 2e-3,
      discriminatorLearningRate: 1e-3,
    },
  },
  /** The Keras tutorial exactly. */
  tutorial: {
    config: tutorial,
  },
  /** The tutorial's family, for machines without a GPU. */
  light: {
    config: { ...tutorial, filters: 32, batch: 64, discriminatorLearningRate: 5e-4, generatorLearningRate: 5e-4 },
  },
};

export const presetNames = Object.keys(presets) as readonly PresetName[];

/** The preset that has exactly these settings (whatever the seed), or null when they were changed by hand. */
export function presetOf(config: RunConfig): PresetName | null {
  for (const [name, preset] of Object.entries(presets) as [PresetName, Preset][]) {
    const same = (Object.keys(config) as (keyof RunConfig)[]).every(
      (key) => key === 'seed' || config[key] === preset.config[key],
    );
    if (same) return name;
  }
  return null;
}
