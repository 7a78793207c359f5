// Whether a backend computes rightly: replays small training steps and compares their losses and gradients with
// recorded ones.
import * as tf from '@tensorflow/tfjs';
import type { BackendName } from '../../config/backends.ts';
import { GanvasError, type SelfTestPart } from '../../config/errors.ts';
import type { NetworkName } from '../../config/networks.ts';
import { isMovingStatistic } from '../../config/weights.ts';
import { generatorForward } from '../../gan/networks/generator.ts';
import { createVariables } from '../../gan/networks/weights.ts';
import { kernels } from '../../gan/ops/current.ts';
import { Adam } from '../../gan/training/adam.ts';
import { discriminatorHalfStep, generatorHalfStep } from '../../gan/training/halfSteps.ts';
import { yieldToMessages } from '../shared/yieldToMessages.ts';
import { references } from './selfTestReference.ts';
import {
  digest,
  type GradientDigest,
  type SelfTestReference,
  type SelfTestStep,
  selfTestBatches,
  selfTestConfigs,
  selfTestWeights,
} from './selfTestSteps.ts';

/**
 * Losses: absolute, in nats. Gradients: relative to their length. Half precision is off by more, single precision by
 * far less.
 */
export const tolerance = { loss: 1e-4, gradient: 3e-4 } as const;

/** The largest difference between two digests, relative to the length that is expected. */
function difference(actual: GradientDigest, expected: GradientDigest): number {
  const differences = [actual.norm - expected.norm, ...expected.sums.map((sum, p) => (actual.sums[p] ?? 0) - sum)];
  // NaN if one of them is: the comparison with the tolerance must not be one that NaN passes.
  return Math.max(...differences.map(Math.abs)) / expected.norm;
}

/**
 * Replays a step on tfjs's current backend. Leaves nothing behind.
 * @throws GanvasError 'wrong-accelerator' naming the first number that was off
 */
export async function selfTest(backend: BackendName, step: SelfTestStep): Promise<void> {
  const config = selfTestConfigs[step];
  const expected = references[step];
  const batches = selfTestBatches(config);
  const arrays = selfTestWeights(config);
  const held: tf.TensorContainer[] = [];
  let optimizer: Adam<'discriminator'> | null = null;
  try {
    const generator = createVariables('generator', config, arrays);
    held.push({ ...generator });
    const discriminator = createVariables('discriminator', config, arrays);
    held.push({ ...discriminator });
    const networks = { generator, discriminator };
    optimizer = new Adam<'discriminator'>(discriminator, config.discriminatorLearningRate, config.beta1);
    const images = tf.tidy(() => {
      const latents = kernels().upload<tf.Tensor2D>(batches.latents('generator', 0, config.batch), [
        config.batch,
        config.latent,
      ]);
      return generatorForward(networks.generator, latents, 'moving').images;
    });
    held.push(images);
    compareDigests(backend, { part: 'images' }, digest(await images.data()), expected.images);
    const ofDiscriminator = await finish(discriminatorHalfStep(networks, config, batches, 0));
    held.push({ ...ofDiscriminator });
    await compare(backend, 'discriminator', expected, ofDiscriminator);
    // The generator's half sees the updated discriminator: the update is tested with it.
    optimizer.apply(ofDiscriminator);
    const ofGenerator = await finish(generatorHalfStep(networks, config, batches, 0));
    held.push({ ...ofGenerator });
    await compare(backend, 'generator', expected, ofGenerator);
  } finally {
    optimizer?.dispose();
    tf.dispose(held);
  }
}

async function finish<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await yieldToMessages();
  }
}

async function compare(
  backend: BackendName,
  network: NetworkName,
  expected: SelfTestReference,
  results: Readonly<Record<string, tf.Tensor>>,
): Promise<void> {
  const expectedLoss = expected.losses[network];
  const loss = (await results.scores?.data())?.[0] ?? Number.NaN;
  if (!(Math.abs(loss - expectedLoss) <= tolerance.loss)) {
    // Numbers that are none do not survive as JSON, as which a calibration is stored.
    const found = Number.isFinite(loss) ? loss : Number.isNaN(loss) ? 'not-a-number' : 'infinite';
    throw new GanvasError('self-test-loss', { backend, network, loss: found, expected: expectedLoss });
  }
  for (const [name, gradient] of Object.entries(expected.gradients)) {
    if (!name.startsWith(`${network}/`)) continue;
    const part = isMovingStatistic(name) ? 'statistic' : 'gradient';
    compareDigests(backend, { part, weight: name }, digest((await results[name]?.data()) ?? []), gradient);
  }
}

function compareDigests(
  backend: BackendName,
  what: SelfTestPart,
  actual: GradientDigest,
  expected: GradientDigest,
): void {
  const share = difference(actual, expected);
  if (share <= tolerance.gradient) return;
  const off = actual.norm === 0 ? 'zero' : Number.isFinite(share) ? share : 'not-a-number';
  throw new GanvasError('self-test-off', { backend, what, off });
}
