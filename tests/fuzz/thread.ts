// The thread that reads the fuzzer's inputs: it may hang or die, and whoever watches it knows on which input.
import { parentPort, workerData } from 'node:worker_threads';
import { attempt, inputOf, type Outcome } from './attempt.ts';
import type { Target } from './target.ts';

/** Inputs of a target from one number on, up to the other. */
export interface Part {
  readonly target: string;
  readonly from: number;
  readonly to: number;
}

export interface Work {
  /** The module that has the table of targets. */
  readonly table: string;
  readonly seed: number;
  readonly parts: readonly Part[];
  /** What is being read: which part, and the number of the input, −1 between two. */
  readonly current: Int32Array;
}

/** What happened to an input. */
export interface Told {
  readonly target: string;
  readonly input: number;
  readonly outcome: Outcome;
}

const { table, seed, parts, current } = workerData as Work;
const { targets } = (await import(table)) as { targets: readonly Target[] };

for (const [i, { target: name, from, to }] of parts.entries()) {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}.`);
  await checkSeeds(target);
  Atomics.store(current, 0, i);
  for (let input = from; input < to; input++) {
    const bytes = inputOf(target, seed, input);
    Atomics.store(current, 1, input);
    const outcome = await attempt(target, bytes);
    Atomics.store(current, 1, -1);
    parentPort?.postMessage({ target: name, input, outcome } satisfies Told);
  }
}

/** Also compiles the reader's code, which is no input's fault. @throws Error where a valid file is refused */
async function checkSeeds(target: Target): Promise<void> {
  for (const { bytes, pack } of target.seeds) {
    const { accepted, problem } = await attempt(target, pack ? pack(bytes) : bytes);
    if (!accepted) throw new Error(`A seed of ${target.name} is refused, so its changes say nothing. ${problem ?? ''}`);
  }
}
