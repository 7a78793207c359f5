// Keeps runs in the browser: one save after the other, whatever asks for it, and tells how it went.

import type { CheckpointHead } from '../../config/checkpoint.ts';
import { GanvasError } from '../../config/errors.ts';
import { newRunId } from '../../config/runId.ts';
import { isHalf, stepOf } from '../../config/training.ts';
import { largestWaypoint, waypointAt } from '../../config/waypoints.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Checkpoints, NewHead, OwnImages } from '../../files/checkpoints.ts';
import { packRun, unpackRun } from '../../files/runFile.ts';
import type { SavedRun } from '../../files/savedRun.ts';
import { thinned } from '../../files/thinned.ts';
import { encodeError } from '../../protocol/errors.ts';
import type { Emit } from '../shared/emit.ts';
import { classify } from '../shared/faults.ts';
import type { CheckpointWriter } from './rollbackBuffer.ts';
import { WaypointPace } from './waypointPace.ts';

export interface StoredRun {
  readonly saved: SavedRun;
  readonly damaged: number;
  readonly images: OwnImages | null;
}

/** What is asked of a run when it is kept. */
export interface AutosavedRun {
  /** What it learns from. */
  readonly dataset: () => Dataset | null;
  /** Whether it was, since it was made or taken up. */
  readonly isTrained: () => boolean;
  /** Whether it is as it came out of a file: what is only looked at takes no other's place. */
  readonly isFromFile: () => boolean;
}

/** A run as it is to be kept: what belongs to the moment, and its run id, which may become another meanwhile. */
interface Wanted {
  readonly saved: SavedRun;
  readonly dataset: Dataset | null;
  readonly trained: boolean;
  readonly fromFile: boolean;
  readonly keptAs: KeptAs;
}

/** What is known of a run's place in the browser. */
interface KeptAs {
  /** The run id that it was kept with first: another where another tab has gone on with it; null before. */
  runId: string | null;
  /** The waypoint that it began with, until the run itself is kept. */
  first: SavedRun | null;
}

/** In a waypoint: enough to play how the digits came about, and little beside the weights. */
const framesOfWaypoint = 24;

export class Autosaver {
  readonly #open: () => Promise<Checkpoints>;
  readonly #emit: Emit;
  #enabled = false;
  /** The run that is about to be taken up. */
  #next: string | null = null;
  /** By run id, the sequence of its newest save that was written or read here: one beyond that is another tab's. */
  readonly #sequences = new Map<string, number>();
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

  /** This run makes no place for what is kept from now on. */
  spare(next: string | null): void {
    this.#next = next;
  }

  of(run: AutosavedRun): CheckpointWriter {
    const enabled = () => this.#enabled;
    const keptAs: KeptAs = { runId: null, first: null };
    const pace = new WaypointPace();
    return {
      get enabled() {
        return enabled();
      },
      keep: (saved) => {
        const { dataset, isTrained, isFromFile } = run;
        return this.#keep({ saved, dataset: dataset(), trained: isTrained(), fromFile: isFromFile(), keptAs });
      },
      pass: (saved, atRest) => {
        if (!pace.isDue(saved.seconds, atRest)) return;
        this.#writing = this.#writing.then(() => this.#pass(saved, keptAs));
      },
    };
  }

