// A network's weights as tfjs variables: made from random numbers or arrays, read back as arrays.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../../config/errors.ts';
import type { NetworkName, Shape } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import {
  type ByWeight,
  type DiscriminatorWeight,
  type GeneratorWeight,
  type MovingStatistic,
  sizeOf,
  type WeightArray,
  type WeightArrays,
  type WeightName,
  weightShapes,
} from '../../config/weights.ts';
import { kernels } from '../ops/current.ts';
import { readAll } from '../ops/readAll.ts';
import { purposes, RandomStream } from '../random/stream.ts';

export interface WeightNamesOf {
  generator: GeneratorWeight;
  discriminator: DiscriminatorWeight;
}
export type Variables<N extends NetworkName> = ByWeight<WeightNamesOf[N], tf.Variable>;
/** A tensor for each learned weight. */
export type Gradients<N extends NetworkName> = ByWeight<Exclude<WeightNamesOf[N], MovingStatistic>, tf.Tensor>;

/**
 * Glorot and Bengio 2010, uniform: kernels in ±√(6 / (fan in + fan out)). The rest is as in Keras: gammas and moving
 * variances are one; biases, betas and moving means zero.
 */
export function initialWeights(network: NetworkName, config: RunConfig): WeightArrays {
  const entries: [WeightName, WeightArray][] = [];
  for (const [name, shape] of weightShapes(network, config)) {
    const part = entries.length + (network === 'generator' ? 0 : 100);
    const random = new RandomStream(config.seed, purposes.initialWeights, 0, part);
    const data = name.endsWith('/kernel')
      ? random.uniforms(sizeOf(shape), glorotLimit(shape))
      : new Float32Array(sizeOf(shape)).fill(/\/(gamma|moving_variance)$/.test(name) ? 1 : 0);
    entries.push([name, { shape, data }]);
  }
  return Object.fromEntries(entries) as WeightArrays;
}

function glorotLimit(shape: Shape): number {
  const field = sizeOf(shape.slice(0, -2));
  const [fanIn = 1, fanOut = 1] = shape.slice(-2);
  return Math.sqrt(6 / (field * (fanIn + fanOut)));
}

/**
 * Variables with the values of `arrays`; the caller disposes them.
 * @throws GanvasError 'weights-mismatch' where one is missing or has another shape than the configuration asks for.
 */
export function createVariables<N extends NetworkName>(
  network: N,
  config: RunConfig,
  arrays: Partial<WeightArrays>,
): Variables<N> {
  const shapes = weightShapes(network, config);
  for (const [name, shape] of shapes) {
    const given = arrays[name];
    if (!given) throw new GanvasError('weights-lack', { weight: name });
    if (given.shape.join() !== shape.join() || given.data.length !== sizeOf(shape)) {
      throw new GanvasError('weights-shape', { weight: name, shape: `[${given.shape}]`, wanted: `[${shape}]` });
    }
  }
  const made: Partial<Record<WeightName, tf.Variable>> = {};
  try {
    for (const [name, shape] of shapes) {
      const { data } = arrays[name] as WeightArray;
      made[name] = tf.tidy(() => tf.variable(kernels().upload(data, shape)));
    }
  } catch (error) {
    tf.dispose({ ...made });
    throw error;
  }
  return made as Variables<N>;
}

/**
 * All values of both networks, one weight after the other in their fixed order, as they are at the moment of the call.
 * The variables stay on the device.
 */
export function readPacked(
  networks: {
    [N in NetworkName]: Variables<N>;
  },
): Promise<Float32Array<ArrayBuffer>> {
  return readAll([...Object.values(networks.generator), ...Object.values(networks.discriminator)]);
}

/**
 * The inverse of `readPacked`: each weight by its name.
 * @throws GanvasError 'weights-mismatch' when the numbers are of another configuration
 */
export function unpacked(packed: Float32Array, config: RunConfig): WeightArrays {
  const entries: [WeightName, WeightArray][] = [];
  let at = 0;
  for (const network of ['generator', 'discriminator'] as const) {
    for (const [name, shape] of weightShapes(network, config)) {
      entries.push([name, { shape, data: packed.slice(at, at + sizeOf(shape)) }]);
      at += sizeOf(shape);
    }
  }
  if (at !== packed.length) {
    throw new GanvasError('weights-count', { count: packed.length, wanted: at });
  }
  return Object.fromEntries(entries) as WeightArrays;
}
