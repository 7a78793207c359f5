// Measures how good images are, held against a sample of real ones: the classifier's view, the Fréchet distance,
// diversity.
import * as tf from '@tensorflow/tfjs';
import { GanvasError } from '../config/errors.ts';
import { coveredShare, type DigitScores, type Quality, qualitySamples, type RealQuality } from '../config/quality.ts';
import { classCount, type DigitClassifier, featureCount } from './classifier.ts';
import {
  classShares,
  coveredClasses,
  inceptionScore,
  klDivergence,
  likeliestClasses,
  meanConfidence,
} from './classScores.ts';
import { diversityOf, type Spread, spreadOf } from './diversity.ts';
import { frechetDistance, gaussianOf, type Reference, referenceOf } from './frechet.ts';
import { sampleReal } from './sample.ts';

const pixels = 28 * 28;

export interface RealImages {
  /** [n, 28, 28], 0 (paper) to 255 (ink), n at least 4. */
  readonly images: Uint8Array;
  /** [n], or null where nobody told the classes. */
  readonly labels: Uint8Array | null;
}

export interface MeterOptions {
  /** Called between two pieces of the work; what it throws ends it. */
  readonly between?: () => Promise<void>;
  /** Images that are classified at once. */
  readonly chunk?: number;
}

/** What is known of real images. */
interface Known {
  /** null where the classes are not digits. */
  readonly digits: { readonly shares: readonly number[]; readonly reference: Reference } | null;
  /** Within the classes; where they are not digits, of all. */
  readonly spread: Spread;
  /** Of any two images, for what no class has two of. */
  readonly spreadOfAll: Spread;
}

/** What a set of images [n, 784] in 0 … 1 looks like. */
interface Seen {
  readonly images: Float32Array;
  /** null without a classifier: [n, 10], [n, 64], and the most likely class of each. */
  readonly digits: { probabilities: Float32Array; features: Float32Array; classes: Uint8Array } | null;
}

/** A class that no real image has counts as half an image of a measurement. */
const rareShare = 0.5 / qualitySamples;

/** Owns its classifier. Which real images it has looked at depends on their number alone. */
export class QualityMeter {
  /** Real images against others of them: what a perfect generator would get. */
  readonly real: RealQuality;
  readonly #classifier: DigitClassifier | null;
  readonly #chunk: number;
  readonly #known: Known;

  private constructor(classifier: DigitClassifier | null, chunk: number, known: Known, real: RealQuality) {
    this.#classifier = classifier;
    this.#chunk = chunk;
    this.#known = known;
    this.real = real;
  }

  /**
   * Looks at up to 2,560 real images; see sampleReal for how they are chosen.
   * @param classifier on tfjs's current backend, the meter's from now on if this succeeds; null: the classes are not
   * digits
   * @throws GanvasError 'too-few-images' below four
   */
  static async create(
    real: RealImages,
    classifier: DigitClassifier | null,
    { between = async () => {}, chunk = 64 }: MeterOptions = {},
  ): Promise<QualityMeter> {
    const sample = sampleReal(real.images.length / pixels);
    const reference = await look(pick(real.images, sample.reference), classifier, chunk, between);
    await between();
    const known = await knownOf(reference, real.labels, between);
    const others = await look(pick(real.images, sample.others), classifier, chunk, between);
    return new QualityMeter(classifier, chunk, known, await qualityOf(others, known, between));
  }

  /**
   * @param images [n, 784] in 0 … 1, `qualitySamples` of them: a Fréchet distance can only be compared at the same
   * number
   * @param between called between two pieces of the work; what it throws ends it
   * @throws GanvasError 'internal' for less than two whole images, 'non-finite-loss' where a pixel is not a number
   */
  async measure(images: Float32Array, between: () => Promise<void> = async () => {}): Promise<Quality> {
    const count = images.length / pixels;
    if (!Number.isInteger(count) || count < 2) throw new GanvasError('too-few-to-measure', { count });
    if (images.some((value) => !Number.isFinite(value))) throw new GanvasError('pixels-broken', {});
    const seen = await look(images, this.#classifier, this.#chunk, between);
    return qualityOf(seen, this.#known, between);
  }

  /** Frees the classifier. Safe to call twice. */
  dispose(): void {
    this.#classifier?.dispose();
  }
}

/** Those images of a dataset, in 0 … 1. */
function pick(images: Uint8Array, indices: Uint32Array): Float32Array {
  const picked = new Float32Array(indices.length * pixels);
  for (const [slot, index] of indices.entries()) {
    for (let p = 0; p < pixels; p++) picked[slot * pixels + p] = (images[index * pixels + p] ?? 0) / 255;
  }
  return picked;
}

/**
 * Classifies images [n, 784] in chunks, which bound the memory and let others in. Holds no tensor between two of them.
 */
async function look(
  images: Float32Array,
  classifier: DigitClassifier | null,
  chunk: number,
  between: () => Promise<void>,
): Promise<Seen> {
  if (classifier === null) return { images, digits: null };
  const count = images.length / pixels;
  const width = classCount + featureCount;
  const probabilities = new Float32Array(count * classCount);
  const features = new Float32Array(count * featureCount);
  for (let from = 0; from < count; from += chunk) {
    if (from > 0) await between();
    const size = Math.min(chunk, count - from);
    const found = tf.tidy(() => {
      const input = tf.tensor4d(images.slice(from * pixels, (from + size) * pixels), [size, 28, 28, 1]);
      const classified = classifier.classify(input);
      return tf.concat([classified.probabilities, classified.features], 1);
    });
    try {
      const values = await found.data();
      for (let i = 0; i < size; i++) {
        const row = values.subarray(i * width, (i + 1) * width);
        probabilities.set(row.subarray(0, classCount), (from + i) * classCount);
        features.set(row.subarray(classCount), (from + i) * featureCount);
      }
    } finally {
      found.dispose();
    }
  }
  return { images, digits: { probabilities, features, classes: likeliestClasses(probabilities, classCount) } };
}

/** The class shares are those of all labels where there are labels, else those that the classifier finds. */
async function knownOf(
  { images, digits }: Seen,
  labels: Uint8Array | null,
  between: () => Promise<void>,
): Promise<Known> {
  await between();
  const spreadOfAll = spreadOf(images, null, 1);
  if (digits === null) return { digits: null, spread: spreadOfAll, spreadOfAll };
  const { features, classes } = digits;
  await between();
  const spread = spreadOf(images, classes, classCount);
  await between();
  const reference = referenceOf(gaussianOf(features, featureCount));
  await between();
  return { digits: { shares: classShares(labels ?? classes, classCount), reference }, spread, spreadOfAll };
}

async function qualityOf({ images, digits }: Seen, known: Known, between: () => Promise<void>): Promise<Quality> {
  await between();
  const within = diversityOf(spreadOf(images, digits?.classes ?? null, classCount), known.spread);
  // No class has two images on both sides: what is left is to compare any two.
  const diversity = within ?? diversityOf(spreadOf(images, null, 1), known.spreadOfAll) ?? 0;
  if (digits === null || known.digits === null) return { digits: null, diversity };
  await between();
  const { probabilities, features, classes } = digits;
  const shares = classShares(classes, classCount);
  const scores: DigitScores = {
    classShares: shares,
    covered: coveredClasses(shares, coveredShare),
    divergence: klDivergence(shares, known.digits.shares, rareShare),
    confidence: meanConfidence(probabilities, classCount),
    inceptionScore: inceptionScore(probabilities, classCount),
    frechet: frechetDistance(known.digits.reference, gaussianOf(features, featureCount)),
  };
  return { digits: scores, diversity };
}
