// What one run was made of that another was not, in words.
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

/** What `run` has where it differs from `other`: 'filters 64', 'batch normalisation on'. */
export function differences(other: Makings, run: Makings, words: Words): readonly string[] {
  const { runs, datasets, backends, fields, settings, format } = words;
  const inWords = (name: SettingName): string => {
    const value = run.config[name];
    if (settingFacts[name].kind === 'switch') return value === 1 ? fields.on : fields.off;
    return format.setting(value);
  };
  const found: string[] = [];
  if (other.dataset !== run.dataset) found.push(runs.onDataset(datasets[run.dataset]));
  for (const name of settingNames) {
    if (other.config[name] !== run.config[name]) found.push(runs.withSetting(settings[name].label, inWords(name)));
  }
  if (other.backend !== null && run.backend !== null && other.backend !== run.backend) {
    found.push(runs.onAccelerator(backends[run.backend]));
  }
  return found;
}

/** 'Like Calm Heron, but dropout 0.' */
export function likeness(other: Makings, run: Makings, name: string, words: Words): string {
  const found = differences(other, run, words);
  return found.length === 0 ? words.runs.sameAs(name) : words.runs.likeBut(name, found);
}
