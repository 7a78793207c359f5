// English: the settings of a run and the rules that end it: what each is called, means, and does when it is higher.
import type { SettingGroup, SettingName } from '../../../config/settings.ts';
import type { StopRuleName } from '../../../config/stopping.ts';
import { format } from './format.ts';

export interface SettingWords {
  readonly label: string;
  /** What it is, in plain words. */
  readonly meaning: string;
  /** What a higher value does. */
  readonly higher: string;
}

export const settings: Readonly<Record<SettingName, SettingWords>> = {
  batch: {
    label: 'Batch',
    meaning: 'How many images each half-step looks at (for the discriminator: half real, half fake).',
    higher: 'Higher: steadier gradients, slower steps, fewer of them in an epoch.',
  },
  epochs: {
    label: 'Epochs',
    meaning: 'How often training goes through as many images as the dataset has.',
    higher: 'Higher: longer training.',
  },
  labelSmoothing: {
    label: 'Label smoothing',
    meaning: 'How much less than 1 the label of real images is, so that the discriminator never gets too sure.',
    higher: 'Higher: a more doubtful discriminator.',
  },
  seed: {
    label: 'Seed',
    meaning: 'Where all random numbers start. The same seed and settings on the same accelerator give the same run.',
    higher: 'Another value: another run.',
  },
  filters: {
    label: 'Filters',
    meaning: 'Channels of the generator’s feature maps; the discriminator has half as many, unless both are tapered.',
    higher: 'Higher: finer digits in the end, and steps that cost four times as much for twice as many.',
  },
  latent: {
    label: 'Latent size',
    meaning: 'How many random numbers each digit is made from.',
    higher: 'Higher: more ways for digits to differ.',
  },
  tapered: {
    label: 'Tapered',
    meaning:
      'The larger a feature map, the fewer its channels: the generator’s have all, ¾ and ½ of the filters, the discriminator’s ½ and all of them.',
    higher: 'On: about half the arithmetic of a step.',
  },
  outputKernel: {
    label: 'Output kernel',
    meaning: 'How many pixels wide and high the generator looks around each pixel of its last feature map to draw it.',
    higher: 'Higher: each pixel follows from more of its surroundings; slower steps.',
  },
  batchNormalisation: {
    label: 'Batch normalisation',
    meaning:
      'Each channel of the generator is brought to mean 0 and variance 1 over the batch, then scaled and shifted by two weights that it learns.',
    higher: 'On: what a layer hands on keeps its scale however far its weights move; steps take a little longer.',
  },
  weightAverage: {
    label: 'Weight average',
    meaning:
      'Digits are drawn, judged and taken home with a moving average of the generator’s weights: how much of itself it keeps at each step. Training goes on with the weights themselves.',
    higher: 'Higher: calmer digits, that follow later. 0: no average.',
  },
  generatorLearningRate: {
    label: 'Generator learning rate',
    meaning: 'How far each step moves the generator’s weights.',
    higher: 'Higher: faster at first, then unstable.',
  },
  discriminatorLearningRate: {
    label: 'Discriminator learning rate',
    meaning: 'How far each step moves the discriminator’s weights.',
    higher: 'Higher: faster at first, then unstable, or too strong for the generator to learn from.',
  },
  discriminatorKernel: {
    label: 'Discriminator kernel',
    meaning: 'How many pixels wide and high each of the discriminator’s two convolutions looks at once.',
    higher: 'Higher: it sees whole strokes, not only their edges, and teaches the generator more; slower steps.',
  },
  dropout: {
    label: 'Dropout',
    meaning: 'Share of the discriminator’s activations that each training step switches off at random.',
    higher: 'Higher: a weaker discriminator that memorises less.',
  },
  beta1: {
    label: 'Beta 1',
    meaning: 'How much of its past direction Adam keeps at each step.',
    higher: 'Higher: smoother, but it overshoots when the opponent changes.',
  },
};

export const settingGroups: Readonly<Record<SettingGroup, string>> = {
  data: 'Data and length',
  generator: 'Generator',
  discriminator: 'Discriminator',
  optimizer: 'Optimizer',
};

interface StopRuleWords {
  readonly label: string;
  readonly unit: string;
  readonly meaning: string;
}

export const stopRules: Readonly<Record<StopRuleName, StopRuleWords>> = {
  minutes: {
    label: 'Stop after',
    unit: 'minutes',
    meaning: 'Training pauses by itself after so much training time; Train then goes on for as long again.',
  },
  patience: {
    label: 'Stop without progress for',
    unit: 'measurements',
    meaning:
      'Training pauses by itself when so many measurements in a row have brought no new lowest Fréchet distance; Train then gives it as many more.',
  },
};

export const fields = {
  title: 'Settings',
  canChange: 'They can change until training starts.',
  locked: 'Reset to change these; the learning rates change at once.',
  whatIsThis: 'What is this?',
  on: 'on',
  off: 'off',
  range: 'Range',
  between: (least: string, most: string) => `${least} to ${most}`,
  orEmpty: (range: string) => `${range}, or empty`,
  onOrOff: 'on or off',
  even: (range: string) => `${range}, even`,
  odd: (range: string) => `${range}, odd`,
  defaultIn: (preset: string) => `Default (${preset})`,
  default: 'Default',
  changes: 'Changes',
  atAnyTime: 'at any time',
  beforeTraining: 'before training',
  /** What it is and what a higher value does. */
  meaning: ({ meaning, higher }: SettingWords) => `${meaning} ${higher}`,
  /** After what is wrong with what was typed. */
  inUse: (problem: string, value: string) => `${problem} In use: ${value}.`,
  backToDefault: (value: string) => `Back to the default, ${value}`,
  /** Of a stop rule: its name with the unit of its number. */
  withUnit: (label: string, unit: string) => `${label}, ${unit}`,
  /** A setting that two runs differ in. */
  difference: (label: string, from: string, to: string) => `${format.uncapital(label)} ${from} → ${to}`,
};

/** The switches for who looks elsewhere while it trains. */
export const away = {
  screen: 'Keep the screen on while training',
  screenMeans: 'The screen is not dimmed or locked while training goes on and this page is in sight. It costs battery.',
  screenRefused: 'The browser does not keep the screen on now; saving the battery is a usual reason.',
  notice: 'Tell me when training ends',
  noticeMeans:
    'The browser notifies you when training has ended by itself, or by an error, while you look elsewhere. It asks you first whether this page may do that.',
  noticeRefused: 'The browser does not let this page notify you. Its settings for this site can change that.',
  trainingEnded: 'Ganvas: training has ended',
  trainingStopped: 'Ganvas: training has stopped',
  pageSaysWhy: 'The page says why.',
};
