// Draws digits with the generator, and asks the discriminator how real each looks.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../../config/errors.ts';
import { fixed, type RunConfig } from '../../config/run.ts';
import { kernels } from '../ops/current.ts';
import { discriminatorForward } from './discriminator.ts';
import { generatorForward } from './generator.ts';
import { chunkSize, type Networks } from './networks.ts';

export interface Drawing {
  /** [count, 28, 28] in (0, 1) */
  readonly pixels: Float32Array<ArrayBuffer>;
  /** [count]: the discriminator's probability that each is real. */
  readonly realness: Float32Array<ArrayBuffer>;
}

const pixelsPerImage = fixed.imageSize ** 2;

/** Owns nothing: the networks stay the caller's. */
export class Drawer {
  readonly #networks: Networks;
  readonly #config: RunConfig;

  constructor(networks: Networks, config: RunConfig) {
    this.#networks = networks;
    this.#config = config;
  }

  /**
   * Draws latents [count, latent] and asks the discriminator about them (without dropout), in chunks that bound the
   * memory.
   * @param between called between two chunks, so that the caller can do other work; its error ends the drawing
   * @throws GanvasError 'bad-settings' when the latents are not whole rows of finite numbers.
   */
  async draw(latents: Float32Array, between: () => Promise<void> = async () => {}): Promise<Drawing> {
    const { latent } = this.#config;
    const count = latents.length / latent;
    if (!Number.isInteger(count) || count < 1 || latents.some((value) => !Number.isFinite(value))) {
      throw new GanvasError('latent-not-finite', { wanted: latent, count: latents.length });
    }
    const chunk = chunkSize(this.#config);
    const pixels = new Float32Array(count * pixelsPerImage);
    const realness = new Float32Array(count);
    for (let from = 0; from < count; from += chunk) {
      if (from > 0) await between();
      const to = Math.min(count, from + chunk);
      const drawn = tf.tidy(() => {
        const input = kernels().upload<tf.Tensor2D>(latents.slice(from * latent, to * latent), [to - from, latent]);
        const { images } = generatorForward(this.#networks.generator, input, 'moving');
        const { logits } = discriminatorForward(this.#networks.discriminator, images, null);
        return tf.concat([tf.reshape(images, [to - from, pixelsPerImage]), tf.sigmoid(logits)], 1);
      });
      try {
        const values = await drawn.data();
        for (let i = 0; i < to - from; i++) {
          const row = i * (pixelsPerImage + 1);
          pixels.set(values.subarray(row, row + pixelsPerImage), (from + i) * pixelsPerImage);
          realness[from + i] = values[row + pixelsPerImage] ?? Number.NaN;
        }
      } finally {
        drawn.dispose();
      }
    }
    return { pixels, realness };
  }
}
