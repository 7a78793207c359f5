// The models in a weights zip, loaded by stock tfjs and nothing of ours, do what the networks do.
import * as tf from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkName } from '../../src/config/networks.ts';
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { parameterCount } from '../../src/config/weights.ts';
import { packWeights } from '../../src/files/weightsZip.ts';
import { Drawer } from '../../src/gan/networks/drawer.ts';
import { createVariables } from '../../src/gan/networks/weights.ts';
import { relativeError } from '../support/tensors.ts';
import { networks, normalisedConfig, randomWeights, saved, smallConfig } from './samples.ts';

/** As tf.loadLayersModel(url) does it: reads model.json, follows its manifest to the binary file, loads. */
async function load(files: Record<string, Uint8Array>, network: NetworkName): Promise<tf.LayersModel> {
  const json = JSON.parse(new TextDecoder().decode(files[`${network}/model.json`])) as tf.io.ModelJSON;
  const artifacts = await tf.io.getModelArtifactsForJSON(json, async (manifest) => {
    const paths = manifest.flatMap((group) => group.paths);
    expect(paths).toEqual(['weights.bin']);
    return [manifest.flatMap((group) => group.weights), Uint8Array.from(files[`${network}/${paths[0]}`] ?? []).buffer];
  });
  return tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

const tutorialLayers = {
  generator: 'Dense LeakyReLU Reshape Conv2DTranspose LeakyReLU Conv2DTranspose LeakyReLU Conv2D',
  discriminator: 'Conv2D LeakyReLU Dropout Conv2D LeakyReLU Dropout Flatten Dense',
};

/** The tutorial's networks, written down as its text does. */
function byHand(network: NetworkName, { filters, latent, dropout }: RunConfig): tf.Sequential {
  const l = tf.layers;
  const leaky = () => l.leakyReLU({ alpha: 0.2 });
  const up = () => l.conv2dTranspose({ filters, kernelSize: [4, 4], strides: [2, 2], padding: 'same' });
  const down = (inputShape?: [number, number, number]) =>
    l.conv2d({ filters: filters / 2, kernelSize: 3, strides: 2, padding: 'same', ...(inputShape && { inputShape }) });
  const layers =
    network === 'generator'
      ? [
          l.dense({ units: 7 * 7 * filters, inputShape: [latent] }),
          leaky(),
          l.reshape({ targetShape: [7, 7, filters] }),
          ...[up(), leaky(), up(), leaky()],
          l.conv2d({ filters: 1, kernelSize: [7, 7], activation: 'sigmoid', padding: 'same' }),
        ]
      : [
          ...[down([28, 28, 1]), leaky(), l.dropout({ rate: dropout }), down(), leaky(), l.dropout({ rate: dropout })],
          ...[l.flatten(), l.dense({ units: 1, activation: 'sigmoid' })],
        ];
  return tf.sequential({ layers });
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the tutorial’s networks', () => {
  it('load with the tutorial’s layers and parameters', async () => {
    const { config } = presets.tutorial;
    const files = unzipSync(packWeights(saved(config)));
    const parameters = { generator: 1_164_289, discriminator: 40_705 };
    for (const network of networks) {
      const model = await load(files, network);
      expect(model.countParams()).toBe(parameters[network]);
      expect(model.layers.map((layer) => layer.getClassName()).join(' ')).toBe(tutorialLayers[network]);
      expect(model.name).toBe(network);
      model.dispose();
    }
  });
});

describe('a small network', () => {
  const files = unzipSync(packWeights(saved()));
  const weights = randomWeights(smallConfig);
  const inputs = {
    generator: () => tf.randomNormal([5, smallConfig.latent], 0, 1, 'float32', 3),
    discriminator: () => tf.randomUniform([5, 28, 28, 1], 0, 1, 'float32', 3),
  };

  it.each(networks)('computes what the tutorial’s %s computes with these weights', async (network) => {
    const loaded = await load(files, network);
    const expected = byHand(network, smallConfig);
    const arrays = Object.entries(weights).filter(([name]) => name.startsWith(`${network}/`));
    expected.setWeights(arrays.map(([, { shape, data }]) => tf.tensor(data, [...shape])));
    const input = inputs[network]();
    const actual = (loaded.predict(input) as tf.Tensor).dataSync();
    const wanted = (expected.predict(input) as tf.Tensor).dataSync();
    expect(actual).toEqual(wanted);
    // Not because all is 0.5 or saturated.
    expect(Math.max(...wanted) - Math.min(...wanted)).toBeGreaterThan(1e-3);
    expect(Math.max(...wanted)).toBeLessThan(1);
  });

  it('goes through tfjs’s own saving and loading', async () => {
    for (const network of networks) {
      const loaded = await load(files, network);
      const again = await new Promise<tf.LayersModel>((resolve) => {
        const handler = tf.io.withSaveHandler(async (artifacts) => {
          resolve(await tf.loadLayersModel(tf.io.fromMemory(artifacts)));
          return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
        });
        void loaded.save(handler);
      });
      const input = inputs[network]();
      expect((again.predict(input) as tf.Tensor).dataSync()).toEqual((loaded.predict(input) as tf.Tensor).dataSync());
    }
  });
});

describe('a tapered network with batch normalisation', () => {
  const files = unzipSync(packWeights(saved(normalisedConfig)));

  it('loads with a normalisation before each of the generator’s activations', async () => {
    const generator = await load(files, 'generator');
    expect(generator.layers.map((layer) => layer.getClassName()).join(' ')).toBe(
      'Dense Reshape BatchNormalization LeakyReLU Conv2DTranspose BatchNormalization LeakyReLU Conv2DTranspose BatchNormalization LeakyReLU Conv2D',
    );
    for (const network of networks) {
      expect((await load(files, network)).countParams()).toBe(parameterCount(network, normalisedConfig));
    }
    const norm = generator.getLayer('dense_norm');
    expect(norm.getConfig()).toMatchObject({ axis: -1, epsilon: 0.001, momentum: 0.9, center: true, scale: true });
    expect(norm.weights.map(({ name }) => name)).toEqual(
      ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) => `dense_norm/${part}`),
    );
  });

  it('predicts what the page draws', async () => {
    const arrays = randomWeights(normalisedConfig);
    const variables = {
      generator: createVariables('generator', normalisedConfig, arrays),
      discriminator: createVariables('discriminator', normalisedConfig, arrays),
    };
    const latents = tf.randomNormal([5, normalisedConfig.latent], 0, 1, 'float32', 3);
    const drawn = await new Drawer(variables, normalisedConfig).draw(latents.dataSync() as Float32Array);
    const digits = (await load(files, 'generator')).predict(latents) as tf.Tensor;
    const realness = (await load(files, 'discriminator')).predict(digits) as tf.Tensor;
    expect(relativeError(drawn.pixels, digits.dataSync() as Float32Array)).toBeLessThan(1e-5);
    expect(relativeError(drawn.realness, realness.dataSync() as Float32Array)).toBeLessThan(1e-5);
    // Not because all is 0.5 or saturated.
    expect(Math.max(...drawn.pixels) - Math.min(...drawn.pixels)).toBeGreaterThan(0.05);
    expect(Math.max(...drawn.pixels)).toBeLessThan(1);
    tf.dispose([{ ...variables.generator }, { ...variables.discriminator }]);
  });
});
