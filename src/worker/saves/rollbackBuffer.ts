// What a run remembers of itself: every few seconds all that it takes to come back to that moment, and every half
// minute that goes
// to the browser too. What was asked for in between is answered between two parts of the work, where weights are whole.
import { GanvasError } from '../../config/errors.ts';
import type { TrainingCounts, TrainingState } from '../../config/training.ts';
import type { SavedRun } from '../../files/savedRun.ts';
import { deviceIsLost } from '../shared/gpuQueue.ts';

/** Of training. */
const rememberSeconds = 5;
const keepSeconds = 30;
/** The first saves come early: until then a closed tab loses everything, or half of a run that took no longer. */
const firstKeepSeconds = 5;
/** Until the next save, after `seconds` of training. */
const untilNextKeep = (seconds: number): number => Math.min(keepSeconds, Math.max(firstKeepSeconds, seconds));
/** Of the training time, at most: the largest networks take longer to read. */
const share = 0.02;

/** Who keeps moments in the browser. */
export interface CheckpointWriter {
  /** Whether any are kept at all. */
  readonly enabled: boolean;
  /** Never rejects. */
  keep(saved: SavedRun): Promise<void>;
  /** Keeps the moment as a waypoint, too, if it is time for one. `atRest`: the run does not train. */
  pass(saved: SavedRun, atRest: boolean): void;
}

/** A moment that was read, and the end of its being kept in the browser, where it is. */
export interface Checkpoint {
  readonly saved: SavedRun;
  readonly kept: Promise<void>;
}

/** Moments to go back to: should the newest be the beginning of the end already, there are some before it. */
const maxCheckpoints = 3;

export class RollbackBuffer {
  readonly #take: () => Promise<SavedRun>;
  readonly #autosaver: CheckpointWriter;
  #good: readonly SavedRun[] = [];
  /** The moment that the run went back to last. */
  #from: SavedRun | null = null;
  #nextAt: number | null = null;
  #keepAt: number | null = null;
  #asked: { resolve: (moment: Checkpoint | Promise<Checkpoint>) => void }[] = [];

  /** `take` reads the run as it is; it is called between two parts of the work, or while none is done. */
  constructor(take: () => Promise<SavedRun>, autosaver: CheckpointWriter) {
    this.#take = take;
    this.#autosaver = autosaver;
  }

  /** The last good moment, which is forgotten unless it is the only one; null before the first. */
  goBack(): SavedRun | null {
    const last = this.#good.at(-1) ?? null;
    if (this.#good.length > 1) this.#good = this.#good.slice(0, -1);
    this.#from = last;
    return last;
  }

  /** Whether something is due that does not wait for the end of the step. */
  get isAsked(): boolean {
    return this.#asked.length > 0;
  }

  /** The run, while it trains, as it is at the next end of a part. */
  ask(): Promise<Checkpoint> {
    return new Promise((resolve) => this.#asked.push({ resolve }));
  }

  /**
   * Does what is due after `seconds` of training. @returns whether anything was
   * @throws GanvasError 'non-finite-loss' or 'accelerator-lost': this moment is no good one, and not remembered
   */
  async look(seconds: number): Promise<boolean> {
    this.#nextAt ??= seconds;
    this.#keepAt ??= seconds + firstKeepSeconds;
    if (!this.isAsked && seconds < this.#nextAt) return false;
    const began = performance.now();
    const saved = await this.#remember();
    const took = (performance.now() - began) / 1000;
    this.#nextAt = seconds + Math.max(rememberSeconds, took / share);
    const due = this.isAsked || seconds >= this.#keepAt;
    if (due) {
      this.#keepAt = seconds + untilNextKeep(seconds);
      // Training goes on while the browser writes.
      const moment = { saved, kept: this.#keep(saved) };
      for (const { resolve } of this.#asked.splice(0)) resolve(moment);
    }
    if (this.#autosaver.enabled) this.#autosaver.pass(saved, false);
    return true;
  }

  /** The run, which does not train, as it is. @throws as `look` does */
  async now(): Promise<Checkpoint> {
    const saved = await this.#remember();
    const kept = this.#keep(saved);
    if (this.#autosaver.enabled) this.#autosaver.pass(saved, true);
    return { saved, kept };
  }

  /** Training has ended, and nobody looks any more: who has asked gets what there is now. */
  end(): void {
    for (const { resolve } of this.#asked.splice(0)) resolve(this.now());
  }

  async #remember(): Promise<SavedRun> {
    const saved = await this.#take();
    if (deviceIsLost()) throw new GanvasError('gpu-lost', {});
    checkFinite(saved.training);
    // Where it went back to it would go back to again: what comes next may be the same end.
    if (this.#from === null || !isSamePosition(saved.training, this.#from.training)) {
      this.#good = [...this.#good, saved].slice(-maxCheckpoints);
      this.#from = null;
    }
    return saved;
  }

  async #keep(saved: SavedRun): Promise<void> {
    if (this.#autosaver.enabled) await this.#autosaver.keep(saved);
  }
}

const isSamePosition = (a: TrainingCounts, b: TrainingCounts): boolean =>
  a.iterations.generator === b.iterations.generator && a.iterations.discriminator === b.iterations.discriminator;

/** Weights may be poisoned before a loss tells. @throws GanvasError 'non-finite-loss' */
function checkFinite({ tensors }: TrainingState): void {
  for (const [name, { data }] of tensors) {
    for (let i = 0; i < data.length; i++) {
      if (Number.isFinite(data[i])) continue;
      const value = Number.isNaN(data[i]) ? 'not-a-number' : 'infinite';
      throw new GanvasError('number-broken', { weight: name, value });
    }
  }
}
