// A run as it is kept and taken up again: all that it takes to go on as if it had never stopped.
import type { DatasetId } from '../config/datasets.ts';
import type { Frame, Metrics } from '../config/history.ts';
import type { QualityRow, RealQuality } from '../config/quality.ts';
import type { RunConfig } from '../config/run.ts';
import type { TrainingState } from '../config/training.ts';
import type { RunOrigin } from '../config/waypoints.ts';

export interface SavedRun {
  /** The same however often it is saved and taken up again. */
  readonly runId: string;
  /** Milliseconds since 1970, as the next. */
  readonly savedAt: number;
  /** When its first step was taken. */
  readonly started: number;
  /** Where it was begun, where it goes on from a waypoint of another run. */
  readonly origin?: RunOrigin | undefined;
  /** With the learning rates as they were last. */
  readonly config: RunConfig;
  readonly dataset: DatasetIdentity;
  /** What it was computed on last: elsewhere sums are rounded otherwise. */
  readonly backend: string;
  readonly training: TrainingState;
  /** Wanted by now: Train may have been pressed again after the last. */
  readonly epochs: number;
  /** Of training, pauses left out. */
  readonly seconds: number;
  readonly quality: {
    readonly rows: readonly QualityRow[];
    readonly real: RealQuality | null;
    /** Training time from which on the next measurement may be made, in seconds. */
    readonly nextAt: number;
  };
  /** Lowest Fréchet distance, null before one, and the measurements since then. */
  readonly stopping: { readonly lowest: number | null; readonly without: number };
  readonly metrics: Metrics;
  readonly frames: readonly Frame[];
}

/**
 * Which images a run learns from. What can be had again by its name needs no checksum: that is checked where it is
 * loaded.
 */
export interface DatasetIdentity {
  readonly id: DatasetId;
  readonly label: string;
  readonly count: number;
  /** Of the visitor's own images, hexadecimal. */
  readonly sha256: string | null;
}
