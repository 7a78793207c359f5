// The two networks as plain data: every layer with its output shape, every weight with its name and shape.
// The trainer, the exporters and the page's tables all read it here, so that they cannot disagree.
import type { RunConfig } from './run.ts';
import { fixed } from './run.ts';

export type NetworkName = 'generator' | 'discriminator';

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

/** The generator's layers that batch normalisation follows, where there is any. */
export type NormalisedLayer = 'dense' | 'upsample1' | 'upsample2';
/** What normalises in generation: followed through training, and no optimizer's business. */
export type MovingStatistic = `generator/${NormalisedLayer}_norm/${'moving_mean' | 'moving_variance'}`;
type Normalising = `generator/${NormalisedLayer}_norm/${'gamma' | 'beta'}` | MovingStatistic;

export type GeneratorWeight = (typeof weightNames.generator)[number] | Normalising;
export type DiscriminatorWeight = (typeof weightNames.discriminator)[number];
export type WeightName = GeneratorWeight | DiscriminatorWeight;
/** What some settings have and others do not: with batch normalisation beta takes the place of the bias. */
type OptionalWeight = `generator/${NormalisedLayer}/bias` | Normalising;

/** Something for each weight of `Name` that the settings have. */
export type ByWeight<Name extends WeightName, T> = Readonly<
  Record<Exclude<Name, OptionalWeight>, T> & Partial<Record<Extract<Name, OptionalWeight>, T>>
>;

export type Shape = readonly number[];

interface LayerBase {
  readonly name: string;
  /** Of one image; the batch is left out. */
  readonly outputShape: Shape;
}
/** A layer in the words of Keras, with what it needs to be built anew. */
export type Layer = LayerBase &
  (
    | { readonly kind: 'Dense'; readonly units: number; readonly inputs: number; readonly bias: boolean }
    | {
        readonly kind: 'Conv2D';
        readonly filters: number;
        readonly kernel: number;
        readonly strides: number;
        readonly inputs: number;
        readonly bias: boolean;
        readonly activation: 'linear' | 'sigmoid';
      }
    | {
        readonly kind: 'Conv2DTranspose';
        readonly filters: number;
        readonly kernel: number;
        readonly strides: number;
        readonly inputs: number;
        readonly bias: boolean;
      }
    | {
        /** Over all axes but the last. */
        readonly kind: 'BatchNormalization';
        readonly channels: number;
        readonly epsilon: number;
        readonly momentum: number;
      }
    | { readonly kind: 'LeakyReLU'; readonly slope: number }
    | { readonly kind: 'Dropout'; readonly rate: number }
    | { readonly kind: 'Reshape' | 'Flatten' }
  );

const even = (width: number): number => Math.max(2, 2 * Math.round(width / 2));

/** Channels of the generator's feature maps of 7×7, 14×14 and 28×28. */
export function generatorWidths({ filters, tapered }: RunConfig): readonly [number, number, number] {
  return tapered ? [filters, even((3 * filters) / 4), even(filters / 2)] : [filters, filters, filters];
}

/** Channels of the discriminator's feature maps of 14×14 and 7×7. */
export function discriminatorWidths({ filters, tapered }: RunConfig): readonly [number, number] {
  return tapered ? [filters / 2, filters] : [filters / 2, filters / 2];
}

/** The generator: latent → 28×28×1 in [0, 1]. */
export function generatorLayers(config: RunConfig): readonly Layer[] {
  const { latent, outputKernel } = config;
  const normalised = config.batchNormalisation === 1;
  const [small, middle, large] = generatorWidths(config);
  const leaky = (name: NormalisedLayer, outputShape: Shape): Layer => ({
    kind: 'LeakyReLU',
    name: `${name}_leaky`,
    outputShape,
    slope: fixed.leakySlope,
  });
  const norm = (name: NormalisedLayer, outputShape: Shape): Layer[] => {
    if (!normalised) return [];
    const channels = outputShape[outputShape.length - 1] ?? 0;
    const { normalisationEpsilon: epsilon, normalisationMomentum: momentum } = fixed;
    return [{ kind: 'BatchNormalization', name: `${name}_norm`, outputShape, channels, epsilon, momentum }];
  };
  const upsample = (name: NormalisedLayer, size: number, inputs: number, filters: number): Layer[] => {
    const outputShape = [size, size, filters];
    return [
      { kind: 'Conv2DTranspose', name, outputShape, filters, kernel: 4, strides: 2, inputs, bias: !normalised },
      ...norm(name, outputShape),
      leaky(name, outputShape),
    ];
  };
  const units = 49 * small;
  const reshape: Layer = { kind: 'Reshape', name: 'reshape', outputShape: [7, 7, small] };
  return [
    { kind: 'Dense', name: 'dense', outputShape: [units], units, inputs: latent, bias: !normalised },
    // Statistics are of channels, and there are none before the reshape.
    ...(normalised
      ? [reshape, ...norm('dense', reshape.outputShape), leaky('dense', reshape.outputShape)]
      : [leaky('dense', [units]), reshape]),
    ...upsample('upsample1', 14, small, middle),
    ...upsample('upsample2', 28, middle, large),
    {
      kind: 'Conv2D',
      name: 'output',
      outputShape: [28, 28, 1],
      filters: 1,
      kernel: outputKernel,
      strides: 1,
      inputs: large,
      bias: true,
      activation: 'sigmoid',
    },
  ];
}

/** The discriminator: 28×28×1 → one logit (the sigmoid is in the loss, where it is exact). */
export function discriminatorLayers(config: RunConfig): readonly Layer[] {
  const [large, small] = discriminatorWidths(config);
  const block = (name: string, size: number, inputs: number, filters: number): Layer[] => {
    const outputShape = [size, size, filters];
    return [
      {
        kind: 'Conv2D',
        name,
        outputShape,
        filters,
        kernel: config.discriminatorKernel,
        strides: 2,
        inputs,
        bias: true,
        activation: 'linear',
      },
      { kind: 'LeakyReLU', name: `${name}_leaky`, outputShape, slope: fixed.leakySlope },
      { kind: 'Dropout', name: `${name}_dropout`, outputShape, rate: config.dropout },
    ];
  };
  return [
    ...block('conv1', 14, 1, large),
    ...block('conv2', 7, large, small),
    { kind: 'Flatten', name: 'flatten', outputShape: [49 * small] },
    { kind: 'Dense', name: 'dense', outputShape: [1], units: 1, inputs: 49 * small, bias: true },
  ];
}

export function layersOf(network: NetworkName, config: RunConfig): readonly Layer[] {
  return network === 'generator' ? generatorLayers(config) : discriminatorLayers(config);
}

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

/** Every weight of a network with its shape, in the order in which the networks, the optimizers and the files keep them. */
export function weightShapes(network: NetworkName, config: RunConfig): ReadonlyMap<WeightName, Shape> {
  const shapes = new Map<WeightName, Shape>();
  for (const layer of layersOf(network, config)) {
    for (const [part, shape] of Object.entries(layerWeights(layer))) {
      shapes.set(`${network}/${layer.name}/${part}` as WeightName, shape);
    }
  }
  return shapes;
}

/** Whether a weight is followed rather than learned: see `MovingStatistic`. */
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
