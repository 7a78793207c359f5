// English: the slider over training time, and the note on the pretrained generator.
import type { ReactNode } from 'react';
import { format } from './format.ts';

const { count } = format;

export const timeMachine = {
  title: 'Training time',
  empty: 'While it trains, these digits are kept as they were at every moment: a slider here goes back to any of them.',
  showingAsInCurves: (step: string) => `Showing step ${step}, as in the curves`,
  showing: (step: string) => `Showing step ${step}`,
  live: 'Live',
  newest: 'Newest',
  backToLive: 'Back to live',
  backToNewest: 'Back to newest',
  atLive: (step: string) => `live, step ${step}`,
  atNewest: (step: string) => `newest, step ${step}`,
  atStep: (step: string, newest: string) => `step ${step} of ${newest}`,
  sliderMeans: 'The digits of the same noise at an earlier step. Training goes on meanwhile.',
  trainFrom: 'Train from here',
  fromStep: (step: string) => `(step ${step})`,
  trainFromMeans: (step: string) =>
    `Goes on from step ${step}, the nearest state that is kept, as a run of its own. This run stays as it is.`,
  trainFromNone: 'No state at or before this step is kept to train from.',
  drawnWith: 'Drawn with',
  drawnWithMeans:
    'The average of the generator’s weights over its last steps draws better digits; the newest weights show at once what a few half-steps have changed. Measured and downloaded is the average.',
  weights: { averaged: 'averaged', newest: 'newest weights' },
  play: 'Play',
  playMeans: 'Plays the run so far, from here or, at the end, from the start.',
  stop: 'Stop',
  stopMeans: 'Stops here.',

  pretrained: (epochs: number, strong: (text: string) => ReactNode): ReactNode => (
    <>
      These digits come from a generator that we trained for {count(epochs)} epochs on MNIST, so that there is something
      to play with. {strong('Train')} starts one of your own, from noise.
    </>
  ),
  continuePretrained: 'Continue from these weights',
};
