// Each setting of a run: its name, its limits, what it means in plain words, and whether a value will do.
import { type Failure, GanvasError } from './errors.ts';
import type { RunConfig } from './run.ts';

export type SettingName = keyof RunConfig;
export type SettingGroup = 'data' | 'generator' | 'discriminator' | 'optimizer';

export interface Setting {
  /** A switch is 0 (off) or 1 (on). */
  readonly kind: 'number' | 'switch';
  readonly label: string;
  readonly group: SettingGroup;
  /** What it is, in plain words. */
  readonly meaning: string;
  /** What a higher value does. */
  readonly higher: string;
  readonly min: number;
  readonly max: number;
  /** Which whole numbers it can be; absent for real numbers. */
  readonly whole?: 'any' | 'even' | 'odd';
  /** Whether it can change while the run goes on. */
  readonly live: boolean;
  /** What every run had before there was this setting: what a file that does not name it means. */
  readonly before?: number;
}

/** In the order in which the page shows them. */
export const settings: Readonly<Record<SettingName, Setting>> = {
  batch: {
    kind: 'number',
    label: 'Batch',
    group: 'data',
    meaning: 'How many images each half-step looks at (for the discriminator: half real, half fake).',
    higher: 'Higher: steadier gradients, slower steps, fewer of them in an epoch.',
    min: 2,
    max: 1024,
    whole: 'even',
    live: false,
  },
  epochs: {
    kind: 'number',
    label: 'Epochs',
    group: 'data',
    meaning: 'How often training goes through as many images as the dataset has.',
    higher: 'Higher: longer training.',
    min: 1,
    max: 1000,
    whole: 'any',
    live: false,
  },
  labelSmoothing: {
    kind: 'number',
    label: 'Label smoothing',
    group: 'data',
    meaning: 'How much less than 1 the label of real images is, so that the discriminator never gets too sure.',
    higher: 'Higher: a more doubtful discriminator.',
    min: 0,
    max: 0.5,
    live: false,
  },
  seed: {
    kind: 'number',
    label: 'Seed',
    group: 'data',
    meaning: 'Where all random numbers start. The same seed and settings on the same accelerator give the same run.',
    higher: 'Another value: another run.',
    min: 0,
    max: 4_294_967_295,
    whole: 'any',
    live: false,
  },
  filters: {
    kind: 'number',
    label: 'Filters',
    group: 'generator',
    meaning: 'Channels of the generator’s feature maps; the discriminator has half as many, unless both are tapered.',
    higher: 'Higher: finer digits in the end, and steps that cost four times as much for twice as many.',
    min: 2,
    max: 256,
    whole: 'even',
    live: false,
  },
  latent: {
    kind: 'number',
    label: 'Latent size',
    group: 'generator',
    meaning: 'How many random numbers each digit is made from.',
    higher: 'Higher: more ways for digits to differ.',
    min: 1,
    max: 512,
    whole: 'any',
    live: false,
  },
  tapered: {
    kind: 'switch',
    label: 'Tapered',
    group: 'generator',
    meaning:
      'The larger a feature map, the fewer its channels: the generator’s have all, ¾ and ½ of the filters, the discriminator’s ½ and all of them.',
    higher: 'On: about half the arithmetic of a step.',
    min: 0,
    max: 1,
    whole: 'any',
    live: false,
    before: 0,
  },
  outputKernel: {
    kind: 'number',
    label: 'Output kernel',
    group: 'generator',
    meaning: 'How many pixels wide and high the generator looks around each pixel of its last feature map to draw it.',
    higher: 'Higher: each pixel follows from more of its surroundings; slower steps.',
    min: 3,
    max: 7,
    whole: 'odd',
    live: false,
    before: 7,
  },
  batchNormalisation: {
    kind: 'switch',
    label: 'Batch normalisation',
    group: 'generator',
    meaning:
      'Each channel of the generator is brought to mean 0 and variance 1 over the batch, then scaled and shifted by two weights that it learns.',
    higher: 'On: what a layer hands on keeps its scale however far its weights move; steps take a little longer.',
    min: 0,
    max: 1,
    whole: 'any',
    live: false,
    before: 0,
  },
  weightAverage: {
    kind: 'number',
    label: 'Weight average',
    group: 'generator',
    meaning:
      'Digits are drawn, judged and taken home with a moving average of the generator’s weights: how much of itself it keeps at each step. Training goes on with the weights themselves.',
    higher: 'Higher: calmer digits, that follow later. 0: no average.',
    min: 0,
    max: 0.9999,
    live: false,
    before: 0,
  },
  generatorLearningRate: {
    kind: 'number',
    label: 'Generator learning rate',
    group: 'generator',
    meaning: 'How far each step moves the generator’s weights.',
    higher: 'Higher: faster at first, then unstable.',
    min: 1e-6,
    max: 0.1,
    live: true,
  },
  discriminatorLearningRate: {
    kind: 'number',
    label: 'Discriminator learning rate',
    group: 'discriminator',
    meaning: 'How far each step moves the discriminator’s weights.',
    higher: 'Higher: faster at first, then unstable, or too strong for the generator to learn from.',
    min: 1e-6,
    max: 0.1,
    live: true,
  },
  discriminatorKernel: {
    kind: 'number',
    label: 'Discriminator kernel',
    group: 'discriminator',
    meaning: 'How many pixels wide and high each of the discriminator’s two convolutions looks at once.',
    higher: 'Higher: it sees whole strokes, not only their edges, and teaches the generator more; slower steps.',
    min: 3,
    max: 7,
    whole: 'odd',
    live: false,
    before: 3,
  },
  dropout: {
    kind: 'number',
    label: 'Dropout',
    group: 'discriminator',
    meaning: 'Share of the discriminator’s activations that each training step switches off at random.',
    higher: 'Higher: a weaker discriminator that memorises less.',
    min: 0,
    max: 0.9,
    live: false,
  },
  beta1: {
    kind: 'number',
    label: 'Beta 1',
    group: 'optimizer',
    meaning: 'How much of its past direction Adam keeps at each step.',
    higher: 'Higher: smoother, but it overshoots when the opponent changes.',
    min: 0,
    max: 0.999,
    live: false,
  },
};

export const settingNames = Object.keys(settings) as readonly SettingName[];

export type SettingProblem = Failure<'setting-not-a-number' | 'setting-out-of-range'>;

/** What is wrong with a value, or null when it is right. */
export function settingProblem(setting: SettingName, value: unknown): SettingProblem | null {
  const { min, max, whole } = settings[setting];
  if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'setting-not-a-number', facts: { setting } };
  const off =
    (whole !== undefined && !Number.isInteger(value)) ||
    (whole === 'even' && value % 2 !== 0) ||
    (whole === 'odd' && value % 2 === 0);
  if (value < min || value > max || off) return { code: 'setting-out-of-range', facts: { setting, value } };
  return null;
}

/**
 * Checks a configuration that came from outside (a file, a message, a form). Settings that files of earlier times do not
 * have are what they were then.
 * @throws GanvasError 'bad-settings' naming the first setting that is missing, not a number or out of range.
 */
export function parseConfig(value: unknown): RunConfig {
  if (typeof value !== 'object' || value === null) {
    throw new GanvasError('settings-missing', {});
  }
  const config: Partial<Record<SettingName, number>> = {};
  for (const name of settingNames) {
    const given: unknown = Object.hasOwn(value, name)
      ? (value as Record<string, unknown>)[name]
      : settings[name].before;
    const problem = settingProblem(name, given);
    if (problem !== null) throw new GanvasError(problem.code, problem.facts);
    config[name] = given as number;
  }
  return config as RunConfig;
}
