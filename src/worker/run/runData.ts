// The dataset of a run: shown early where nobody has to be asked for it, and loaded when it is needed.
import { failureOf, GanvasError } from '../../config/errors.ts';
import { throwIfCancelled } from '../../data/abort.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { DatasetIdentity } from '../../files/savedRun.ts';
import { encodeError } from '../../protocol/errors.ts';
import type { Progress } from '../../protocol/messages.ts';
import type { Emit } from '../shared/emit.ts';
import type { DatasetLibrary } from './datasets.ts';
import { checkIdentity } from './identity.ts';
import type { Run } from './run.ts';

const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));

export class RunData {
  readonly #library: DatasetLibrary;
  /** The look for a local copy, which goes on while the page is already usable. */
  #looking: Promise<void> = Promise.resolve();
  #look = new AbortController();
  /** Told how far it is, while somebody waits for it. */
  #waiting: ((progress: Progress) => void) | null = null;

  constructor(library: DatasetLibrary) {
    this.#library = library;
  }

  /**
   * Shows the real images early where no other host has to be asked, unless the run is over by then. Ends the look
   * before.
   */
  lookFor(run: Run, isOver: () => boolean): void {
    this.#look.abort();
    this.#look = new AbortController();
    this.#looking = this.#lookNow(run, isOver, this.#look.signal);
  }

  async #lookNow(run: Run, isOver: () => boolean, signal: AbortSignal): Promise<void> {
    try {
      const dataset = await this.#library.local(run.wanted, signal, (progress) => this.#waiting?.(progress));
      if (dataset && run.learntFrom !== null) await checkIdentity(dataset, run.learntFrom);
      if (dataset && !isOver() && !run.dataset) run.setDataset(dataset);
    } catch {
      // Nothing was asked for yet: Train looks everywhere, and reports what it meets.
    }
  }

  /**
   * Gives the run its dataset. For one that could not be fetched the built-in digits stand in, but never in a run that
   * is taken up again: what it has learnt would be lost to other images, and its saves with it.
   * @throws GanvasError as DatasetLibrary.loadOrStandIn does; of a run that is taken up again 'images-away' when its
   * images cannot be fetched now, or 'other-images' when those that are here are not its own
   */
  async supply(run: Run, signal: AbortSignal, emit: Emit): Promise<void> {
    const onProgress = (progress: Progress) => emit('progress', progress);
    this.#waiting = onProgress;
    // The host may be slow: who calls it off does not wait for that.
    await Promise.race([this.#looking, aborted(signal)]);
    this.#waiting = null;
    throwIfCancelled(signal);
    if (run.dataset) return;
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
      if (!fetched || !(error instanceof GanvasError) || error.kind === 'cancelled') throw error;
      const facts = { cause: failureOf(error), dataset: learntFrom.id };
      throw new GanvasError('images-away', facts, { cause: error });
    });
    await checkIdentity(dataset, learntFrom);
    return dataset;
  }
}
