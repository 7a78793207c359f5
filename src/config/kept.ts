// What is known of a run that the browser keeps, without reading it.

/** A save of a run that can be gone on with. */
export interface Head {
  /** The run's own name: the same however often it is saved and taken up again. */
  readonly run: string;
  /** A run has two saves at most: the older one is written over. */
  readonly slot: 0 | 1;
  /** Grows with each save of the run. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly step: number;
  /** Whether only one network's half of the step had been taken. */
  readonly half: boolean;
  /** What it learns from, in words. */
  readonly dataset: string;
  readonly bytes: number;
}

/** Runs that can be gone on with: the one that is trained, and some before it, as somebody may have begun a new one by mistake. */
export const maxRuns = 5;
