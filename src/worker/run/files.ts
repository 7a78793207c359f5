// The files of a run that the visitor takes home, and what comes out of one that is brought back.
import { isHalf, stepOf } from '../../config/training.ts';
import { holdsRun, packRun, unpackRun } from '../../files/runFile.ts';
import { packWeights, type SavedWeights, unpackWeights } from '../../files/weightsZip.ts';
import type { Requests } from '../../protocol/messages.ts';
import type { Autosaver, StoredRun } from '../saves/autosaver.ts';
import type { Run } from './run.ts';

/** The whole run as it is. @throws GanvasError as `Run.moment` does */
export async function runFileOf(run: Run): Promise<Requests['saveRun']['reply']> {
  const { saved } = await run.checkpoint();
  const step = stepOf(saved.training);
  return { zip: packRun(saved), fileName: `ganvas-run-${saved.dataset.id}-step-${step}.zip`, step };
}

/** Its networks alone, for others' programs. */
export async function weightsFileOf(run: Run): Promise<Requests['exportWeights']['reply']> {
  const { step, config } = run;
  const datasetLabel = run.dataset?.info.label ?? 'nothing yet';
  const zip = packWeights({ config, step, datasetLabel, weights: await run.weights() });
  return { zip, fileName: `ganvas-${run.dataset?.info.id ?? 'untrained'}-step-${step}.zip` };
}

/**
 * What is in a file, or kept by the browser.
 * @param workerRun that in which it is opened, which names the run of a file
 * @throws GanvasError when it cannot be read
 */
export async function openFrom(
  from: Requests['open']['send']['from'],
  workerRun: string,
  autosaver: Autosaver,
): Promise<StoredRun | SavedWeights> {
  if ('runId' in from) {
    const { runId, waypoint } = from;
    if (waypoint === undefined) return autosaver.newest(runId);
    return branchOff(await autosaver.waypoint(runId, waypoint), workerRun);
  }
  const { zip, fileName } = from;
  // A run of its own, with another run id: what the browser keeps of the one that was saved may be further on.
  if (holdsRun(zip, fileName))
    return { saved: { ...unpackRun(zip, fileName), runId: workerRun }, damaged: 0, images: null };
  return unpackWeights(zip, fileName);
}

/** A run of its own, which begins now, from a state of another. */
function branchOff({ saved, ...stored }: StoredRun, workerRun: string): StoredRun {
  const { runId, training, started } = saved;
  const origin = { runId, step: stepOf(training), half: isHalf(training), started };
  return { ...stored, saved: { ...saved, runId: workerRun, started: Date.now(), origin } };
}
