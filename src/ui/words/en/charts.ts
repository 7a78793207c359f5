// English: the curves of losses and accuracies, and the numbers that can be taken home.
import type { NetworkName } from '../../../config/networks.ts';
import { format } from './format.ts';

const { count } = format;

export const charts = {
  title: 'Loss curves',
  stepsShown: 'Steps shown',
  allSteps: 'all steps',
  lastSteps: (steps: number) => `last ${count(steps)} steps`,
  smoothing: 'Smoothing',
  autoSmoothing: 'automatic',
  noSmoothing: 'none',
  overSteps: (steps: number) => `over ${steps} steps`,
  logScale: 'Log scale',
  empty:
    'The losses of both networks are drawn here as soon as training begins. Below them: how often the discriminator is right, and how far the digits are from real ones.',
  downloadCsv: 'Download CSV',
  downloadCsvMeans:
    'Every step so far: losses in nats, accuracies as shares, the quality of the digits where it was measured, and what happened on the way.',
  csvName: 'ganvas-losses.csv',

  lossesTitle: 'Losses of discriminator and generator by step',
  lossUnit: 'loss (nats)',
  accuraciesTitle: 'How often the discriminator is right, by step',
  accuracyUnit: 'discriminator right (%)',
  step: 'step',
  /** At the ends of the curves. */
  series: {
    discriminatorLoss: 'discriminator',
    generatorLoss: 'generator',
    accuracyReal: 'on real',
    accuracyFake: 'on fake',
  },
  /** The dotted line of the losses. */
  draw: 'a draw (ln 2)',
  drawMeans: 'Both losses of a discriminator that can only guess: ln 2, that is 0.693 nats.',
  frechetTitle: 'Fréchet distance to real images, by step',
  frechetUnit: 'Fréchet distance',
  frechetEnd: 'digits',
  realLine: 'real images',
  /** At the ends of another run's curves. */
  otherRun: (name: string, series: 'discriminatorLoss' | 'generatorLoss') =>
    `${name} ${series === 'generatorLoss' ? 'G' : 'D'}`,

  cursor: 'Step that the numbers are of',
  cursorMeans: 'Point at a curve, or use the arrow keys: the numbers of that step stand above, its digits in the grid.',
  atCursor: {
    step: 'step',
    discriminatorLoss: 'discriminator',
    generatorLoss: 'generator',
    accuracyReal: 'on real',
    accuracyFake: 'on fake',
    frechet: 'Fréchet',
  },
  /** What the lines and bands are. */
  smoothed: (steps: number) =>
    `Lines: means of ${count(steps)} steps. Bands: the smallest to the largest value among them.`,
  raw: 'Lines: the numbers of each step.',
  newestStep: 'the newest step',
  spoken: (step: number, discriminator: string, generator: string) =>
    `step ${count(step)}: discriminator’s loss ${discriminator}, generator’s loss ${generator}`,

  newest: (step: number) => `The newest point of each curve, at step ${count(step)}`,
  rows: {
    discriminatorLoss: 'Discriminator’s loss',
    generatorLoss: 'Generator’s loss',
    accuracyReal: 'Discriminator right on real images',
    accuracyFake: 'Discriminator right on fake images',
  },
  notMeasured: 'not measured',
  /** Why a value is pale: a network has learnt alone since. */
  notSince: (network: NetworkName, halfSteps: number) =>
    `not measured since the ${network} took ${halfSteps === 1 ? 'a half-step' : `${count(halfSteps)} half-steps`} alone`,
};
