// A training that somebody recorded for the diagnosis: what was measured of it, and what must be said of it.
import type { QualityRow, RealQuality } from '../../src/config/quality.ts';
import type { RunConfig } from '../../src/config/run.ts';

export interface RecordedRun {
  /** Which finding must come first at every measurement from one step to another, both included. */
  readonly expected: readonly { readonly code: string; readonly from: number; readonly to: number }[];
  /** Codes that must not be said at any moment of it, whatever the accuracies do. */
  readonly never: readonly string[];
  readonly about: string;
  readonly dataset: string;
  readonly config: RunConfig;
  /** One entry a step, from step 1 on. */
  readonly losses: {
    readonly discriminatorLoss: readonly number[];
    readonly generatorLoss: readonly number[];
    readonly accuracyReal: readonly number[];
    readonly accuracyFake: readonly number[];
  };
  readonly rows: readonly QualityRow[];
  readonly real: RealQuality;
}
