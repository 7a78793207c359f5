// In what two runs differ, in words.
import type { RunConfig } from '../../config/run.ts';
import { type SettingName, settingNames, settings } from '../../config/settings.ts';
import { backend, setting } from '../../page/state/format.ts';
import type { RunRecord } from '../../page/state/runRecord.ts';

/** What a run was made of. */
export interface Makings {
  readonly config: RunConfig;
  /** As the page calls it. */
  readonly dataset: string;
  /** null while nobody knows. */
  readonly backend: RunRecord['backend'] | null;
}

/** From one to the other: 'filters 32 → 64'. */
export function differences(from: Makings, to: Makings): readonly string[] {
  const found: string[] = [];
  if (from.dataset !== to.dataset) found.push(`dataset ${from.dataset} → ${to.dataset}`);
  for (const name of settingNames) {
    const [a, b] = [from.config[name], to.config[name]];
    if (a !== b) found.push(`${inSentence(settings[name].label)} ${inWords(name, a)} → ${inWords(name, b)}`);
  }
  if (from.backend !== null && to.backend !== null && from.backend !== to.backend) {
    found.push(`accelerator ${backend(from.backend)} → ${backend(to.backend)}`);
  }
  return found;
}

const inSentence = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

const inWords = (name: SettingName, value: number): string =>
  settings[name].kind === 'switch' ? (value === 1 ? 'on' : 'off') : setting(value);
