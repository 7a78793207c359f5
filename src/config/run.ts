// What a run is: the settings of the networks and of training, with their limits and what they mean in plain words.
import { GanvasError } from './errors.ts';

export interface RunConfig {
  /** Channels of the generator's feature maps; the discriminator has half as many. Even. */
  readonly filters: number;
  /** Length of the latent vector. */
  readonly latent: number;
  /** Images in a generator half-step; the discriminator sees batch/2 real and batch/2 fake ones. Even. */
  readonly batch: number;
  readonly epochs: number;
  readonly discriminatorLearningRate: number;
  readonly generatorLearningRate: number;
  /** Adam's decay of the first moment. */
  readonly beta1: number;
  /** Share of the discriminator's activations that each training step sets to zero. */
  readonly dropout: number;
  /** One-sided label smoothing: real images get the label 1 − labelSmoothing. */
  readonly labelSmoothing: number;
  readonly seed: number;
}

/** What the tutorial fixes and no setting changes. */
export const fixed = { leakySlope: 0.2, beta2: 0.999, epsilon: 1e-7, gridTiles: 64, imageSize: 28 } as const;

export type SettingName = keyof RunConfig;
export type SettingGroup = 'data' | 'generator' | 'discriminator' | 'optimizer';

export interface Setting {
  readonly label: string;
  readonly group: SettingGroup;
  /** What it is, in plain words. */
  readonly meaning: string;
  /** What a higher value does. */
  readonly higher: string;
  readonly min: number;
  readonly max: number;
  /** Values must be whole multiples of this; absent for real numbers. */
  readonly multipleOf?: number;
  /** Whether it can change while the run goes on. */
  readonly live: boolean;
}

/** In the order in which the page shows them. */
export const settings: Readonly<Record<SettingName, Setting>> = {
  batch: {
    label: 'Batch',
    group: 'data',
    meaning: 'How many images each half-step looks at (for the discriminator: half real, half fake).',
    higher: 'Higher: steadier gradients, slower steps, fewer of them in an epoch.',
    min: 2,
    max: 1024,
    multipleOf: 2,
    live: false,
  },
  epochs: {
    label: 'Epochs',
    group: 'data',
    meaning: 'How often training goes through as many images as the dataset has.',
    higher: 'Higher: longer training.',
    min: 1,
    max: 1000,
    multipleOf: 1,
    live: false,
  },
  labelSmoothing: {
    label: 'Label smoothing',
    group: 'data',
    meaning: 'How much less than 1 the label of real images is, so that the discriminator never gets too sure.',
    higher: 'Higher: a more doubtful discriminator.',
    min: 0,
    max: 0.5,
    live: false,
  },
  seed: {
    label: 'Seed',
    group: 'data',
    meaning: 'Where all random numbers start. The same seed and settings on the same accelerator give the same run.',
    higher: 'Another value: another run.',
    min: 0,
    max: 4_294_967_295,
    multipleOf: 1,
    live: false,
  },
  filters: {
    label: 'Filters',
    group: 'generator',
    meaning: 'Channels of the generator’s feature maps; the discriminator has half as many.',
    higher: 'Higher: finer digits in the end, and steps that cost four times as much for twice as many.',
    min: 2,
    max: 256,
    multipleOf: 2,
    live: false,
  },
  latent: {
    label: 'Latent size',
    group: 'generator',
    meaning: 'How many random numbers each digit is made from.',
    higher: 'Higher: more ways for digits to differ.',
    min: 1,
    max: 512,
    multipleOf: 1,
    live: false,
  },
  generatorLearningRate: {
    label: 'Generator learning rate',
    group: 'generator',
    meaning: 'How far each step moves the generator’s weights.',
    higher: 'Higher: faster at first, then unstable.',
    min: 1e-6,
    max: 0.1,
    live: true,
  },
  discriminatorLearningRate: {
    label: 'Discriminator learning rate',
    group: 'discriminator',
    meaning: 'How far each step moves the discriminator’s weights.',
    higher: 'Higher: faster at first, then unstable, or too strong for the generator to learn from.',
    min: 1e-6,
    max: 0.1,
    live: true,
  },
  dropout: {
    label: 'Dropout',
    group: 'discriminator',
    meaning: 'Share of the discriminator’s activations that each training step switches off at random.',
    higher: 'Higher: a weaker discriminator that memorises less.',
    min: 0,
    max: 0.9,
    live: false,
  },
  beta1: {
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

/** One sentence on what is wrong with a value, or null when it is right. */
export function settingProblem(name: SettingName, value: unknown): string | null {
  const { label, min, max, multipleOf } = settings[name];
  const kind = multipleOf === undefined ? 'a number' : multipleOf === 2 ? 'an even whole number' : 'a whole number';
  const wanted = `${label} must be ${kind} from ${min} to ${max}`;
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${wanted}, and this is not a number.`;
  const off = multipleOf !== undefined && value % multipleOf !== 0;
  if (value < min || value > max || off) return `${wanted}, not ${value}.`;
  return null;
}

/**
 * Checks a configuration that came from outside (a file, a message, a form).
 * @throws GanvasError 'bad-settings' naming the first setting that is missing, not a number or out of range.
 */
export function parseConfig(value: unknown): RunConfig {
  if (typeof value !== 'object' || value === null) {
    throw new GanvasError('bad-settings', 'The settings are not a list of names and numbers.');
  }
  const config: Partial<Record<SettingName, number>> = {};
  for (const name of settingNames) {
    const given: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    const problem = settingProblem(name, given);
    if (problem !== null) throw new GanvasError('bad-settings', problem);
    config[name] = given as number;
  }
  return config as RunConfig;
}

/** Steps in an epoch over `count` images: whole batches only, at least one, as the tutorial counts them. */
export function stepsPerEpoch(config: RunConfig, count: number): number {
  return Math.max(1, Math.floor(count / config.batch));
}
