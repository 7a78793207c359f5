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
 * @param run the name of the run that it is opened as
 * @throws GanvasError when it cannot be read
 */
export async function openFrom(
  from: Requests['open']['send']['from'],
  run: string,
  autosaver: Autosaver,
): Promise<StoredRun | SavedWeights> {
  if ('kept' in from) {
    const { kept, waypoint } = from;
    return waypoint === undefined ? autosaver.newest(kept) : branchOff(await autosaver.waypoint(kept, waypoint), run);
  }
  const { zip, fileName } = from;
  // A run of its own: what the browser keeps of the one that was saved may be further on.
  if (holdsRun(zip, fileName)) return { saved: { ...unpackRun(zip, fileName), id: run }, damaged: 0, images: null };
  return unpackWeights(zip, fileName);
}

/** A run of its own, which begins now, from a state of another. */
function branchOff({ saved, ...stored }: StoredRun, run: string): StoredRun {
  const { id, training, started } = saved;
  const origin = { run: id, step: stepOf(training), half: isHalf(training), started };
  return { ...stored, saved: { ...saved, id: run, started: Date.now(), origin } };
}
