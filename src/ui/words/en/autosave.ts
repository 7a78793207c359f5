// English: the notes on saved runs: one to continue, another tab that saves, a save that failed.
import { format } from './format.ts';

const { count } = format;

export const autosave = {
  continueRun: 'Continue your run?',
  /** `further`: the step that the run had reached when the page was left, where that is known. */
  savedRun: (step: string, dataset: string, ago: string, further: number | null) =>
    `Step ${step} on ${dataset}, saved ${ago}.${further === null ? '' : ` It had got to step ${count(further)}: those steps are taken again.`}`,
  continue: 'Continue',
  otherTab: 'Ganvas is open in another tab, too.',
  otherTabKeeps:
    'That one keeps its run for the next visit; what this one trains is lost when it is closed. Kept runs can be continued here once this tab has taken over.',
  takeOver: 'Take over',
  takeOverMeans: 'The other tab pauses and saves its run; from then on this one is kept.',
  dropped: (runs: number) => `${runs} of the oldest under Runs had to go already.`,
  saveRun: 'Save run',
};
