// The README.txt of a weights zip, in English: what is in it and, in six lines each, how to load it elsewhere.
import { type Layer, layersOf, type NetworkName } from '../config/networks.ts';
import { fixed, type RunConfig } from '../config/run.ts';
import { type SettingName, settingNames, settings } from '../config/settings.ts';
import { parameterCount } from '../config/weights.ts';

export interface Provenance {
  readonly config: RunConfig;
  /** Training steps that the weights have seen. */
  readonly step: number;
  /** What they were trained on, in words. */
  readonly datasetLabel: string;
}

const settingLabels: Readonly<Record<SettingName, string>> = {
  batch: 'Batch',
  epochs: 'Epochs',
  labelSmoothing: 'Label smoothing',
  seed: 'Seed',
  filters: 'Filters',
  latent: 'Latent size',
  tapered: 'Tapered',
  outputKernel: 'Output kernel',
  batchNormalisation: 'Batch normalisation',
  weightAverage: 'Weight average',
  generatorLearningRate: 'Generator learning rate',
  discriminatorLearningRate: 'Discriminator learning rate',
  discriminatorKernel: 'Discriminator kernel',
  dropout: 'Dropout',
  beta1: 'Beta 1',
};

/** The text, with lines that fit this run's networks: they can be pasted as they are. */
export function readme({ config, step, datasetLabel }: Provenance): string {
  const count = (network: NetworkName) => parameterCount(network, config).toLocaleString('en-US');
  const width = Math.max(...settingNames.map((name) => settingLabels[name].length));
  const value = (name: SettingName) =>
    settings[name].kind === 'switch' ? (config[name] === 1 ? 'on' : 'off') : config[name];
  const table = settingNames.map((name) => `    ${settingLabels[name].padEnd(width)}  ${value(name)}`).join('\n');
  return `The weights of a GAN trained in the browser with Ganvas.

Steps trained: ${step.toLocaleString('en-US')}
Dataset: ${datasetLabel}
Generator: ${count('generator')} parameters; ${config.latent} normally distributed numbers to a picture, 0 (paper) to 1 (ink)
Discriminator: ${count('discriminator')} parameters; a picture to the probability that it is real

The settings:

${table}

To go on in Ganvas, press Open weights and choose this zip. It takes the weights from the two weights.safetensors
and the settings from config.json. The optimizers' moments are not in here: Adam starts afresh.

To load both in a web page with TensorFlow.js 4.22 (a module script beside the unpacked folders, on any web server):

    await import('https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js');
    const generator = await tf.loadLayersModel('generator/model.json');
    const discriminator = await tf.loadLayersModel('discriminator/model.json');
    const digit = generator.predict(tf.randomNormal([1, ${config.latent}]));
    discriminator.predict(digit).print();
    await tf.browser.toPixels(digit.squeeze(), document.body.appendChild(document.createElement('canvas')));

To load the generator in Python (pip install safetensors keras, and a backend for Keras such as tensorflow):

${python('generator', config)}

To load the discriminator in Python:

${python('discriminator', config)}

To read the numbers alone, in Python (pip install safetensors numpy):

    from safetensors.numpy import load_file
    weights = load_file("generator/weights.safetensors")
    weights |= load_file("discriminator/weights.safetensors")
    for name, array in weights.items():
        print(name, array.dtype, array.shape)
    print(sum(array.size for array in weights.values()), "parameters")
`;
}

function python(network: NetworkName, config: RunConfig): string {
  const layers = layersOf(network, config);
  const input = network === 'generator' ? `${config.latent},` : `${fixed.imageSize}, ${fixed.imageSize}, 1`;
  const calls = [
    `Input((${input}))`,
    ...layers.map((layer, i) => call(layer, network === 'discriminator' && i === layers.length - 1)),
  ];
  return [
    'from keras import Input, Sequential, layers as L',
    'from safetensors.numpy import load_file',
    `w = load_file("${network}/weights.safetensors")`,
    `${network} = Sequential([${calls.join(', ')}])`,
    `for layer in [x for x in ${network}.layers if x.weights]:`,
    `    layer.set_weights([w[f"${network}/{layer.name}/{x.name.split('/')[-1].split(':')[0]}"] for x in layer.weights])`,
  ]
    .map((line) => `    ${line}`)
    .join('\n');
}

const noBias = (bias: boolean): string => (bias ? '' : 'use_bias=False, ');

/** A layer as a line of Python makes it. The slope goes without its name, which changed between Keras 2 and 3. */
function call(layer: Layer, sigmoid: boolean): string {
  const name = `name="${layer.name}"`;
  switch (layer.kind) {
    case 'Dense':
      return `L.Dense(${layer.units}, ${sigmoid ? '"sigmoid", ' : ''}${noBias(layer.bias)}${name})`;
    case 'Conv2D':
    case 'Conv2DTranspose': {
      const activation =
        layer.kind === 'Conv2D' && layer.activation !== 'linear' ? `, activation="${layer.activation}"` : '';
      const size = `${layer.filters}, ${layer.kernel}, ${layer.strides}, "same"${activation}`;
      return `L.${layer.kind}(${size}, ${noBias(layer.bias)}${name})`;
    }
    case 'BatchNormalization':
      return `L.BatchNormalization(momentum=${layer.momentum}, epsilon=${layer.epsilon}, ${name})`;
    case 'LeakyReLU':
      return `L.LeakyReLU(${layer.slope})`;
    case 'Dropout':
      return `L.Dropout(${layer.rate})`;
    case 'Reshape':
      return `L.Reshape((${layer.outputShape.join(', ')}))`;
    case 'Flatten':
      return 'L.Flatten()';
    default:
      return layer satisfies never;
  }
}
