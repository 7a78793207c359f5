// English: what steers: the Train bar, the three choices, the pace, and the files of runs and weights.
import { format } from './format.ts';

const { count } = format;

export const trainBar = {
  controls: 'Controls',
  train: 'Train',
  pause: 'Pause',
  stepDiscriminator: 'Step discriminator',
  stepDiscriminatorMeans: 'Trains the discriminator alone: half a step.',
  stepGenerator: 'Step generator',
  stepGeneratorMeans: 'Trains the generator alone: the other half of a step.',
  /** How many half-steps a press of these buttons takes. */
  halfStepCount: 'Half-steps a press',
  halfStepCountMeans: 'How many half-steps one press takes, one after the other. Pause ends them.',
  times: (halfSteps: number) => `×${halfSteps}`,
  reset: 'Reset',
  resetMeans: 'Ends this run and starts an untrained one with the same settings.',
  undo: 'Undo',
  undoMeans: 'Takes back the run that has ended, where it was. What stands now is kept under Runs, if it was trained.',
  /** `step`: with ½ where it was half taken. */
  undoneRun: (step: string) => `The run of step ${step} has ended, and is kept.`,
  ratesStay: (discriminator: string, generator: string) =>
    `The learning rates stay as you changed them: discriminator ${discriminator}, generator ${generator}.`,
  presetRates: 'Use the preset’s',
  presetRatesMean: (discriminator: string, generator: string) =>
    `Discriminator ${discriminator}, generator ${generator}.`,
  settings: 'Settings',
  openSettings: 'Open the settings',
  closeSettings: 'Close the settings',
  restart: 'Restart',
  lowerRates: 'Lower the learning rates and go on',
  /** After what to do where the page was lost: the settings are kept. */
  runKeptToo: (step: string) => `So is your run, as of step ${step}.`,
};

export const setup = {
  resetToChange: 'Reset to change this.',
  notWhileStarting: 'Not while it starts.',

  dataset: 'Dataset',
  /** After the name of what opens a dialog. */
  opensDialog: (label: string) => `${label}…`,
  imagesFrom: (images: number, origin: string) => `${count(images)} images, ${origin}`,
  notFetched: (label: string, megabytes: number) =>
    `${label}, not fetched yet: ${format.setting(megabytes)} MB when you press Train`,
  ready: (label: string) => `${label}, ready when you press Train`,
  otherImages: 'Other images',

  preset: 'Preset',
  presetWithTime: (label: string, epoch: string) => `${label} (${epoch}/epoch)`,
  changedByHand: 'Changed by hand.',
  aboutAnEpoch: (epoch: string) => `About ${epoch} an epoch here.`,
  roughly: (epoch: string, all: string) => `Roughly ${epoch} an epoch here, ${all} in all.`,

  /** `dataset`: as it stands inside of a sentence. */
  standsIn: (dataset: string) => `Training on ${dataset} instead. Retry fetches it and starts over.`,
  retry: 'Retry',
  retryMeans: (dataset: string) => `Starts over with ${dataset}.`,
};

export const pace = {
  title: 'Pace',
  smooth: 'Smooth',
  full: 'Full speed',
  trades: {
    gpu: {
      smooth:
        'The GPU gets work for less than a frame at a time: the page moves smoothly, training is a little slower.',
      full: 'The GPU never waits for work: training is fastest, and what moves on screen may stutter.',
    },
    processor: {
      smooth: 'Training rests a fifth of the time: it is slower, and other programs get that share of the processor.',
      full: 'The worker never rests: training is fastest, and other programs may get slower.',
    },
  },
};

export const files = {
  title: 'Run and weights',
  saveRun: 'Save run',
  saveRunMeans: 'One file with everything: to go on with this run later or elsewhere, exactly where it is.',
  openRun: 'Open run',
  openRunMeans: 'A file that Save run made: goes on where it was. Or drop it anywhere on the page.',
  downloadWeights: 'Download weights',
  downloadWeightsMeans: 'One zip with both networks, for tfjs, Keras, PyTorch and for Open weights.',
  openWeights: 'Open weights',
  openWeightsMeans:
    'A zip that Download weights made: goes on from it, in a run of its own. Or drop it anywhere on the page.',
};
