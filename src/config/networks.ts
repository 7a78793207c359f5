// The two networks as plain data: every layer with its output shape, every weight with its name and shape.
// The trainer, the exporters and the page's tables all read it here, so that they cannot disagree.
import type { RunConfig } from './run.ts';
import { fixed } from './run.ts';

export type NetworkName = 'generator' | 'discriminator';

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

export type GeneratorWeight = (typeof weightNames.generator)[number];
export type DiscriminatorWeight = (typeof weightNames.discriminator)[number];
export type WeightName = GeneratorWeight | DiscriminatorWeight;
export type Shape = readonly number[];

interface LayerBase {
  readonly name: string;
  /** Of one image; the batch is left out. */
  readonly outputShape: Shape;
}
/** A layer in the words of Keras, with what it needs to be built anew. */
export type Layer = LayerBase &
  (
    | { readonly kind: 'Dense'; readonly units: number; readonly inputs: number }
    | {
        readonly kind: 'Conv2D';
        readonly filters: number;
        readonly kernel: number;
        readonly strides: number;
        readonly inputs: number;
        readonly activation: 'linear' | 'sigmoid';
      }
    | {
        readonly kind: 'Conv2DTranspose';
        readonly filters: number;
        readonly kernel: number;
        readonly strides: number;
        readonly inputs: number;
      }
    | { readonly kind: 'LeakyReLU'; readonly slope: number }
    | { readonly kind: 'Dropout'; readonly rate: number }
    | { readonly kind: 'Reshape' | 'Flatten' }
  );

/** The generator: latent → 28×28×1 in [0, 1]. */
export function generatorLayers({ filters, latent }: RunConfig): readonly Layer[] {
  const leaky = (name: string, outputShape: Shape): Layer => ({
    kind: 'LeakyReLU',
    name,
    outputShape,
    slope: fixed.leakySlope,
  });
  const upsample = (name: string, size: number): Layer => ({
    kind: 'Conv2DTranspose',
    name,
    outputShape: [size, size, filters],
    filters,
    kernel: 4,
    strides: 2,
    inputs: filters,
  });
  return [
    { kind: 'Dense', name: 'dense', outputShape: [49 * filters], units: 49 * filters, inputs: latent },
    leaky('dense_leaky', [49 * filters]),
    { kind: 'Reshape', name: 'reshape', outputShape: [7, 7, filters] },
    upsample('upsample1', 14),
    leaky('upsample1_leaky', [14, 14, filters]),
    upsample('upsample2', 28),
    leaky('upsample2_leaky', [28, 28, filters]),
    {
      kind: 'Conv2D',
      name: 'output',
      outputShape: [28, 28, 1],
      filters: 1,
      kernel: 7,
      strides: 1,
      inputs: filters,
      activation: 'sigmoid',
    },
  ];
}

/** The discriminator: 28×28×1 → one logit (the sigmoid is in the loss, where it is exact). */
export function discriminatorLayers({ filters, dropout }: RunConfig): readonly Layer[] {
  const half = filters / 2;
  const block = (name: string, size: number, inputs: number): Layer[] => [
    {
      kind: 'Conv2D',
      name,
      outputShape: [size, size, half],
      filters: half,
      kernel: 3,
      strides: 2,
      inputs,
      activation: 'linear',
    },
    { kind: 'LeakyReLU', name: `${name}_leaky`, outputShape: [size, size, half], slope: fixed.leakySlope },
    { kind: 'Dropout', name: `${name}_dropout`, outputShape: [size, size, half], rate: dropout },
  ];
  return [
    ...block('conv1', 14, 1),
    ...block('conv2', 7, half),
    { kind: 'Flatten', name: 'flatten', outputShape: [49 * half] },
    { kind: 'Dense', name: 'dense', outputShape: [1], units: 1, inputs: 49 * half },
  ];
}

export function layersOf(network: NetworkName, config: RunConfig): readonly Layer[] {
  return network === 'generator' ? generatorLayers(config) : discriminatorLayers(config);
}

/** The shapes of a layer's kernel and bias in TensorFlow's layouts; null for a layer without weights. */
export function layerWeights(layer: Layer): { kernel: Shape; bias: Shape } | null {
  switch (layer.kind) {
    case 'Dense':
      return { kernel: [layer.inputs, layer.units], bias: [layer.units] };
    case 'Conv2D':
      return { kernel: [layer.kernel, layer.kernel, layer.inputs, layer.filters], bias: [layer.filters] };
    case 'Conv2DTranspose':
      return { kernel: [layer.kernel, layer.kernel, layer.filters, layer.inputs], bias: [layer.filters] };
    case 'LeakyReLU':
    case 'Dropout':
    case 'Reshape':
    case 'Flatten':
      return null;
    default:
      return layer satisfies never;
  }
}

export const sizeOf = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/** Parameters of a layer, as Keras's summary counts them. */
export function layerParameters(layer: Layer): number {
  const weights = layerWeights(layer);
  return weights ? sizeOf(weights.kernel) + sizeOf(weights.bias) : 0;
}

export function parameterCount(network: NetworkName, config: RunConfig): number {
  return layersOf(network, config).reduce((sum, layer) => sum + layerParameters(layer), 0);
}

/** Every weight of a network with its shape, in the order in which the networks, the optimizers and the files keep them. */
export function weightShapes(network: NetworkName, config: RunConfig): ReadonlyMap<WeightName, Shape> {
  const shapes = new Map<WeightName, Shape>();
  for (const layer of layersOf(network, config)) {
    const weights = layerWeights(layer);
    if (!weights) continue;
    shapes.set(`${network}/${layer.name}/kernel` as WeightName, weights.kernel);
    shapes.set(`${network}/${layer.name}/bias` as WeightName, weights.bias);
  }
  return shapes;
}

/** A weight's numbers outside tfjs, row-major. */
export interface WeightArray {
  readonly shape: Shape;
  readonly data: Float32Array;
}
export type WeightArrays<Name extends WeightName = WeightName> = Readonly<Record<Name, WeightArray>>;
