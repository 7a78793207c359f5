// The dataset of a run: shown early where nobody has to be asked for it, and loaded when it is needed.
import { encodeError } from '../protocol/errors.ts';
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
   * Gives the run its dataset; the built-in digits stand in for one that could not be fetched.
   * @throws GanvasError as DatasetLibrary.loadOrStandIn does, or 'other-images' when the run has learnt from others
   */
  async supply(run: Run, signal: AbortSignal, emit: Emit): Promise<void> {
    await this.#looking;
    if (run.dataset) return;
    const dataset = await this.#library.loadOrStandIn(run.wanted, signal, {
      onProgress: (progress) => emit('progress', progress),
      onUnavailable: (error) =>
        emit('datasetUnavailable', { wanted: run.wanted, using: 'built-in', error: encodeError(error) }),
    });
    if (run.learntFrom !== null) await checkIdentity(dataset, run.learntFrom);
    run.setDataset(dataset);
  }
}
