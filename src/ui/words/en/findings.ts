// English: what is going on in a run, one sentence for each finding, and what to try.
import type { DigitFindingFacts, FindingCode, FindingFacts } from '../../../config/findings.ts';
import { coveredShare } from '../../../config/quality.ts';

interface FindingWords {
  readonly text: (facts: FindingFacts) => string;
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

const besideReal = ({ real }: DigitFindingFacts): string => (real === null ? '' : ` (real images: ${distance(real)})`);
const so = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Words that need digits; `otherwise` where there are none. */
const ofDigits = (words: (digits: DigitFindingFacts, facts: FindingFacts) => string, otherwise = '') => {
  return (facts: FindingFacts): string => (facts.digits === null ? otherwise : words(facts.digits, facts));
};

export const findings: Readonly<Record<FindingCode, FindingWords>> = {
  'blown-up': {
    text: ({ discriminatorLoss, generatorLoss }) =>
      `Losses have blown up: discriminator ${large(discriminatorLoss)}, generator ${large(generatorLoss)}, where each has about 0.7 in a fair fight.`,
    advice: 'Press Reset, with lower learning rates: weights that have run away seldom come back.',
  },
  'too-early': {
    text: ({ step, measurements }) =>
      `Too early to tell: step ${steps(step)}, ${so(measurements, 'measurement')} so far.`,
    advice: 'Let it train on: it takes some measurements, a few seconds apart, to see which way it goes.',
  },
  'generator-stuck': {
    text: ofDigits(
      ({ frechet }, { window }) =>
        `The generator makes no progress: the Fréchet distance stays about ${distance(frechet)} over the last ${window} measurements.`,
    ),
    advice: 'Raise the generator’s learning rate; if it was high already, lower both and press Reset.',
  },
  'discriminator-strong': {
    text: ({ accuracyReal, accuracyFake, generatorLoss, digits }) =>
      `The discriminator is too strong: right about ${percent(accuracyReal)} of real and ${percent(accuracyFake)} of generated images, generator loss ${loss(generatorLoss)}${digits === null ? '' : `, and the Fréchet distance does not fall (${distance(digits.frechet)})`}.`,
    advice: 'Lower the discriminator’s learning rate or raise its dropout; if the pictures stay blank, press Reset.',
  },
  'discriminator-weak': {
    text: ({ discriminatorLoss, generatorLoss, accuracyFake }) =>
      `The discriminator is too weak: its loss of ${loss(discriminatorLoss)} is above a coin’s 0.69, it sees through ${percent(accuracyFake)} of the generated images (generator loss ${loss(generatorLoss)}), and there is nothing to learn from it.`,
    advice: 'Raise the discriminator’s learning rate, lower its dropout, or lower the generator’s learning rate.',
  },
  'mode-collapse': {
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
    text: ofDigits(
      ({ missing }) =>
        `${10 - missing.length} of 10 digits: hardly any ${list(missing, 'or')} (below ${percent(coveredShare)} of the samples).`,
    ),
    advice: 'It may come back by itself; if not, lower the generator’s learning rate.',
  },
  'low-diversity': {
    text: ({ diversity }) => `The pictures are too much alike: they differ ${percent(diversity)} as much as real ones.`,
    advice: 'Lower the generator’s learning rate, or begin anew with a larger latent size or batch.',
  },
  worsening: {
    text: ofDigits(
      ({ best, bestStep, frechet }) =>
        `Getting worse: the Fréchet distance was ${distance(best)} at step ${steps(bestStep)} and is ${distance(frechet)} now.`,
    ),
    advice: 'Lower both learning rates; this is often a swing that passes.',
  },
  'good-enough': {
    text: ofDigits(
      (digits) =>
        `Good enough to stop: 10 of 10 digits, ${percent(digits.confidence)} confidence, and a Fréchet distance of ${distance(digits.frechet)}${besideReal(digits)} that hardly falls any more.`,
    ),
    advice: 'Pause and download the weights, or lower both learning rates to polish.',
  },
  improving: {
    text: ofDigits((digits, { window }) => {
      const { frechetBefore, frechet, missing } = digits;
      const far = `Getting better: the Fréchet distance fell from ${distance(frechetBefore)} to ${distance(frechet)} over the last ${window} measurements`;
      return missing.length === 0 ? `${far}.` : `${far}; ${10 - missing.length} of 10 digits so far.`;
    }),
    advice: 'Let it train on.',
  },
  fluctuating: {
    text: ofDigits(
      ({ range: [low, high] }, { window }) =>
        `Going up and down: the Fréchet distance was between ${distance(low)} and ${distance(high)} in the last ${window} measurements.`,
    ),
    advice: 'Lower both learning rates for smaller swings.',
  },
  plateau: {
    text: ofDigits(
      (digits, { window }) =>
        `Hardly changing: the Fréchet distance stays about ${distance(digits.frechet)}${besideReal(digits)} over the last ${window} measurements.`,
    ),
    advice: 'Lower both learning rates, or begin anew with more filters.',
  },
  unjudged: {
    text: ({ discriminatorLoss, generatorLoss, diversity }) =>
      `Nothing alarming: losses ${loss(discriminatorLoss)} and ${loss(generatorLoss)}, and the pictures differ ${percent(diversity)} as much as real ones.`,
    advice: 'Whether they are good is for your eyes: the judge knows digits only.',
  },
};
