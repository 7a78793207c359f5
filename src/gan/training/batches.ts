// The inputs of each half-step: real images, latents and dropout masks, each a pure function of seed and half-step.
import type { NetworkName } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import { fixed } from '../../config/run.ts';
import { type MaskWords, type Purpose, purposes, RandomStream } from '../random/stream.ts';

/** Where a trainer's inputs come from. Half-steps of each network are counted from 0. */
export interface Batches {
  /** Real images for a discriminator half-step: [count, 28, 28, 1] in 0 … 1. */
  realImages(halfStep: number, count: number): Float32Array;
  /** [count, latent]. The two networks' half-steps have separate latents. */
  latents(network: NetworkName, halfStep: number, count: number): Float32Array;
  /**
   * Dropout masks of the discriminator's layer 1 or 2, from element `start` (even) of each piece of the batch. Its own
   * half-step has two pieces, real images and fakes; the generator's has one.
   */
  dropoutMasks(network: NetworkName, halfStep: number, layer: 1 | 2, start: number): readonly MaskWords[];
}

const pixels = fixed.imageSize ** 2;

/** Random batches from a dataset, drawn with replacement, as in the tutorial. */
export class RandomBatches implements Batches {
  readonly #config: RunConfig;
  readonly #images: Uint8Array;

  /** images: [n, 28, 28], 0 to 255, at least one; empty for a trainer that only generates. */
  constructor(config: RunConfig, images: Uint8Array) {
    this.#config = config;
    this.#images = images;
  }

  realImages(halfStep: number, count: number): Float32Array {
    const available = this.#images.length / pixels;
    if (available < 1) throw new Error('A discriminator half-step needs real images, and none were given.');
    const random = new RandomStream(this.#config.seed, purposes.realImages, halfStep);
    const batch = new Float32Array(count * pixels);
    for (let i = 0; i < count; i++) {
      const from = random.integer(i, available) * pixels;
      for (let p = 0; p < pixels; p++) batch[i * pixels + p] = (this.#images[from + p] ?? 0) / 255;
    }
    return batch;
  }

  latents(network: NetworkName, halfStep: number, count: number): Float32Array {
    const purpose = network === 'generator' ? purposes.generatorLatents : purposes.discriminatorLatents;
    return new RandomStream(this.#config.seed, purpose, halfStep).normals(count * this.#config.latent);
  }

  dropoutMasks(network: NetworkName, halfStep: number, layer: 1 | 2, start: number): readonly MaskWords[] {
    const { seed, dropout } = this.#config;
    const words = (purpose: Purpose, part: number) =>
      new RandomStream(seed, purpose, halfStep, part).maskWords(dropout, start);
    if (network === 'generator') return [words(purposes.generatorDropout, layer)];
    return [words(purposes.discriminatorDropout, layer), words(purposes.discriminatorDropout, layer + 2)];
  }
}

/** The fixed latents of the grid: [64, latent]. */
export function gridLatents(config: RunConfig): Float32Array<ArrayBuffer> {
  return new RandomStream(config.seed, purposes.gridLatents, 0).normals(fixed.gridTiles * config.latent);
}

/** The latents with which a step's quality is measured: [count, latent]. */
export function qualityLatents(config: RunConfig, step: number, count: number): Float32Array<ArrayBuffer> {
  return new RandomStream(config.seed, purposes.qualityLatents, step).normals(count * config.latent);
}
