// The visitor's choices, remembered from one visit to the next where the browser allows it; unknown values are dropped.
import { backendNames } from '../../config/backends.ts';
import { type DatasetId, datasets } from '../../config/datasets.ts';
import { type PresetName, presets } from '../../config/presets.ts';
import type { Accelerator } from '../../protocol/devices.ts';
import type { Pace } from '../../protocol/pace.ts';
import { keep, recall } from './storage.ts';

const key = 'ganvas-choices';

export interface Choices {
  readonly dataset: DatasetId;
  readonly preset: PresetName;
  readonly accelerator: Accelerator;
  readonly pace: Pace;
}

type Meaning = { readonly [Name in keyof Choices]: (value: string) => boolean };

const means: Meaning = {
  // A page's own images do not outlast it.
  dataset: (value) => Object.hasOwn(datasets, value) && value !== 'own',
  preset: (value) => Object.hasOwn(presets, value),
  accelerator: (value) => value === 'automatic' || backendNames.some((name) => name === value),
  pace: (value) => value === 'smooth' || value === 'full',
};

/** Those that were made, and mean something. */
export function recallChoices(): Partial<Choices> {
  const kept = recall(key);
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(means).flatMap(([name, isMeant]) => {
      const value: unknown = Object.hasOwn(kept, name) ? kept[name as keyof typeof kept] : undefined;
      return typeof value === 'string' && isMeant(value) ? [[name, value]] : [];
    }),
  );
}

export function rememberChoice<Name extends keyof Choices>(name: Name, value: Choices[Name]): void {
  const before = recallChoices();
  if (before[name] !== value) keep(key, { ...before, [name]: value });
}
