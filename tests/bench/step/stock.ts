// The baseline: the tutorial written plainly with tfjs Layers, as a user would today. Nothing of ours is in it.
import * as tf from '@tensorflow/tfjs';
import type { RunConfig } from '../../../src/config/run.ts';
import type { Work } from './calls.ts';

const adam = () => tf.train.adam(0.0002, 0.5, 0.999, 1e-7);

function defineDiscriminator(filters: number): tf.Sequential {
  const model = tf.sequential();
  model.add(
    tf.layers.conv2d({ filters: filters / 2, kernelSize: 3, strides: 2, padding: 'same', inputShape: [28, 28, 1] }),
  );
  model.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  model.add(tf.layers.dropout({ rate: 0.4 }));
  model.add(tf.layers.conv2d({ filters: filters / 2, kernelSize: 3, strides: 2, padding: 'same' }));
  model.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  model.add(tf.layers.dropout({ rate: 0.4 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
  // The tutorial asks for the accuracy too, and throws it away: left out, one reading less.
  model.compile({ optimizer: adam(), loss: 'binaryCrossentropy' });
  return model;
}

function defineGenerator(filters: number, latent: number): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: filters * 7 * 7, inputShape: [latent] }));
  model.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  model.add(tf.layers.reshape({ targetShape: [7, 7, filters] }));
  model.add(tf.layers.conv2dTranspose({ filters, kernelSize: 4, strides: 2, padding: 'same' }));
  model.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  model.add(tf.layers.conv2dTranspose({ filters, kernelSize: 4, strides: 2, padding: 'same' }));
  model.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  model.add(tf.layers.conv2d({ filters: 1, kernelSize: 7, padding: 'same', activation: 'sigmoid' }));
  return model;
}

export class Stock implements Work {
  readonly #images: tf.Tensor4D;
  readonly #generator: tf.Sequential;
  readonly #discriminator: tf.Sequential;
  readonly #gan: tf.Sequential;
  readonly #batch: number;
  readonly #latent: number;
  /** [batch, 1]: first half real, second half fake; and all real. */
  readonly #labels: { mixed: tf.Tensor; real: tf.Tensor };

  /** On tfjs's current backend. images: [n, 28, 28], 0 to 255; they are kept on the device. */
  constructor({ filters, latent, batch }: RunConfig, images: Uint8Array) {
    this.#batch = batch;
    this.#latent = latent;
    this.#images = tf.tidy(() => tf.div(tf.tensor4d(images, [images.length / 784, 28, 28, 1], 'float32'), 255));
    this.#labels = {
      mixed: tf.tidy(() => tf.concat([tf.ones([batch / 2, 1]), tf.zeros([batch / 2, 1])])),
      real: tf.ones([batch, 1]),
    };
    this.#discriminator = defineDiscriminator(filters);
    this.#generator = defineGenerator(filters, latent);
    this.#gan = tf.sequential();
    this.#discriminator.trainable = false;
    this.#gan.add(this.#generator);
    this.#gan.add(this.#discriminator);
    this.#gan.compile({ optimizer: adam(), loss: 'binaryCrossentropy' });
  }

  /** trainOnBatch reads its loss: that is how it waits for the device. */
  async step(): Promise<void> {
    const half = this.#batch / 2;
    const mixed = tf.tidy(() => {
      const chosen = tf.randomUniform([half], 0, this.#images.shape[0], 'int32') as tf.Tensor1D;
      const fakes = this.#generator.predictOnBatch(tf.randomNormal([half, this.#latent])) as tf.Tensor;
      return tf.concat([tf.gather(this.#images, chosen), fakes]);
    });
    // Unlike Keras, tfjs freezes the variables themselves: what the combined model must leave alone, its own must thaw.
    this.#discriminator.trainable = true;
    const discriminatorLoss = await this.#discriminator.trainOnBatch(mixed, this.#labels.mixed);
    this.#discriminator.trainable = false;
    mixed.dispose();
    const latents = tf.randomNormal([this.#batch, this.#latent]);
    const generatorLoss = await this.#gan.trainOnBatch(latents, this.#labels.real);
    latents.dispose();
    if (!Number.isFinite(discriminatorLoss) || !Number.isFinite(generatorLoss))
      throw new Error('A loss is not finite.');
  }

  dispose(): void {
    this.#gan.dispose();
    this.#discriminator.dispose();
    tf.dispose([this.#images, this.#labels.mixed, this.#labels.real]);
  }
}
