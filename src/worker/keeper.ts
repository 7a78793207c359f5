// Keeps runs in the browser: one save after the other, whatever asks for it, and tells how it went.
import { GanvasError } from '../config/errors.ts';
import { isHalf, stepOf } from '../config/training.ts';
import type { Checkpoints } from '../files/checkpoints.ts';
import { packRun, type SavedRun, unpackRun } from '../files/runFile.ts';
import { encodeError } from '../protocol/errors.ts';
import type { Emit } from './report.ts';

export class Keeper {
  readonly #open: () => Promise<Checkpoints>;
  readonly #emit: Emit;
  #enabled = false;
  #writing: Promise<unknown> = Promise.resolve();

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

  /** Resolves when it is kept, or when it was told that it could not be. Never rejects. */
  async keep(saved: SavedRun): Promise<void> {
    const bytes = packRun(saved);
    const head = {
      run: saved.id,
      savedAt: saved.savedAt,
      step: stepOf(saved.training),
      half: isHalf(saved.training),
      dataset: saved.dataset.label,
    };
    const before = this.#writing;
    const mine = before.then(async () => {
      try {
        this.#emit('kept', await (await this.#open()).write(head, bytes));
      } catch (error) {
        this.#emit('notKept', encodeError(error));
      }
    });
    this.#writing = mine;
    await mine;
  }

  /**
   * The newest save of a run that is whole: every file in it has a checksum. `damaged`: newer ones that are not.
   * @throws GanvasError 'bad-file' when there is none, 'no-storage'
   */
  async newest(run: string): Promise<{ readonly saved: SavedRun; readonly damaged: number }> {
    await this.#writing;
    const checkpoints = await this.#open();
    let damaged = 0;
    for (const head of await checkpoints.saves(run)) {
      try {
        return { saved: unpackRun(await checkpoints.read(head), `The save of step ${head.step}`), damaged };
      } catch (error) {
        if (!(error instanceof GanvasError)) throw error;
        damaged += 1;
      }
    }
    const found = damaged === 0 ? 'is not kept any more' : 'is kept, but what is kept of it is damaged';
    throw new GanvasError('bad-file', `This run ${found}.`);
  }
}
