// How good the digits are, as plain data: what is measured, what each measure is called, means and comes from.

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

/** What is going on in a run, in a sentence for the visitor, with what to try. */
export interface Finding {
  /** One a kind of finding. */
  readonly code: string;
  readonly tone: 'good' | 'neutral' | 'warning' | 'bad';
  readonly text: string;
  readonly advice: string;
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

export interface Measure {
  /** As the literature calls it, or as plainly as can be where it has no name there. */
  readonly name: string;
  /** One sentence. */
  readonly meaning: string;
  readonly source: string;
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

/** In the order in which they are explained. */
export const measures: Readonly<Record<MeasureName, Measure>> = {
  covered: {
    name: 'Classes covered',
    meaning: `How many of the ten digits make up at least ${100 * coveredShare}% of the samples, as a digit classifier sees them; fewer than ten is mode collapse.`,
    source: 'after the counted modes of Metz et al. 2017, Unrolled Generative Adversarial Networks',
  },
  classShares: {
    name: 'Class shares',
    meaning: 'Which part of the samples the digit classifier takes for each digit.',
    source: 'after Richardson and Weiss 2018, On GANs and GMMs',
  },
  divergence: {
    name: 'KL divergence of the classes',
    meaning: 'How far the shares of the digits are from those among the real images; 0 is the same.',
    source: 'Kullback and Leibler 1951, On Information and Sufficiency',
  },
  confidence: {
    name: 'Mean confidence',
    meaning: 'How sure the digit classifier is of the class it sees, averaged over the samples; smudges make it doubt.',
    source: 'the mean of the largest softmax probability: Hendrycks and Gimpel 2017',
  },
  inceptionScore: {
    name: 'Inception score',
    meaning:
      'High when each sample is clearly one digit and all digits are as frequent: 1 at worst, 10 at best. Ours sees with a digit classifier, so it compares with no published one.',
    source: 'Salimans et al. 2016, Improved Techniques for Training GANs',
  },
  frechet: {
    name: 'Fréchet distance',
    meaning:
      'How far the samples are from real images in what the digit classifier sees, in mean and in scatter: the best single number here. It compares with ours only, at the same number of samples.',
    source: 'Heusel et al. 2017, GANs Trained by a Two Time-Scale Update Rule, with a digit classifier for Inception',
  },
  diversity: {
    name: 'Diversity within a class',
    meaning:
      'How much two samples of the same digit differ, pixel by pixel, as a share of how much real ones do; near 0 they are all the same.',
    source: 'after the pairwise distances of Odena et al. 2017, Conditional Image Synthesis with Auxiliary Classifiers',
  },
  nearest: {
    name: 'Nearest real image',
    meaning:
      'The real image that differs least from this one, pixel by pixel: one that is much nearer than real images are to one another is a copy.',
    source: 'the usual test for memorising: Goodfellow et al. 2014, Generative Adversarial Nets',
  },
};
