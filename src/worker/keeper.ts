// Keeps runs in the browser: one save after the other, whatever asks for it, and tells how it went.
import { GanvasError } from '../config/errors.ts';
import { isHalf, stepOf } from '../config/training.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Checkpoints, OwnImages } from '../files/checkpoints.ts';
import { packRun, unpackRun } from '../files/runFile.ts';
import type { SavedRun } from '../files/savedRun.ts';
import { encodeError } from '../protocol/errors.ts';
import { classify } from './faults.ts';
import type { MomentKeeper } from './memory.ts';
import type { Emit } from './report.ts';

export interface KeptRun {
  readonly saved: SavedRun;
  readonly damaged: number;
  readonly images: OwnImages | null;
}

export class Keeper {
  readonly #open: () => Promise<Checkpoints>;
  readonly #emit: Emit;
  #enabled = false;
  /** Never rejects. */
  #writing: Promise<void> = Promise.resolve();

  constructor(open: () => Promise<Checkpoints>, emit: Emit) {
    this.#open = open;
    this.#emit = emit;
  }

  /** Whether runs are kept by themselves: no other tab may do the same, and that is the page's to know. */
  choose(enabled: boolean): void {
    this.#enabled = enabled;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  /** For one run; `dataset` is what it learns from, when it is asked. */
  of(dataset: () => Dataset | null): MomentKeeper {
    const enabled = () => this.#enabled;
    return {
      get enabled() {
        return enabled();
      },
      keep: (saved) => this.#keep(saved, dataset()),
    };
  }

  /** Resolves when it is kept, or when it was told that it could not be. Never rejects. */
  #keep(saved: SavedRun, dataset: Dataset | null): Promise<void> {
    try {
      // At once: what is in it belongs to the moment, and the write before may take a while.
      const bytes = packRun(saved);
      this.#writing = this.#writing.then(() => this.#write(saved, bytes, dataset));
      return this.#writing;
    } catch (error) {
      // Packing takes as much memory again as the run: there may not be so much.
      this.#tell(error, 'run', 0);
      return Promise.resolve();
    }
  }

  #tell(error: unknown, what: 'run' | 'images', bytes: number): void {
    this.#emit('notKept', { ...encodeError(classify(error)), what, bytes });
  }

  async #write(saved: SavedRun, bytes: Uint8Array<ArrayBuffer>, dataset: Dataset | null): Promise<void> {
    const head = {
      run: saved.id,
      savedAt: saved.savedAt,
      step: stepOf(saved.training),
      half: isHalf(saved.training),
      seconds: saved.seconds,
      dataset: saved.dataset.label,
    };
    try {
      const checkpoints = await this.#open();
      this.#emit('kept', await checkpoints.write(head, bytes));
      if (saved.dataset.sha256 !== null && dataset?.info.id === 'own')
        await this.#keepImages(checkpoints, saved.id, dataset);
    } catch (error) {
      this.#tell(error, 'run', bytes.length);
    }
  }

  /** Once a run: they do not change. Without them it can be gone on with only where the same files are given again. */
  async #keepImages(checkpoints: Checkpoints, run: string, { images, labels, info }: Dataset): Promise<void> {
    if (await checkpoints.hasImages(run)) return;
    try {
      await checkpoints.keepImages(run, { images, labels, origin: info.origin });
    } catch (error) {
      if (!(error instanceof GanvasError) || error.code !== 'storage-full') throw error;
      const without = new GanvasError(
        'storage-full',
        'The browser gives this page no more room, so the run is saved without your images: to go on with it later, they have to be given again.',
        { cause: error },
      );
      this.#tell(without, 'images', images.length);
    }
  }

  /**
   * The newest save of a run that is whole: every file in it has a checksum. `damaged`: newer ones that are not. `images`: those of
   * the visitor's that it learns from, where they are kept.
   * @throws GanvasError 'bad-file' when there is none, 'no-storage'
   */
  async newest(run: string): Promise<KeptRun> {
    await this.#writing;
    const checkpoints = await this.#open();
    let damaged = 0;
    for (const head of await checkpoints.saves(run)) {
      try {
        const saved = unpackRun(await checkpoints.read(head), `The save of step ${head.step}`);
        return { saved, damaged, images: await checkpoints.images(run) };
      } catch (error) {
        if (!(error instanceof GanvasError)) throw error;
        damaged += 1;
      }
    }
    const found = damaged === 0 ? 'is not kept any more' : 'is kept, but what is kept of it is damaged';
    throw new GanvasError('bad-file', `This run ${found}.`);
  }
}
