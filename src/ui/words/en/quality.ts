// English: how good the digits are: what each measure is called, means and comes from, and what stands around them.
import { coveredShare, type MeasureName, qualitySamples } from '../../../config/quality.ts';
import { format } from './format.ts';

const { count, duration, percent } = format;

interface MeasureWords {
  /** As the literature calls it, or as plainly as can be where it has no name there. */
  readonly name: string;
  /** One sentence. */
  readonly meaning: string;
  readonly source: string;
}

/** In the order in which they are explained. */
export const measures: Readonly<Record<MeasureName, MeasureWords>> = {
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

export const quality = {
  title: 'How good are they?',
  measuresMean: 'What do these scores mean?',
  measure: ({ meaning, source }: MeasureWords) => `${meaning} (${source})`,
  findings: 'What is going on',
  noFindings:
    'Losses say little about pictures. As soon as training has gone on for a few seconds, sentences here tell whether it is going well, and what to try if not.',
  noFindingsNow:
    'What is going on is said here again when there are real images to hold the digits against: press Train.',
  recognisableAfter: (seconds: number, step: number) =>
    `Recognisable after ${duration(seconds)} of training, at step ${count(step)}.`,
  everyFewSeconds: `Every few seconds of training, ${qualitySamples} fresh samples are measured.`,
  measuredAt: (step: number) => `Measured on ${qualitySamples} fresh samples at step ${count(step)}.`,
  notYet: (step: number) => `Not recognisable yet. Measured on ${qualitySamples} fresh samples at step ${count(step)}.`,
  /** Each before a sample of its mark. */
  shares: 'Share of each digit, generated',
  sharesReal: 'and real',
  sharesList: 'Share of each digit',
  /** `generated` and `real`: shares, null where they are not known. */
  share: (digit: string, generated: number | null, real: number | null) => {
    const ours = generated === null ? 'not measured yet' : `${percent(generated)} of the generated digits`;
    return `${digit}: ${ours}${real === null ? '' : `, ${percent(real)} of the real ones`}`;
  },
  frechet: 'Fréchet distance by step, lower is better',
  realLine: 'real',
  recognisable: 'recognisable',
  step: (step: number) => `step ${count(step)}:`,
  noDigits: (dataset: string) =>
    `The judge knows handwritten digits only, and ${dataset} may be something else: classes, confidence and distances are not measured. What needs no classes is: how much the pictures differ, and which real image is nearest to a tile.`,
  ofTen: (classes: number) => `${classes} of 10`,
  real: (score: string) => `real: ${score}`,
};
