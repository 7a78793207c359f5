// The two networks as plain data: every layer with its output shape.
// The trainer, the exporters and the page's tables all read it here and in weights.ts, so that they cannot disagree.
import type { RunConfig } from './run.ts';
import { fixed } from './run.ts';

export type NetworkName = 'generator' | 'discriminator';

/** The generator's layers that batch normalisation follows, where there is any. */
export type NormalisedLayer = 'dense' | 'upsample1' | 'upsample2';
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
