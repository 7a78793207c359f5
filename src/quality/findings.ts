// What the diagnosis can say, as data: for each finding its tone, its sentence from the numbers, and what to try.
import { coveredShare, type Finding } from '../config/quality.ts';
import type { Trend } from './trend.ts';

/** The numbers behind a finding, smoothed: means of recent steps, medians of recent measurements. NaN: not known. */
export interface Facts {
  readonly step: number;
  /** Measurements of the run so far, and how many of the newest the trend is from. */
  readonly measurements: number;
  readonly window: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  readonly accuracyReal: number;
  readonly accuracyFake: number;
  readonly diversity: number;
  /** null where the classes are not digits. */
  readonly digits: DigitFacts | null;
}

export interface DigitFacts {
  /** Fréchet distance: now, at the start of the window, and the lowest of the run with its step. */
  readonly frechet: number;
  readonly frechetBefore: number;
  readonly best: number;
  readonly bestStep: number;
  /** How it has gone over the window. */
  readonly trend: Trend;
  /** The lowest and the highest in the window. */
  readonly range: readonly [number, number];
  /** That of real images; null where it is not known. */
  readonly real: number | null;
  readonly confidence: number;
  /** Digits below `coveredShare` in most of the newest measurements. */
  readonly missing: readonly number[];
}

export const codes = [
  'blown-up',
  'too-early',
  'generator-stuck',
  'discriminator-strong',
  'discriminator-weak',
  'mode-collapse',
  'missing-digits',
  'low-diversity',
  'worsening',
  'good-enough',
  'improving',
  'fluctuating',
  'plateau',
  'unjudged',
] as const;
export type FindingCode = (typeof codes)[number];

interface Words {
  readonly tone: Finding['tone'];
  readonly text: (facts: Facts) => string;
  readonly advice: string;
}

const allDigits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const percent = (share: number): string => `${Math.round(100 * share)}%`;
const loss = (value: number): string => value.toFixed(2);
/** Where decimals mean nothing any more; — where there is none. */
const large = (value: number): string =>
  Number.isNaN(value) ? '—' : value < 10 ? loss(value) : Math.round(value).toLocaleString('en-GB');
/** A Fréchet distance: whole from 10 on, as its second decimal is chance. */
const distance = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toFixed(1));
const steps = (value: number): string => value.toLocaleString('en-GB');

function list(items: readonly number[], last: 'and' | 'or'): string {
  const head = items.slice(0, -1).join(', ');
  return items.length < 2 ? items.join('') : `${head} ${last} ${items.at(-1)}`;
}

const besideReal = ({ real }: DigitFacts): string => (real === null ? '' : ` (real images: ${distance(real)})`);
const so = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Words that need digits; `otherwise` where there are none. */
const ofDigits = (words: (digits: DigitFacts, facts: Facts) => string, otherwise = '') => {
  return (facts: Facts): string => (facts.digits === null ? otherwise : words(facts.digits, facts));
};

