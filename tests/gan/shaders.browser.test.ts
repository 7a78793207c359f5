// How many shaders a browser compiles before the first step on WebGL: each takes time on a GPU's driver, and more on an
// emulated GPU.
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { findBackends } from '../../src/worker/device/backend.ts';
import { timedTrainers } from '../../src/worker/device/timedTrainer.ts';

it('the self-test and a first step of Quick compile at most 160 shaders, and a second step none', async () => {
  const backends = await findBackends((error) => {
    throw error;
  });
  const { config } = presets.quick;
  await backends.start('webgl', { config });
  const { binaryCache } = tf.backend() as unknown as { binaryCache: Readonly<Record<string, unknown>> };
  const trainer = timedTrainers()(config);
  const step = async (): Promise<number> => {
    for (const _ of trainer.trainStep());
    await trainer.takeScores();
    return Object.keys(binaryCache).length;
  };
  const first = await step();
  expect(first).toBeGreaterThan(50);
  expect(first).toBeLessThanOrEqual(160);
  expect(await step()).toBe(first);
  trainer.dispose();
});