  /** Resolves when it is kept, or when it was told that it could not be. Never rejects. */
  #keep(wanted: Wanted): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(wanted));
    return this.#writing;
  }

  #tell(error: unknown, what: 'run' | 'images', bytes: number): void {
    this.#emit('notSaved', { ...encodeError(classify(error)), what, bytes });
  }

  async #write({ saved, dataset, trained, fromFile, keptAs }: Wanted): Promise<void> {
    let size = 0;
    try {
      // Packing takes as much memory again as the run: there may not be so much.
      const pack = (runId: string) => {
        const bytes = packRun({ ...saved, runId });
        size = bytes.length;
        return bytes;
      };
      const checkpoints = await this.#open();
      const { head, formerly } = await this.#put(checkpoints, headOf(saved, keptAs.runId, fromFile), pack);
      keptAs.runId = head.runId;
      const { first } = keptAs;
      keptAs.first = null;
      if (first !== null) await this.#pass(first, keptAs);
      // What another tab has made of it is about to be offered, and what was kept here of it was worth no place more
      // than that.
      if (formerly !== null) this.#next = formerly;
      const gone = trained && formerly === null ? await checkpoints.letGo(head, this.#next) : [];
      const lacking = await this.#keepImages(checkpoints, head.runId, saved, dataset);
      this.#emit('saved', { head, formerly, gone, whole: lacking === null });
      if (lacking !== null) this.#tell(lacking, 'images', dataset?.images.length ?? 0);
    } catch (error) {
      this.#tell(error, 'run', size);
    }
  }

  /**
   * Keeps a waypoint of a run that is kept. It is worth less than any save: what goes wrong is not told, and the next
   * one is tried again. Never rejects.
   */
  async #pass(saved: SavedRun, keptAs: KeptAs): Promise<void> {
    const { runId } = keptAs;
    if (runId === null) {
      keptAs.first ??= saved;
      return;
    }
    const { training, savedAt, frames } = saved;
    try {
      const bytes = packRun({ ...saved, runId, frames: thinned(frames, framesOfWaypoint) });
      if (bytes.length > largestWaypoint) return;
      const waypoint = { runId, step: stepOf(training), half: isHalf(training), savedAt };
      const list = await (await this.#open()).keepWaypoint(waypoint, bytes);
      if (list !== null) this.#emit('waypoints', { runId, list });
    } catch {
      // There is no room, or no storage, which the save beside it tells.
    }
  }

  /** Under its run id; where another tab has gone on with the run under that, under another. */
  async #put(
    checkpoints: Checkpoints,
    head: NewHead,
    pack: (runId: string) => Uint8Array<ArrayBuffer>,
    formerly: string | null = null,
  ): Promise<{ head: CheckpointHead; formerly: string | null }> {
    const write = () => checkpoints.write(head, pack(head.runId), this.#sequences.get(head.runId) ?? 0);
    const written = await write().catch(async (error: unknown) => {
      if (!(error instanceof GanvasError) || error.kind !== 'storage-full') throw error;
      if (!(await checkpoints.dropWaypoints())) throw error;
      this.#emit('waypoints', { runId: head.runId, list: [] });
      return write();
    });
    if (written === null) return this.#put(checkpoints, { ...head, runId: newRunId() }, pack, head.runId);
    this.#sequences.set(head.runId, written.sequence);
    return { head: written, formerly };
  }

  /**
   * The visitor's own, once a run: they do not change. Without them it can be gone on with only where the same files
   * are given again.
   * @returns why they are lacking, or null
   */
  async #keepImages(
    checkpoints: Checkpoints,
    runId: string,
    { dataset: { sha256 } }: SavedRun,
    dataset: Dataset | null,
  ): Promise<GanvasError | null> {
    if (sha256 === null || dataset?.info.id !== 'own' || (await checkpoints.hasImages(runId))) return null;
    const { images, labels, info } = dataset;
    try {
      await checkpoints.keepImages(runId, { images, labels, origin: info.origin });
      return null;
    } catch (error) {
      if (!(error instanceof GanvasError) || error.kind !== 'storage-full') throw error;
      return new GanvasError('storage-full-for-images', {}, { cause: error });
    }
  }

  /**
   * A waypoint of a run, which makes no place for what goes on from there; the one before where it went as the run was
   * saved for the last time.
   * @throws GanvasError 'bad-file' when it is damaged or none is there any more, 'no-storage'
   */
  async waypoint(runId: string, step: number): Promise<StoredRun> {
    await this.#writing;
    this.spare(runId);
    const checkpoints = await this.#open();
    const waypoint = waypointAt(await checkpoints.waypoints(runId), step);
    if (waypoint === null) throw new GanvasError('run-not-kept', {});
    const bytes = await checkpoints.readWaypoint(runId, waypoint.step);
    const saved = unpackRun(bytes, { saveOfStep: waypoint.step });
    return { saved, damaged: 0, images: await checkpoints.images(runId) };
  }

  /**
   * The newest save of a run that is whole: every file in it has a checksum. `damaged`: newer ones that are not.
   * `images`: those of the visitor's that it learns from, where they are kept.
   * @throws GanvasError 'bad-file' when there is none, 'no-storage'
   */
  async newest(runId: string): Promise<StoredRun> {
    await this.#writing;
    this.spare(runId);
    const checkpoints = await this.#open();
    const saves = await checkpoints.saves(runId);
    this.#sequences.set(runId, saves[0]?.sequence ?? 0);
    let damaged = 0;
    for (const head of saves) {
      try {
        const saved = unpackRun(await checkpoints.read(head), { saveOfStep: head.step });
        return { saved, damaged, images: await checkpoints.images(runId) };
      } catch (error) {
        if (!(error instanceof GanvasError)) throw error;
        damaged += 1;
      }
    }
    throw new GanvasError(damaged === 0 ? 'run-not-kept' : 'run-damaged', {});
  }
}

const headOf = (
  { runId, savedAt, training, seconds, dataset, origin }: SavedRun,
  keptAs: string | null,
  fromFile: boolean,
): NewHead => ({
  runId: keptAs ?? runId,
  savedAt,
  step: stepOf(training),
  half: isHalf(training),
  seconds,
  dataset: dataset.label,
  ...(fromFile && { fromFile }),
  ...(origin && { origin }),
});
