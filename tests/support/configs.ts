// Settings small enough to train in a test.
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';

export const tiny: RunConfig = { ...presets.light.config, filters: 4, latent: 8, batch: 8, epochs: 1, seed: 7 };

/** The same with all that the tutorial does not have. */
export const tinyNormalised: RunConfig = { ...tiny, tapered: 1, outputKernel: 5, batchNormalisation: 1 };
