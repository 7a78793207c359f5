// English, whole: what another language has to have, too.
import { accelerators, backends, speeds } from './accelerators.ts';
import { autosave } from './autosave.ts';
import { charts } from './charts.ts';
import { files, pace, setup, trainBar } from './controls.ts';
import { datasets } from './datasets.ts';
import { detail, note, reason } from './device.ts';
import { advice, errors } from './errors.ts';
import { explain } from './explain.tsx';
import { explore } from './explore.ts';
import { findings } from './findings.ts';
import { format } from './format.ts';
import { gallery } from './gallery.ts';
import { performance } from './performance.ts';
import { ownSettings, presets } from './presets.ts';
import { origin, progress } from './progress.ts';
import { measures, quality } from './quality.ts';
import { runs, saved } from './runs.ts';
import { away, fields, settingGroups, settings, stopRules } from './settings.ts';
import { ownImages, shell } from './shell.ts';
import { meanings, status } from './status.ts';
import { timeMachine } from './timeMachine.tsx';

export const english = {
  /** A BCP 47 tag: the language of the document. */
  language: 'en',
  accelerators,
  advice,
  autosave,
  away,
  backends,
  charts,
  datasets,
  device: { detail, note, reason },
  errors,
  explain,
  explore,
  fields,
  files,
  findings,
  format,
  gallery,
  meanings,
  measures,
  origin,
  ownImages,
  ownSettings,
  pace,
  performance,
  presets,
  progress,
  quality,
  runs,
  saved,
  settingGroups,
  settings,
  setup,
  shell,
  speeds,
  status,
  stopRules,
  timeMachine,
  trainBar,
};
