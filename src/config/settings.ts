// Each setting of a run: its name, its limits and the check of a value. Its label and meaning are in src/ui/words.
import { type Failure, GanvasError } from './errors.ts';
import type { RunConfig } from './run.ts';

export type SettingName = keyof RunConfig;
export type SettingGroup = 'data' | 'generator' | 'discriminator' | 'optimizer';

export interface Setting {
  /** A switch is 0 (off) or 1 (on). */
  readonly kind: 'number' | 'switch';
  readonly group: SettingGroup;
  readonly min: number;
  readonly max: number;
  /** Which whole numbers it can be; absent for real numbers. */
  readonly whole?: 'any' | 'even' | 'odd';
  /** Whether it can change while the run goes on. */
  readonly live: boolean;
  /** The value of a file from before this setting existed. */
  readonly before?: number;
}

/** In the order in which the page shows them. */
export const settings: Readonly<Record<SettingName, Setting>> = {
  batch: {
    kind: 'number',
    group: 'data',
    min: 2,
    max: 1024,
    whole: 'even',
    live: false,
  },
  epochs: {
    kind: 'number',
    group: 'data',
    min: 1,
    max: 1000,
    whole: 'any',
    live: false,
  },
  labelSmoothing: {
    kind: 'number',
    group: 'data',
    min: 0,
    max: 0.5,
    live: false,
  },
  seed: {
    kind: 'number',
    group: 'data',
    min: 0,
    max: 4_294_967_295,
    whole: 'any',
    live: false,
  },
  filters: {
    kind: 'number',
    group: 'generator',
    min: 2,
    max: 256,
    whole: 'even',
    live: false,
  },
  latent: {
    kind: 'number',
    group: 'generator',
    min: 1,
    max: 512,
    whole: 'any',
    live: false,
  },
  tapered: {
    kind: 'switch',
    group: 'generator',
    min: 0,
    max: 1,
    whole: 'any',
    live: false,
    before: 0,
  },
  outputKernel: {
    kind: 'number',
    group: 'generator',
    min: 3,
    max: 7,
    whole: 'odd',
    live: false,
    before: 7,
  },
  batchNormalisation: {
    kind: 'switch',
    group: 'generator',
    min: 0,
    max: 1,
    whole: 'any',
    live: false,
    before: 0,
  },
  weightAverage: {
    kind: 'number',
    group: 'generator',
    min: 0,
    max: 0.9999,
    live: false,
    before: 0,
  },
  generatorLearningRate: {
    kind: 'number',
    group: 'generator',
    min: 1e-6,
    max: 0.1,
    live: true,
  },
  discriminatorLearningRate: {
    kind: 'number',
    group: 'discriminator',
    min: 1e-6,
    max: 0.1,
    live: true,
  },
  discriminatorKernel: {
    kind: 'number',
    group: 'discriminator',
    min: 3,
    max: 7,
    whole: 'odd',
    live: false,
    before: 3,
  },
  dropout: {
    kind: 'number',
    group: 'discriminator',
    min: 0,
    max: 0.9,
    live: false,
  },
  beta1: {
    kind: 'number',
    group: 'optimizer',
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
 * Checks a configuration that came from outside (a file, a message, a form). A setting that an older file lacks gets
 * the value that every run had then.
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
