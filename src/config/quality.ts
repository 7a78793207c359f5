// How good the digits are, as plain data: what is measured. What each measure is called and means is the page's.

/** Samples in one measurement, generated and real alike: a Fréchet distance depends on how many there are. */
export const qualitySamples = 512;

/** A class counts as covered from this share of the samples on. */
export const coveredShare = 0.02;

/** What a digit classifier sees in one set of images. */
export interface DigitScores {
  /** Share of each class, 0 to 9; they add up to 1. */
  readonly classShares: readonly number[];
  /** Classes with at least `coveredShare` of the samples, 0 to 10. */
  readonly covered: number;
  /** Kullback-Leibler divergence of the class shares from those of the real images, in nats. */
  readonly divergence: number;
  /** Mean probability of the most likely class, 0 to 1. */
  readonly confidence: number;
  /** 1 to 10. */
  readonly inceptionScore: number;
  /** Fréchet distance to the real images in the classifier's feature space; no unit. */
  readonly frechet: number;
}

/** One measurement of `qualitySamples` images. */
export interface Quality {
  /** null where the dataset's classes are not digits. */
  readonly digits: DigitScores | null;
  /**
   * Mean distance between two images of the same class (where there are no digits: of any two), in the pixels' space,
   * divided by that of real images: 1 is as diverse as the real ones.
   */
  readonly diversity: number;
}

/** The same of real images, held against others of the real images: what a perfect generator would get. */
export type RealQuality = Quality;

/** Quality as it was at one moment of a run. */
export interface QualityRow extends Quality {
  readonly step: number;
  /** Training time until then, pauses left out, in seconds. */
  readonly seconds: number;
}

/** From when on the digits count as ones that a person reads: all three at once. */
export const recognisable = {
  covered: 10,
  confidence: 0.85,
  // What so much looks like, and why it is the line: docs/measurements.md.
  frechet: 45,
} as const;

/** Whether a person would read these digits; never where the classes are not digits. */
export function isRecognisable({ digits }: Quality): boolean {
  return (
    digits !== null &&
    digits.covered >= recognisable.covered &&
    digits.confidence >= recognisable.confidence &&
    digits.frechet <= recognisable.frechet
  );
}

export type MeasureName =
  | 'covered'
  | 'classShares'
  | 'divergence'
  | 'confidence'
  | 'inceptionScore'
  | 'frechet'
  | 'diversity'
  | 'nearest';
