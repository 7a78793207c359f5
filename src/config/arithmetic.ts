// How much arithmetic a training step takes, counted from the layers' shapes: what speeds are divided by.
import { type Layer, layersOf, type NetworkName } from './networks.ts';
import type { RunConfig } from './run.ts';
import { sizeOf } from './weights.ts';

/** A multiplication and an addition. */
const operations = 2;

/**
 * Floating-point operations of one layer's forward pass on one image: two for each weight that each position meets.
 * Taps that fall on padding count, as is usual; biases, normalisation and activations do not.
 */
export function layerOperations(layer: Layer): number {
  switch (layer.kind) {
    case 'Dense':
      return operations * layer.inputs * layer.units;
    case 'Conv2D':
      return operations * sizeOf(layer.outputShape) * layer.kernel ** 2 * layer.inputs;
    case 'Conv2DTranspose':
      // Each input position meets the whole kernel; there are strides² fewer of them than outputs.
      return (operations * sizeOf(layer.outputShape) * layer.kernel ** 2 * layer.inputs) / layer.strides ** 2;
    case 'BatchNormalization':
    case 'LeakyReLU':
    case 'Dropout':
    case 'Reshape':
    case 'Flatten':
      return 0;
    default:
      return layer satisfies never;
  }
}

function forwardOperations(network: NetworkName, config: RunConfig): number {
  return layersOf(network, config).reduce((sum, layer) => sum + layerOperations(layer), 0);
}

function firstLayerOperations(network: NetworkName, config: RunConfig): number {
  const [first] = layersOf(network, config);
  return first ? layerOperations(first) : 0;
}

/**
 * Floating-point operations of one half-step. A layer's gradient by its weights costs as much as its forward pass, and
 * so does the one by its input, which a network's first layer needs only where somebody asks for it.
 */
export function halfStepOperations(network: NetworkName, config: RunConfig): number {
  const { batch } = config;
  const generator = forwardOperations('generator', config);
  const discriminator = forwardOperations('discriminator', config);
  if (network === 'discriminator') {
    // batch/2 fakes are drawn; the whole batch goes forward and back, but not to the images.
    return (batch / 2) * generator + batch * (3 * discriminator - firstLayerOperations('discriminator', config));
  }
  // The discriminator passes the gradient on to the images and keeps its weights.
  return batch * (3 * generator - firstLayerOperations('generator', config) + 2 * discriminator);
}

/** Floating-point operations of one training step: the discriminator's half and the generator's. */
export function stepOperations(config: RunConfig): number {
  return halfStepOperations('discriminator', config) + halfStepOperations('generator', config);
}
