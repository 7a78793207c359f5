// English: the named settings to start from, and what each is for.
import type { PresetName } from '../../../config/presets.ts';

interface PresetWords {
  readonly label: string;
  /** What it is for, in one sentence. */
  readonly purpose: string;
}

export const presets: Readonly<Record<PresetName, PresetWords>> = {
  quick: {
    label: 'Quick',
    purpose:
      'Digits that a person reads within a minute, without a GPU: narrow networks, small batches, an average of weights.',
  },
  tutorial: {
    label: 'Tutorial',
    purpose: 'The Keras tutorial exactly: its networks, losses, optimizers and defaults. Wants a GPU.',
  },
  light: {
    label: 'Light',
    purpose: 'The same family with fewer filters and smaller batches, for machines without a GPU.',
  },
};

/** Settings that are no preset's. */
export const ownSettings = 'Your own settings';
