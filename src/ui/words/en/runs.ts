// English: the runs that this browser keeps: the list, the comparison, what can be continued, and what it takes of the
// disk.
import { maxRuns } from '../../../config/checkpoint.ts';
import type { StopReason } from '../../../config/stopping.ts';
import { format } from './format.ts';

const { count } = format;

const ends: Readonly<Record<StopReason | 'failed', string>> = {
  epochs: 'all epochs done',
  minutes: 'stopped when time was up',
  patience: 'stopped without progress',
  failed: 'ended by an error',
};

export const runs = {
  title: 'Runs',
  notKept: 'Not kept',
  noneYet: 'None kept yet',
  kept: (runs: number) => (runs === 1 ? '1 run kept' : `${count(runs)} runs kept`),
  damaged: (runs: number) =>
    runs === 1
      ? 'One kept run is damaged and is left out. Delete all removes it, too.'
      : `${runs} kept runs are damaged and left out. Delete all removes them, too.`,
  none: `Each run is kept here from its first step on: its settings, curves and last digits, on this machine only. Up to ${maxRuns} of them can be continued as well.`,
  deleteAll: 'Delete all',
  deleteAllRuns: 'Delete all runs',
  askDeleteAll: (runs: number) =>
    `${runs === 1 ? 'Delete the one run?' : `Delete all ${count(runs)} runs?`} They cannot be had back.`,
  deleteThem: 'Delete them',
  keepThem: 'Keep them',

  delete: 'Delete',
  deleteForGood: 'Delete for good',
  keep: 'Keep',
  /** `name`: when it started. For who hears a button alone. */
  runOf: (name: string) => `the run of ${name}`,

  thisRun: 'this run',
  number: (run: number) => `run ${run}`,
  madeOf: (preset: string, dataset: string, backend: string, seed: number) =>
    `${preset}, ${dataset}, ${backend}, seed ${seed}`,
  /** Of a run that goes on from another; `name`: when that one started. */
  branchedOff: (step: string, name: string) => `from step ${step} of the run of ${name}`,
  took: (steps: number, duration: string, ended: StopReason | 'failed' | null) =>
    `${count(steps)} ${steps === 1 ? 'step' : 'steps'} in ${duration}${ended === null ? '' : `, ${ends[ended]}`}`,
  discriminator: 'discriminator',
  generator: 'generator',
  frechet: 'Fréchet',
  newestLoss: 'Its newest loss.',
  frechetMeans: 'Fréchet distance to the real images when it was last measured: lower is better.',
  compare: 'Compare',
  compareMeans: 'Lays its curves over this run’s, and its digits beside them. Up to four at once.',
  isCurrent: 'Its curves are the ones in the charts.',
  continue: 'Continue',
  continueMeans: 'Takes it up where it was saved, with all that it has learnt.',
  fromStep: (step: number) => `from step ${count(step)}`,

  useSettings: 'Use these settings',
  ofRun: (name: string) => `of the run of ${name}`,
  useSettingsMeans: 'A new, untrained run with its settings and its dataset.',
  useSettingsOwnMeans:
    'A new run with its settings, on the dataset that is chosen now: images of your own are not kept.',
  endRun: 'End the run in progress?',
  endsRun: 'This ends the run in progress.',
  weightsLost: (steps: number) =>
    `${steps === 1 ? 'The weights of its one step are nowhere else.' : `The weights of its last ${count(steps)} steps are nowhere else.`} Its curves and digits stay in the list; to keep its weights, download them first.`,
  cancel: 'Cancel',
  endAndUse: 'End it and use these settings',

  sideBySide: 'Side by side',
  noDigits: 'No digits were drawn.',
  thisRunTitle: 'This run',
  untrained: 'untrained',
  step: (step: number) => `step ${count(step)}`,
  digitsOfThisRun: 'The digits of this run',
  runTitle: (run: number) => `Run ${run}`,
  lastDigits: (run: number, name: string) => `The last digits of run ${run}, of ${name}`,
  sameAsThis: 'Made of the same as this run.',
  differences: (run: number) => `From this run to run ${run}`,
  otherDataset: (from: string, to: string) => `dataset ${from} → ${to}`,
  otherAccelerator: (from: string, to: string) => `accelerator ${from} → ${to}`,
};

export const saved = {
  diskUse: (bytes: string) => `This page takes ${bytes} of this browser’s disk.`,
  none: 'No run can be continued yet.',
  these: `These can be continued, with all that they have learnt. ${maxRuns} are kept: the newest, and those of less than a minute’s training only where there is room.`,
  elsewhere: 'Another tab has them, and its own run among them.',
  save: (step: string, dataset: string, ago: string, bytes: string) =>
    `Step ${step} on ${dataset}, saved ${ago}, ${bytes}`,
  thisRun: ': this run',
  thisRunTraining: ': this run, saved again and again while it trains',
  continue: 'Continue',
  runOfStep: (step: string) => `the run of step ${step}`,
  keptOfStep: (step: string) => `what is kept of the run of step ${step}`,
  datasetFiles: (files: number) =>
    `${files} ${files === 1 ? 'file' : 'files'} of datasets ${files === 1 ? 'is' : 'are'} kept, to be had without a network.`,
  deleteDatasets: 'Delete them',
  deleteDatasetsMeans: 'They are fetched again when they are needed.',
};
