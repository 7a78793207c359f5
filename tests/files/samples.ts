// What the tests of src/files start from: weights of a small network, their zip, and a caught error as text.
import { unzipSync, zipSync } from 'fflate';
import { GanvasError } from '../../src/config/errors.ts';
import type { Frame } from '../../src/config/history.ts';
import type { NetworkName } from '../../src/config/networks.ts';
import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { sizeOf, stateShapes, type WeightArray, type WeightArrays, weightShapes } from '../../src/config/weights.ts';
import type { SavedRun } from '../../src/files/savedRun.ts';
import { packWeights, type SavedWeights } from '../../src/files/weightsZip.ts';
import { randomNumbers } from '../support/randomNumbers.ts';
import { readSafetensors } from '../support/readSafetensors.ts';
import { sentenceOf } from '../support/sentence.ts';

export const networks: readonly NetworkName[] = ['generator', 'discriminator'];
export const smallConfig: RunConfig = { ...presets.tutorial.config, filters: 4, latent: 3, batch: 4, seed: 7 };

/** The same with all that the tutorial does not have. */
export const normalisedConfig: RunConfig = { ...smallConfig, tapered: 1, outputKernel: 5, batchNormalisation: 1 };

/** Weights that leave no layer silent and no output saturated. */
export function randomWeights(config: RunConfig, seed = 1): WeightArrays {
  const random = randomNumbers(seed);
  const weights: Record<string, WeightArray> = {};
  for (const network of networks) {
    for (const [name, shape] of weightShapes(network, config)) {
      const inputs = Math.max(1, sizeOf(shape.slice(0, -1)));
      const spread = shape.length === 1 ? 0.2 : 3 / Math.sqrt(inputs);
      // What a normalisation multiplies by and divides by lies around one.
      const centre = /\/(gamma|moving_variance)$/.test(name) ? 1 : 0;
      const data = Float32Array.from({ length: sizeOf(shape) }, () => centre + (random() - 0.5) * spread);
      weights[name] = { shape, data };
    }
  }
  return weights as WeightArrays;
}

export const saved = (config = smallConfig): SavedWeights => ({
  config,
  step: 1240,
  datasetLabel: 'Built-in digits',
  weights: randomWeights(config),
});

/** The small network's zip, and the files in it. */
export const zip = packWeights(saved());
export const files = unzipSync(zip);

/** The tensors of a safetensors file, read by a second reader. */
export function tensorsByHand(file: Uint8Array | undefined): Map<string, WeightArray> {
  const tensors = Object.entries(readSafetensors(file ?? new Uint8Array()));
  return new Map(tensors.map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]));
}

/** The zip with some files changed, added or (null) taken out. */
export function changed(changes: Record<string, Uint8Array | null>, level: 0 | 9 = 0): Uint8Array {
  const all: Record<string, Uint8Array | null> = { ...files, ...changes };
  const kept = Object.entries(all).filter((file): file is [string, Uint8Array] => file[1] !== null);
  return zipSync(Object.fromEntries(kept), { level });
}

/** The kind and the sentence of the GanvasError that a call throws; anything else that it throws fails the test. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof GanvasError) return `${error.kind}: ${sentenceOf(error)}`;
    throw error;
  }
  return 'accepted';
}

/** A run in the middle of its third step, with grids and measurements, one of them of a collapsed generator. */
export function savedRun(config: RunConfig = { ...normalisedConfig, weightAverage: 0.9 }, seed = 5): SavedRun {
  const random = randomNumbers(seed);
  const tensors = new Map<string, WeightArray>();
  for (const [name, shape] of stateShapes(config)) {
    const positive = name.startsWith('second_moment/') || /\/moving_variance$/.test(name);
    const data = Float32Array.from({ length: sizeOf(shape) }, () => (positive ? random() : random() - 0.5));
    tensors.set(name, { shape, data });
  }
  const frame = (step: number): Frame => ({
    step,
    half: step === 3,
    pictures: { pixels: Uint8Array.from({ length: 64 * 784 }, () => 256 * random()), count: 64 },
    realness: Float32Array.from({ length: 64 }, random),
  });
  const scores = { classShares: Array.from({ length: 10 }, () => 0.1), covered: 10, divergence: 0.02, confidence: 0.9 };
  const digits = { ...scores, inceptionScore: 7.5, frechet: 31.25 };
  return {
    runId: 'a-run',
    savedAt: 1_764_000_000_000,
    started: 1_763_999_000_000,
    config,
    dataset: { id: 'mnist', label: 'MNIST', count: 60_000, sha256: null },
    backend: 'wasm',
    training: { firstStep: 0, iterations: { generator: 2, discriminator: 3 }, owesGenerator: true, tensors },
    epochs: 5,
    seconds: 12.5,
    quality: {
      rows: [
        { step: 1, seconds: 3.25, digits, diversity: 1.01 },
        { step: 2, seconds: 7, digits: { ...digits, frechet: Number.NaN }, diversity: Number.POSITIVE_INFINITY },
      ],
      real: { digits: { ...digits, frechet: 4 }, diversity: 1 },
      nextAt: 14.2,
    },
    stopping: { lowest: 31.25, without: 1 },
    metrics: {
      steps: Uint32Array.of(1, 2, 3),
      discriminatorLoss: Float32Array.of(0.7, 0.6, 0.5),
      generatorLoss: Float32Array.of(0.8, 0.9, Number.NaN),
      accuracyReal: Float32Array.of(0.5, 0.75, 1),
      accuracyFake: Float32Array.of(0.5, 0.25, 1),
    },
    frames: [frame(0), frame(2), frame(3)],
  };
}
