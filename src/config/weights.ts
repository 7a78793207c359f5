// The networks' weights as plain data: each with its name and shape, and the tensors of a training's state.
import { type Layer, layersOf, type NetworkName, type NormalisedLayer, type Shape } from './networks.ts';
import type { RunConfig } from './run.ts';

/** The weights of the tutorial's networks; other settings have others (see `weightShapes`). */
export const weightNames = {
  generator: [
    'generator/dense/kernel',
    'generator/dense/bias',
    'generator/upsample1/kernel',
    'generator/upsample1/bias',
    'generator/upsample2/kernel',
    'generator/upsample2/bias',
    'generator/output/kernel',
    'generator/output/bias',
  ],
  discriminator: [
    'discriminator/conv1/kernel',
    'discriminator/conv1/bias',
    'discriminator/conv2/kernel',
    'discriminator/conv2/bias',
    'discriminator/dense/kernel',
    'discriminator/dense/bias',
  ],
} as const;

/** The statistics that normalise in generation: training updates them, no optimizer does. */
export type MovingStatistic = `generator/${NormalisedLayer}_norm/${'moving_mean' | 'moving_variance'}`;
type Normalising = `generator/${NormalisedLayer}_norm/${'gamma' | 'beta'}` | MovingStatistic;

export type GeneratorWeight = (typeof weightNames.generator)[number] | Normalising;
export type DiscriminatorWeight = (typeof weightNames.discriminator)[number];
export type WeightName = GeneratorWeight | DiscriminatorWeight;
/** Weights that only some settings have: with batch normalisation beta replaces the bias. */
type OptionalWeight = `generator/${NormalisedLayer}/bias` | Normalising;

/** Something for each weight of `Name` that the settings have. */
export type ByWeight<Name extends WeightName, T> = Readonly<
  Record<Exclude<Name, OptionalWeight>, T> & Partial<Record<Extract<Name, OptionalWeight>, T>>
>;

/** A layer's weights with their shapes in TensorFlow's layouts, in Keras's order; empty for a layer without any. */
export function layerWeights(layer: Layer): Readonly<Record<string, Shape>> {
  const learned = (kernel: Shape, outputs: number, bias: boolean) => (bias ? { kernel, bias: [outputs] } : { kernel });
  switch (layer.kind) {
    case 'Dense':
      return learned([layer.inputs, layer.units], layer.units, layer.bias);
    case 'Conv2D':
      return learned([layer.kernel, layer.kernel, layer.inputs, layer.filters], layer.filters, layer.bias);
    case 'Conv2DTranspose':
      return learned([layer.kernel, layer.kernel, layer.filters, layer.inputs], layer.filters, layer.bias);
    case 'BatchNormalization': {
      const each = [layer.channels];
      return { gamma: each, beta: each, moving_mean: each, moving_variance: each };
    }
    case 'LeakyReLU':
    case 'Dropout':
    case 'Reshape':
    case 'Flatten':
      return {};
    default:
      return layer satisfies never;
  }
}

export const sizeOf = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/** Parameters of a layer, as Keras's summary counts them. */
export function layerParameters(layer: Layer): number {
  return Object.values(layerWeights(layer)).reduce((sum, shape) => sum + sizeOf(shape), 0);
}

export function parameterCount(network: NetworkName, config: RunConfig): number {
  return layersOf(network, config).reduce((sum, layer) => sum + layerParameters(layer), 0);
}

/**
 * Every weight of a network with its shape, in the order in which the networks, the optimizers and the files keep them.
 */
export function weightShapes(network: NetworkName, config: RunConfig): ReadonlyMap<WeightName, Shape> {
  const shapes = new Map<WeightName, Shape>();
  for (const layer of layersOf(network, config)) {
    for (const [part, shape] of Object.entries(layerWeights(layer))) {
      shapes.set(`${network}/${layer.name}/${part}` as WeightName, shape);
    }
  }
  return shapes;
}

/** Whether a weight is a moving statistic, which no optimizer learns. */
export function isMovingStatistic(name: string): name is MovingStatistic {
  return name.endsWith('/moving_mean') || name.endsWith('/moving_variance');
}

/**
 * Every tensor of a training's state with its shape, in a fixed order: the weights of both networks; the average of the
 * generator's, where one is wanted; and Adam's two moments of each weight that is learned.
 */
export function stateShapes(config: RunConfig): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  const generator = weightShapes('generator', config);
  const weights = new Map([...generator, ...weightShapes('discriminator', config)]);
  for (const [name, shape] of weights) shapes.set(name, shape);
  if (config.weightAverage > 0) for (const [name, shape] of generator) shapes.set(averageOf(name), shape);
  for (const moment of moments) {
    for (const [name, shape] of weights) if (!isMovingStatistic(name)) shapes.set(momentOf(moment, name), shape);
  }
  return shapes;
}

export const moments = ['first', 'second'] as const;
/** What they are called among the tensors of a training's state. */
export const momentOf = (moment: (typeof moments)[number], weight: string): string => `${moment}_moment/${weight}`;
export const averageOf = (weight: string): string => `average/${weight}`;

/** A weight's numbers outside tfjs, row-major. */
export interface WeightArray {
  readonly shape: Shape;
  readonly data: Float32Array;
}
/** The weights that the settings have. */
export type WeightArrays = ByWeight<WeightName, WeightArray>;
