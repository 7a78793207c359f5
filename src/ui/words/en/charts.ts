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
  noSmoothing: 'none',
  overSteps: (steps: number) => `over ${steps} steps`,
  logScale: 'Log scale',
  empty:
    'The losses of both networks are drawn here, a point a step, as soon as training begins. Below them: how often the discriminator is right.',
  downloadCsv: 'Download CSV',
  downloadCsvMeans:
    'Every step so far: losses in nats, accuracies as shares, and the quality of the digits where it was measured.',
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
  /** At the ends of another run's curves. */
  otherRun: (run: number, series: string) => `run ${run} ${series}`,
  short: { discriminatorLoss: 'd', generatorLoss: 'g', accuracyReal: 'real', accuracyFake: 'fake' },
  atCursor: {
    step: 'step',
    discriminatorLoss: 'discriminator',
    generatorLoss: 'generator',
    accuracyReal: 'right on real',
    accuracyFake: 'right on fake',
  },

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