export const words: Readonly<Record<FindingCode, Words>> = {
  'blown-up': {
    tone: 'bad',
    text: ({ discriminatorLoss, generatorLoss }) =>
      `Losses have blown up: discriminator ${large(discriminatorLoss)}, generator ${large(generatorLoss)}, where each has about 0.7 in a fair fight.`,
    advice: 'Press Reset, with lower learning rates: weights that have run away seldom come back.',
  },
  'too-early': {
    tone: 'neutral',
    text: ({ step, measurements }) =>
      `Too early to tell: step ${steps(step)}, ${so(measurements, 'measurement')} so far.`,
    advice: 'Let it train on: it takes some measurements, a few seconds apart, to see which way it goes.',
  },
  'generator-stuck': {
    tone: 'bad',
    text: ofDigits(
      ({ frechet }, { window }) =>
        `The generator makes no progress: the Fréchet distance stays about ${distance(frechet)} over the last ${window} measurements.`,
    ),
    advice: 'Raise the generator’s learning rate; if it was high already, lower both and press Reset.',
  },
  'discriminator-strong': {
    tone: 'bad',
    text: ({ accuracyReal, accuracyFake, generatorLoss, digits }) =>
      `The discriminator is too strong: right about ${percent(accuracyReal)} of real and ${percent(accuracyFake)} of generated images, generator loss ${loss(generatorLoss)}${digits === null ? '' : `, and the Fréchet distance does not fall (${distance(digits.frechet)})`}.`,
    advice: 'Lower the discriminator’s learning rate or raise its dropout; if the pictures stay blank, press Reset.',
  },
  'discriminator-weak': {
    tone: 'warning',
    text: ({ discriminatorLoss, generatorLoss, accuracyFake }) =>
      `The discriminator is too weak: its loss of ${loss(discriminatorLoss)} is above a coin’s 0.69, it sees through ${percent(accuracyFake)} of the generated images (generator loss ${loss(generatorLoss)}), and there is nothing to learn from it.`,
    advice: 'Raise the discriminator’s learning rate, lower its dropout, or lower the generator’s learning rate.',
  },
  'mode-collapse': {
    tone: 'bad',
    text: ofDigits(({ missing }) => {
      const left = allDigits.filter((digit) => !missing.includes(digit));
      const below = `below ${percent(coveredShare)} of the samples`;
      if (left.length === 0) return 'Mode collapse: few digits at a time, and others at each measurement.';
      return left.length < 5
        ? `Mode collapse: hardly anything but ${list(left, 'and')}; the other digits are each ${below}.`
        : `Mode collapse: hardly any ${list(missing, 'or')} (each ${below}); ${left.length} of 10 digits are left.`;
    }),
    advice: 'Lower the generator’s learning rate, or begin anew with a larger latent size or batch.',
  },
  'missing-digits': {
    tone: 'warning',
    text: ofDigits(
      ({ missing }) =>
        `${10 - missing.length} of 10 digits: hardly any ${list(missing, 'or')} (below ${percent(coveredShare)} of the samples).`,
    ),
    advice: 'It may come back by itself; if not, lower the generator’s learning rate.',
  },
  'low-diversity': {
    tone: 'warning',
    text: ({ diversity }) => `The pictures are too much alike: they differ ${percent(diversity)} as much as real ones.`,
    advice: 'Lower the generator’s learning rate, or begin anew with a larger latent size or batch.',
  },
  worsening: {
    tone: 'warning',
    text: ofDigits(
      ({ best, bestStep, frechet }) =>
        `Getting worse: the Fréchet distance was ${distance(best)} at step ${steps(bestStep)} and is ${distance(frechet)} now.`,
    ),
    advice: 'Lower both learning rates; this is often a swing that passes.',
  },
  'good-enough': {
    tone: 'good',
    text: ofDigits(
      (digits) =>
        `Good enough to stop: 10 of 10 digits, ${percent(digits.confidence)} confidence, and a Fréchet distance of ${distance(digits.frechet)}${besideReal(digits)} that hardly falls any more.`,
    ),
    advice: 'Pause and download the weights, or lower both learning rates to polish.',
  },
  improving: {
    tone: 'good',
    text: ofDigits((digits, { window }) => {
      const { frechetBefore, frechet, missing } = digits;
      const far = `Getting better: the Fréchet distance fell from ${distance(frechetBefore)} to ${distance(frechet)} over the last ${window} measurements`;
      return missing.length === 0 ? `${far}.` : `${far}; ${10 - missing.length} of 10 digits so far.`;
    }),
    advice: 'Let it train on.',
  },
  fluctuating: {
    tone: 'neutral',
    text: ofDigits(
      ({ range: [low, high] }, { window }) =>
        `Going up and down: the Fréchet distance was between ${distance(low)} and ${distance(high)} in the last ${window} measurements.`,
    ),
    advice: 'Lower both learning rates for smaller swings.',
  },
  plateau: {
    tone: 'neutral',
    text: ofDigits(
      (digits, { window }) =>
        `Hardly changing: the Fréchet distance stays about ${distance(digits.frechet)}${besideReal(digits)} over the last ${window} measurements.`,
    ),
    advice: 'Lower both learning rates, or begin anew with more filters.',
  },
  unjudged: {
    tone: 'neutral',
    text: ({ discriminatorLoss, generatorLoss, diversity }) =>
      `Nothing alarming: losses ${loss(discriminatorLoss)} and ${loss(generatorLoss)}, and the pictures differ ${percent(diversity)} as much as real ones.`,
    advice: 'Whether they are good is for your eyes: the judge knows digits only.',
  },
};

export function findingOf(code: FindingCode, facts: Facts): Finding {
  const { tone, text, advice } = words[code];
  return { code, tone, text: text(facts), advice };
}
