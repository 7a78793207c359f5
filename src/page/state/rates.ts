// The learning rates: they change while a run goes on, and outlast it.
import { presets } from '../../config/presets.ts';
import type { PageState } from './store.ts';

export const rateNames = ['discriminatorLearningRate', 'generatorLearningRate'] as const;

/** Whether the run that Reset has made has other learning rates than its preset: they were changed on the way. */
export const keptRates = ({ isReset, touched, session, config, preset }: PageState): boolean =>
  isReset && !touched && session === 'ready' && rateNames.some((name) => config[name] !== presets[preset].config[name]);
