// A campaign of the fuzzer: the inputs spread over the targets, a watch over the thread that reads them, and the
// report.
import { Worker } from 'node:worker_threads';
import { limitMs } from './attempt.ts';
import type { Part, Told, Work } from './thread.ts';

export interface Failure {
  readonly target: string;
  readonly input: number;
  readonly problem: string;
}

export interface Report {
  readonly target: string;
  readonly inputs: number;
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly largestBytes: number;
  readonly failures: readonly Failure[];
}

export interface Campaign {
  /** Of all targets together. */
  readonly inputs: number;
  readonly seed: number;
  /** Names out of the table. */
  readonly targets: readonly string[];
  /** The module that has the table; the page's readers where it is left out. */
  readonly table?: URL;
  /** This input of each target alone. */
  readonly only?: number;
}

/** Reads all inputs, whatever they do to the thread. @returns a report for each target */
export async function runCampaign(campaign: Campaign): Promise<readonly Report[]> {
  const { inputs, seed, targets, only, table = new URL('./targets.ts', import.meta.url) } = campaign;
  const share = (i: number): number => Math.floor((inputs * i) / targets.length);
  const all = targets.map((target, i): Part => {
    const [from, to] = only === undefined ? [0, share(i + 1) - share(i)] : [only, only + 1];
    return { target, from, to };
  });
  const told: Told[] = [];
  const lost: Failure[] = [];
  for (let parts: readonly Part[] = all; parts.length > 0; ) {
    const end = await watched({ table: table.href, seed, parts }, (each) => told.push(each));
    if (end === null) break;
    const [part, ...rest] = parts.slice(end.part);
    if (part === undefined) break;
    // If it was late, once more and alone: a busy machine may have stopped the thread for a second.
    const again = { target: part.target, from: end.input, to: end.input + 1 };
    const last = end.isLate
      ? await watched({ table: table.href, seed, parts: [again] }, (each) => told.push(each))
      : end;
    if (last !== null) lost.push({ target: part.target, input: last.input, problem: last.problem });
    parts = [{ ...part, from: end.input + 1 }, ...rest];
  }
  return all.map(({ target, from, to }) =>
    reportOf(
      { target, inputs: to - from },
      told.filter((each) => each.target === target),
      lost.filter((each) => each.target === target),
    ),
  );
}

function reportOf(head: Pick<Report, 'target' | 'inputs'>, told: readonly Told[], lost: readonly Failure[]): Report {
  const accepted = told.filter(({ outcome }) => outcome.accepted).length;
  const problems = told.flatMap(({ target, input, outcome: { problem } }) =>
    problem === null ? [] : [{ target, input, problem }],
  );
  return {
    ...head,
    accepted,
    refused: told.length - accepted,
    slowestMs: told.reduce((most, { outcome }) => Math.max(most, outcome.ms), 0),
    largestBytes: told.reduce((most, { outcome }) => Math.max(most, outcome.memoryBytes), 0),
    failures: [...problems, ...lost],
  };
}

interface End {
  /** Of the parts that it was given, by number. */
  readonly part: number;
  readonly input: number;
  readonly problem: string;
  /** It took too long, as far as can be told from outside. */
  readonly isLate: boolean;
}

/** Has a thread read inputs until all are read or one is the end of it. @returns which that was and why, or null */
function watched(work: Omit<Work, 'current'>, note: (told: Told) => void): Promise<End | null> {
  const current = new Int32Array(new SharedArrayBuffer(8)).fill(-1);
  const worker = new Worker(new URL('./threadInNode.mjs', import.meta.url), {
    workerData: { ...work, current } satisfies Work,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  return new Promise((resolve, reject) => {
    const input = (): number => Atomics.load(current, 1);
    let seen = { input: -1, since: performance.now() };
    const watch = setInterval(() => {
      if (input() !== seen.input) seen = { input: input(), since: performance.now() };
      else if (input() >= 0 && performance.now() - seen.since > limitMs)
        giveUp(`It was given up after ${limitMs} ms.`, true);
    }, limitMs / 20);
    const finish = (end: End | null): void => {
      clearInterval(watch);
      worker.removeAllListeners();
      void worker.terminate().then(() => resolve(end));
    };
    const giveUp = (problem: string, isLate: boolean): void =>
      finish({ part: Atomics.load(current, 0), input: input(), problem, isLate });
    worker.on('message', note);
    worker.on('error', (error) => {
      if (input() >= 0) return giveUp(`It was the end of its thread: ${error.message}.`, false);
      // Between two inputs it is a fault of the fuzzer.
      clearInterval(watch);
      reject(error);
    });
    worker.on('exit', () => finish(null));
  });
}
