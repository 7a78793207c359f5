// What the fuzzer has to know of a reader to attack it.
import type { Bytes, Seed } from './mutate.ts';

/** What a reader without sentences gives for an input that it does not take. */
export const refused = Symbol('refused');

interface TargetOf<Result> {
  readonly name: string;
  /** Valid: each must be accepted as it is. */
  readonly seeds: readonly Seed[];
  /** The reader. Refuses with a GanvasError, or gives `refused`. */
  readonly read: (bytes: Bytes) => Result | Promise<Result> | typeof refused;
  /** Throws unless what was read is what the bytes say. */
  readonly check: (bytes: Bytes, result: Result) => void;
  /** The most bytes that reading may take; without it, 4 MB and 40 times the input. */
  readonly memory?: (inputBytes: number) => number;
}

export type Target = TargetOf<never>;

/** A line of the table of targets; what `read` gives is what `check` gets. */
export const target = <Result>(made: TargetOf<Result>): Target => made as unknown as Target;

/** The most bytes that a target may take for an input. */
export const memoryOf = ({ memory }: Target, inputBytes: number): number =>
  memory ? memory(inputBytes) : (4 << 20) + 40 * inputBytes;
