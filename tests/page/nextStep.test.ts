// What the lifecycle does next, as a table: from what is wanted and what is actual to one step.
import { describe, expect, it } from 'vitest';
import { nextStep } from '../../src/page/lifecycle/nextStep.ts';
import { createOutcome, type Press, type Wanted, wantRun } from '../../src/page/lifecycle/wanted.ts';

const ofSettings = wantRun({ kind: 'settings' });
const resting = wantRun({ kind: 'settings' }, { resting: true });
const checkpoint = wantRun({ kind: 'checkpoint', runId: 'kept', keepsRates: false });
const train: Press = { activity: 'train', count: 1, done: createOutcome() };

const nothing = { worker: 1, runs: [], press: null };
const standing = { worker: 1, answers: true, stands: true };

describe('the next step', () => {
  it.each<[string, Wanted, typeof standing, object | null]>([
    ['a worker where another one is wanted', { ...nothing, worker: 2 }, standing, { kind: 'start worker' }],
    [
      'a worker before anything else',
      { worker: 2, runs: [ofSettings], press: train },
      standing,
      { kind: 'start worker' },
    ],
    [
      'nothing until the worker has answered',
      { ...nothing, runs: [ofSettings] },
      { worker: 1, answers: false, stands: false },
      null,
    ],
    ['nothing where all is as it is wanted', nothing, standing, null],
    ['the run that is wanted', { ...nothing, runs: [ofSettings] }, standing, { kind: 'make run', run: ofSettings }],
    [
      'the first of several runs',
      { ...nothing, runs: [ofSettings, checkpoint] },
      standing,
      { kind: 'make run', run: ofSettings },
    ],
    ['nothing while settings rest', { ...nothing, runs: [resting] }, standing, null],
    [
      'the run of resting settings where Train is pressed',
      { ...nothing, runs: [resting], press: train },
      standing,
      { kind: 'make run', run: resting },
    ],
    [
      'the run of resting settings where another is wanted after it',
      { ...nothing, runs: [resting, checkpoint] },
      standing,
      { kind: 'make run', run: resting },
    ],
    [
      'the run before what is pressed',
      { ...nothing, runs: [checkpoint], press: train },
      standing,
      { kind: 'make run', run: checkpoint },
    ],
    ['what is pressed', { ...nothing, press: train }, standing, { kind: 'carry out', press: train }],
    [
      'what is pressed is dropped where no run stands',
      { ...nothing, press: train },
      { ...standing, stands: false },
      { kind: 'drop', press: train },
    ],
  ])('is %s', (_, wanted, actual, step) => {
    expect(nextStep(wanted, actual)).toEqual(step);
  });
});
