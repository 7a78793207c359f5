// The dataset of a run: shown early where nobody has to be asked for it, and loaded when it is needed.
import { GanvasError } from '../config/errors.ts';
import type { Dataset } from '../data/dataset.ts';
import type { DatasetIdentity } from '../files/savedRun.ts';
import { encodeError } from '../protocol/errors.ts';
import type { Progress } from '../protocol/messages.ts';
import type { DatasetLibrary } from './datasets.ts';
import { checkIdentity } from './identity.ts';
import type { Emit } from './report.ts';
import type { Run } from './run.ts';

export class RunData {
  readonly #library: DatasetLibrary;
  /** The look for a local copy, which goes on while the page is already usable. */
  #looking: Promise<void> = Promise.resolve();

  constructor(library: DatasetLibrary) {
    this.#library = library;
  }

  /** Shows the real images early where no other host has to be asked, unless the run is over by then. */
  lookFor(run: Run, isOver: () => boolean, signal: AbortSignal): void {
    this.#looking = this.#look(run, isOver, signal);
  }

  async #look(run: Run, isOver: () => boolean, signal: AbortSignal): Promise<void> {
    try {
      const dataset = await this.#library.local(run.wanted, signal);
      if (dataset && run.learntFrom !== null) await checkIdentity(dataset, run.learntFrom);
      if (dataset && !isOver() && !run.dataset) run.setDataset(dataset);
    } catch {
      // Nothing was asked for yet: Train looks everywhere, and reports what it meets.
    }
  }

  /**
   * Gives the run its dataset. For one that could not be fetched the built-in digits stand in, but never in a run that is taken up
   * again: what it has learnt would be lost to other images, and its saves with it.
   * @throws GanvasError as DatasetLibrary.loadOrStandIn does; of a run that is taken up again 'images-away' when its images cannot
   * be fetched now, or 'other-images' when those that are here are not its own
   */
  async supply(run: Run, signal: AbortSignal, emit: Emit): Promise<void> {
    await this.#looking;
    if (run.dataset) return;
    const onProgress = (progress: Progress) => emit('progress', progress);
    const onUnavailable = (error: GanvasError) =>
      emit('datasetUnavailable', { wanted: run.wanted, using: 'built-in', error: encodeError(error) });
    const dataset =
      run.learntFrom === null
        ? await this.#library.loadOrStandIn(run.wanted, signal, { onProgress, onUnavailable })
        : await this.#loadAgain(run.learntFrom, signal, onProgress);
    run.setDataset(dataset);
  }

  /** The images that a run has learnt from, and no others. */
  async #loadAgain(
    learntFrom: DatasetIdentity,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<Dataset> {
    const dataset = await this.#library.load(learntFrom.id, signal, onProgress).catch((error: unknown) => {
      const fetched = learntFrom.id !== 'own' && learntFrom.id !== 'built-in';
      if (!fetched || !(error instanceof GanvasError) || error.code === 'cancelled') throw error;
      const only = `This run has learnt from ${learntFrom.label}, and goes on with nothing else.`;
      throw new GanvasError('images-away', `${error.message} ${only}`, { cause: error });
    });
    await checkIdentity(dataset, learntFrom);
    return dataset;
  }
}
