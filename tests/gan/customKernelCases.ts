// Which custom kernels a training step runs on tfjs's current backend.
import * as tf from '@tensorflow/tfjs';
import type { RunConfig } from '../../src/config/run.ts';
import { type CustomKernelName, registeredName } from '../../src/gan/ops/base/customKernels.ts';
import { RandomBatches } from '../../src/gan/training/batches.ts';
import { Trainer } from '../../src/gan/training/trainer.ts';
import { tiny, tinyNormalised } from '../support/configs.ts';

const images = new Uint8Array(4 * 784).fill(100);
const custom = registeredName('' as CustomKernelName);

/** Their names in tfjs's registry, sorted: those of a step of every kind of network, and of reading the weights. */
export async function customKernelsOfTraining(): Promise<string[]> {
  const names = new Set<string>();
  for (const architecture of [tiny, tinyNormalised]) {
    const config: RunConfig = { ...architecture, dropout: 0.4, weightAverage: 0.9 };
    const { kernelNames } = await tf.profile(async () => {
      const trainer = new Trainer(config, new RandomBatches(config, images));
      for (const _ of trainer.trainStep());
      await trainer.weights();
      trainer.dispose();
    });
    for (const name of kernelNames) if (name.startsWith(custom)) names.add(name);
  }
  return [...names].sort();
}

export const registered = (names: readonly CustomKernelName[]): string[] => names.map(registeredName).sort();
