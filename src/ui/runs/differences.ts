// The differences between two runs, in words.
import type { DatasetId } from '../../config/datasets.ts';
import type { RunConfig } from '../../config/run.ts';
import { type SettingName, settings as settingFacts, settingNames } from '../../config/settings.ts';
import type { RunRecord } from '../../page/state/runRecord.ts';
import type { Words } from '../words/words.ts';

/** What a run was made of. */
export interface Makings {
  readonly config: RunConfig;
  readonly dataset: DatasetId;
  /** null while it is not known. */
  readonly backend: RunRecord['backend'] | null;
}

/** From one to the other: 'filters 32 → 64'. */
export function differences(from: Makings, to: Makings, words: Words): readonly string[] {
  const { runs, datasets, backends, fields, settings, format } = words;
  const inWords = (name: SettingName, value: number): string => {
    if (settingFacts[name].kind === 'switch') return value === 1 ? fields.on : fields.off;
    return format.setting(value);
  };
  const found: string[] = [];
  if (from.dataset !== to.dataset) found.push(runs.otherDataset(datasets[from.dataset], datasets[to.dataset]));
  for (const name of settingNames) {
    const [a, b] = [from.config[name], to.config[name]];
    if (a !== b) found.push(fields.difference(settings[name].label, inWords(name, a), inWords(name, b)));
  }
  if (from.backend !== null && to.backend !== null && from.backend !== to.backend) {
    found.push(runs.otherAccelerator(backends[from.backend], backends[to.backend]));
  }
  return found;
}
