// One input to one reader: what became of it, how long that took and how much memory, and what is wrong with that.
import { GanvasError } from '../../src/config/errors.ts';
import { sentenceOf } from '../support/sentence.ts';
import { type Bytes, mutate } from './mutate.ts';
import { oneOf, randomOf } from './random.ts';
import { memoryOf, refused, type Target } from './target.ts';

/** No input may hold the page up for longer, in milliseconds. */
export const limitMs = 1000;

export interface Outcome {
  readonly accepted: boolean;
  readonly ms: number;
  readonly memoryBytes: number;
  /** In one line; null where all is well. */
  readonly problem: string | null;
}

/** Input number `input` of a target, the same for the same seed: a valid file that was changed. */
export function inputOf(target: Target, seed: number, input: number): Bytes {
  const random = randomOf(seed, target.name, input);
  return mutate(oneOf(random, target.seeds), target.seeds, random);
}

/** A sentence for a person: one line, no control characters, with a full stop, and not endless. */
const sentence = /^[^\p{Cc}]{10,600}[^.]\.$/u;

const held = (): number => {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
};

/** How long the reader takes the second time: the first time a busy machine may have stopped it. */
async function timeOf(target: Target, bytes: Bytes): Promise<number> {
  const start = performance.now();
  try {
    await target.read(Uint8Array.from(bytes));
  } catch (error) {
    if (!(error instanceof GanvasError)) throw error;
  }
  return performance.now() - start;
}

export async function attempt(target: Target, bytes: Bytes): Promise<Outcome> {
  const given = Uint8Array.from(bytes);
  const before = held();
  const start = performance.now();
  let result: unknown = refused;
  let problem: string | null = null;
  try {
    result = await target.read(given);
  } catch (error) {
    if (!(error instanceof GanvasError)) problem = `It broke with ${String(error)}.`;
    else if (error.kind === 'internal') problem = `It blames itself: ${error.message}`;
    else if (!sentence.test(sentenceOf(error))) problem = `This is no sentence: ${JSON.stringify(sentenceOf(error))}.`;
  }
  let ms = performance.now() - start;
  const memoryBytes = Math.max(0, held() - before);
  const accepted = result !== refused;
  if (ms > limitMs && problem === null) ms = Math.min(ms, await timeOf(target, bytes));
  if (problem === null && accepted) {
    try {
      target.check(bytes, result as never);
    } catch (error) {
      problem = `It was accepted and is not what it says: ${error instanceof Error ? error.message : error}`;
    }
  }
  const allowed = memoryOf(target, bytes.length);
  if (problem === null && memoryBytes > allowed) problem = `It took ${memoryBytes} bytes; ${allowed} are allowed.`;
  if (problem === null && ms > limitMs) problem = `It took ${Math.round(ms)} ms.`;
  if (problem === null && !Buffer.from(given).equals(bytes)) problem = 'The input was changed by its reader.';
  return { accepted, ms, memoryBytes, problem };
}
