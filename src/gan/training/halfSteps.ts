// The two halves of a training step, in chunks and parts: what each computes, from which inputs, and for whose weights.
import * as tf from '@tensorflow/tfjs';
import { discriminatorWidths, type NetworkName } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import {
  discriminatorBackward,
  discriminatorForward,
  discriminatorImageGradient,
  type LayerMasks,
} from '../networks/discriminator.ts';
import { generatorBackward, generatorForward } from '../networks/generator.ts';
import { HeldTensors } from '../networks/heldTensors.ts';
import { chunkSize, type Networks } from '../networks/networks.ts';
import type { Gradients } from '../networks/weights.ts';
import { kernels } from '../ops/current.ts';
import type { Batches } from './batches.ts';
import { type MovingStatistics, movingShare } from './movingStatistics.ts';

/**
 * The sums of a half-step over its chunks: the gradient of each weight, for the generator also the new values of its
 * moving statistics, and `scores`: [loss in nats], for the discriminator followed by the shares of real images
 * called real and of fakes called fake.
 */
export type HalfStepResult<N extends NetworkName> = Gradients<N> &
  (N extends 'generator' ? MovingStatistics : object) & { readonly scores: tf.Tensor1D };

/**
 * The discriminator on batch/2 real images (label 1, or less when smoothed) and batch/2 fakes (label 0), as one batch.
 * Yields between parts; the caller disposes the result. Abandoned (`return()`), it frees what it has computed so far.
 */
export function* discriminatorHalfStep(
  networks: Networks,
  config: RunConfig,
  batches: Batches,
  halfStep: number,
): Generator<void, HalfStepResult<'discriminator'>> {
  const half = config.batch / 2;
  const real = batches.realImages(halfStep, half);
  const latents = batches.latents('discriminator', halfStep, half);
  return yield* accumulate(half, Math.max(1, chunkSize(config) / 2), function* (from, to, held) {
    const count = to - from;
    // Normalised as in the generator's own half-step: both networks see the same fakes. The moving statistics stay as
    // they are, like all of the generator's weights: they change in its own half-step alone.
    const fakes = held.run(
      () => generatorForward(networks.generator, rows(latents, config.latent, from, to), 'batch').images,
    );
    yield;
    const tape = held.run(() => {
      const reals = kernels().upload<tf.Tensor4D>(real.slice(from * 784, to * 784), [count, 28, 28, 1]);
      const masks = dropoutMasks(config, batches, 'discriminator', halfStep, from);
      return discriminatorForward(networks.discriminator, tf.concat([reals, fakes], 0), masks);
    });
    yield;
    return tf.tidy(() => {
      const wanted = new Float32Array(2 * count).fill(1 - config.labelSmoothing, 0, count);
      const labels = kernels().upload<tf.Tensor2D>(wanted, [2 * count, 1]);
      const dLogits = kernels().crossEntropyGradient(tape.logits, labels, 1 / config.batch);
      const saysReal = tf.reshape(tf.step(tape.logits), [2, count]);
      // Right means: positive logits for real images, negative ones for fakes.
      const right = tf.abs(tf.sub(tf.sum(saysReal, 1), [0, count]));
      const loss = tf.div(kernels().crossEntropySum(tape.logits, labels), config.batch);
      const scores = tf.concat([loss, tf.div(right, half)]) as tf.Tensor1D;
      return { ...discriminatorBackward(networks.discriminator, tape, dLogits), scores };
    });
  });
}

/**
 * The generator on `batch` latents, through the discriminator, with label 1; the discriminator's weights stay as they
 * are. Yields between parts; the caller disposes the result. Abandoned (`return()`), it frees what it has computed so
 * far.
 */
export function* generatorHalfStep(
  networks: Networks,
  config: RunConfig,
  batches: Batches,
  halfStep: number,
): Generator<void, HalfStepResult<'generator'>> {
  const latents = batches.latents('generator', halfStep, config.batch);
  const chunk = chunkSize(config);
  const chunks = Math.ceil(config.batch / chunk);
  return yield* accumulate(config.batch, chunk, function* (from, to, held) {
    const tape = held.run(() => generatorForward(networks.generator, rows(latents, config.latent, from, to), 'batch'));
    yield;
    const { dImages, scores } = held.run(() => {
      const masks = dropoutMasks(config, batches, 'generator', halfStep, from);
      const judged = discriminatorForward(networks.discriminator, tape.images, masks);
      const labels = kernels().upload<tf.Tensor2D>(new Float32Array(to - from).fill(1), [to - from, 1]);
      const dLogits = kernels().crossEntropyGradient(judged.logits, labels, 1 / config.batch);
      return {
        dImages: discriminatorImageGradient(networks.discriminator, judged, dLogits),
        scores: tf.div(kernels().crossEntropySum(judged.logits, labels), config.batch) as tf.Tensor1D,
      };
    });
    yield;
    const gradients = yield* generatorBackward(networks.generator, tape, dImages);
    return { ...gradients, ...movingShare(networks.generator, tape, from / chunk, chunks), scores: tf.clone(scores) };
  });
}

function rows(values: Float32Array, width: number, from: number, to: number): tf.Tensor2D {
  return kernels().upload(values.slice(from * width, to * width), [to - from, width]);
}

/** The masks from image `first` of each piece of a half-step's batch. */
function dropoutMasks(
  config: RunConfig,
  batches: Batches,
  network: NetworkName,
  halfStep: number,
  first: number,
): LayerMasks {
  if (config.dropout === 0) return null;
  const [large, small] = discriminatorWidths(config);
  const mask = (layer: 1 | 2, numbers: number) => batches.dropoutMasks(network, halfStep, layer, first * numbers);
  return { conv1: mask(1, 14 * 14 * large), conv2: mask(2, 7 * 7 * small) };
}

/** Adds up the results of `compute` over 0 … total in chunks, yielding between them and wherever `compute` does. */
function* accumulate<R extends Record<string, tf.Tensor>>(
  total: number,
  chunk: number,
  compute: (from: number, to: number, held: HeldTensors) => Generator<void, R>,
): Generator<void, R> {
  let sum: Record<string, tf.Tensor> = {};
  let complete = false;
  try {
    for (let from = 0; from < total; from += chunk) {
      if (from > 0) yield;
      const held = new HeldTensors();
      let part: Record<string, tf.Tensor>;
      try {
        part = yield* compute(from, Math.min(total, from + chunk), held);
      } finally {
        held.dispose();
      }
      if (from === 0) {
        sum = part;
        continue;
      }
      const before = sum;
      sum = tf.tidy(() => {
        const added = Object.entries(before).map(([name, tensor]) => [name, tf.add(tensor, part[name] ?? 0)]);
        return Object.fromEntries(added) as Record<string, tf.Tensor>;
      });
      tf.dispose([before, part]);
    }
    complete = true;
    return sum as R;
  } finally {
    if (!complete) tf.dispose(sum);
  }
}
