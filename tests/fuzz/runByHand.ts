// The fuzzer's second opinion on a run: what must hold of one that was taken, and of what the page then does with it.
import { stepOf } from '../../src/config/training.ts';
import { packRun, unpackRun } from '../../src/files/runFile.ts';
import type { SavedRun } from '../../src/files/savedRun.ts';
import { TrainingClock } from '../../src/worker/run/trainingClock.ts';
import { isTrue, same } from './byHand.ts';
import type { Bytes } from './mutate.ts';

export function checkRun(_: Bytes, run: SavedRun): void {
  // What is accepted is a run: it can be written, and says the same when it is read again.
  const written = packRun(run);
  same(packRun(unpackRun(written)), written, 'the run written again');
  isTrue(
    [...run.training.tensors.values()].every(({ data }) => data.every(Number.isFinite)),
    'a number that is none among the tensors',
  );
  const { quality, metrics, training, stopping } = run;
  for (const moment of [run.savedAt, run.started])
    isTrue(new Intl.DateTimeFormat('en').format(moment) !== '', 'a date');
  for (const { step, digits } of quality.rows) {
    isTrue(step <= stepOf(training), `a measurement of step ${step}`);
    isTrue((digits?.classShares ?? []).reduce((sum, share) => sum + share, 0) < 1.01, 'shares of more than all');
    isTrue(!((digits?.confidence ?? 0) < 0 || (digits?.frechet ?? 0) < 0), 'a measure below zero');
  }
  isTrue(!metrics.accuracyReal.some((share) => share < 0 || share > 1.01), 'an accuracy that is no share');
  // It goes on, and is saved again.
  const clock = new TrainingClock(run.seconds);
  clock.start(0);
  const later = { ...run, seconds: clock.at(3_000), stopping: { ...stopping, without: stopping.without + 1 } };
  isTrue(unpackRun(packRun(later)).runId === run.runId, 'another run after a while');
}
