// A network as tfjs Layers keeps it on disk: model.json and weights.bin, which plain tf.loadLayersModel reads.
import type { Layer, NetworkName } from '../config/networks.ts';
import { layersOf } from '../config/networks.ts';
import { fixed, type RunConfig } from '../config/run.ts';
import type { WeightArray } from '../config/weights.ts';
import { weightShapes } from '../config/weights.ts';

export interface LayersModel {
  /** The contents of model.json, ready for JSON.stringify. It names the other file 'weights.bin'. */
  readonly modelJson: LayersModelJson;
  /** The contents of weights.bin: float32, little-endian, in the order of the manifest. */
  readonly weightsBin: Uint8Array<ArrayBuffer>;
}

export interface LayersModelJson {
  readonly format: 'layers-model';
  readonly generatedBy: string;
  readonly convertedBy: null;
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: 'float32';
    }[];
  }[];
}

/**
 * One network with its weights. The discriminator of the model gives a probability, as the tutorial's Keras model does:
 * its last layer has the sigmoid that our own networks leave to the loss.
 * @param weights of this network at least, in the shapes of `weightShapes`
 */
export function layersModel(
  network: NetworkName,
  config: RunConfig,
  weights: Readonly<Record<string, WeightArray>>,
): LayersModel {
  const names = [...weightShapes(network, config).keys()];
  const arrays = names.map((name) => weights[name] as WeightArray);
  return {
    modelJson: {
      format: 'layers-model',
      generatedBy: 'Ganvas',
      convertedBy: null,
      modelTopology: topology(network, config),
      weightsManifest: [
        {
          paths: ['weights.bin'],
          // Under the layer's name alone, without the network's: so tfjs names the variables that it will look for.
          weights: names.map((name, i) => ({
            name: name.slice(network.length + 1),
            shape: (arrays[i] as WeightArray).shape,
            dtype: 'float32',
          })),
        },
      ],
    },
    weightsBin: concatenate(arrays),
  };
}

function topology(network: NetworkName, config: RunConfig): object {
  const layers = layersOf(network, config);
  return {
    class_name: 'Sequential',
    config: {
      name: network,
      layers: layers.map((layer, i) => ({
        class_name: layer.kind,
        config: {
          name: layer.name,
          trainable: true,
          ...(i === 0 ? { batch_input_shape: [null, ...inputShape(layer)], dtype: 'float32' } : {}),
          ...layerConfig(layer, network === 'discriminator' && i === layers.length - 1 ? 'sigmoid' : 'linear'),
        },
      })),
    },
    // What tfjs 4.22 itself writes here; the Python converter looks at both.
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

function inputShape(first: Layer): readonly number[] {
  return first.kind === 'Dense' ? [first.inputs] : [fixed.imageSize, fixed.imageSize, 1];
}

/** A layer's settings in the words of Keras's JSON. What is left out is Keras's default, and tfjs's. */
function layerConfig(layer: Layer, denseActivation: 'linear' | 'sigmoid'): object {
  const zeros = { class_name: 'Zeros', config: {} };
  const ones = { class_name: 'Ones', config: {} };
  const learned = (bias: boolean) => ({
    use_bias: bias,
    kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } },
    bias_initializer: zeros,
  });
  switch (layer.kind) {
    case 'Dense':
      return { ...learned(layer.bias), units: layer.units, activation: denseActivation };
    case 'Conv2D':
    case 'Conv2DTranspose':
      return {
        ...learned(layer.bias),
        padding: 'same',
        data_format: 'channels_last',
        filters: layer.filters,
        kernel_size: [layer.kernel, layer.kernel],
        strides: [layer.strides, layer.strides],
        activation: layer.kind === 'Conv2D' ? layer.activation : 'linear',
      };
    case 'BatchNormalization':
      return {
        axis: -1,
        momentum: layer.momentum,
        epsilon: layer.epsilon,
        center: true,
        scale: true,
        beta_initializer: zeros,
        gamma_initializer: ones,
        moving_mean_initializer: zeros,
        moving_variance_initializer: ones,
      };
    case 'LeakyReLU':
      return { alpha: layer.slope };
    case 'Dropout':
      return { rate: layer.rate };
    case 'Reshape':
      return { target_shape: layer.outputShape };
    case 'Flatten':
      return {};
    default:
      return layer satisfies never;
  }
}

function concatenate(arrays: readonly WeightArray[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(arrays.reduce((sum, { data }) => sum + data.byteLength, 0));
  let at = 0;
  for (const { data } of arrays) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}
