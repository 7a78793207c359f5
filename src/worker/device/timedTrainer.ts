// The trainer that calibration times: a preset's own, on noise for images, whose weights are made once.

import type { RunConfig } from '../../config/run.ts';
import { type WeightArrays, weightShapes } from '../../config/weights.ts';
import { initialWeights } from '../../gan/networks/weights.ts';
import { RandomBatches } from '../../gan/training/batches.ts';
import { Trainer } from '../../gan/training/trainer.ts';
import type { TimedTrainer } from './calibration.ts';

const images = 64;
const networks = ['generator', 'discriminator'] as const;

/** Makes trainers on tfjs's current backend, any number for the same networks. */
export function timedTrainers(): (config: RunConfig) => TimedTrainer {
  const noise = Uint8Array.from({ length: images * 784 }, (_, i) => (i * 7919) % 256);
  const made = new Map<string, WeightArrays>();
  return (config) => {
    const shapes = JSON.stringify(networks.map((network) => [...weightShapes(network, config)]));
    const weights = made.get(shapes) ?? {
      ...initialWeights('generator', config),
      ...initialWeights('discriminator', config),
    };
    made.set(shapes, weights);
    return new Trainer(config, new RandomBatches(config, noise), { weights });
  };
}
