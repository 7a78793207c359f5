// What the visitor reads of an error, for tests: its sentence in the English catalogue.
import type { DatasetId } from '../../src/config/datasets.ts';
import { type Failure, GanvasError } from '../../src/config/errors.ts';
import type { BackendInUse } from '../../src/protocol/devices.ts';
import { reason } from '../../src/ui/words/en/device.ts';
import { errors } from '../../src/ui/words/en/errors.ts';
import { errorSentence } from '../../src/ui/words/errorSentence.ts';

/** Of a GanvasError, an encoded one, a problem of the page, or any other code with its facts. */
export const sentenceOf = (failure: GanvasError | Failure): string => errorSentence({ errors }, failure);

/** What a refusal is to the page, and to who reads it. */
export interface Refusal {
  readonly name: string;
  readonly code: string;
  readonly kind: string;
  readonly sentence: string;
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof GanvasError)) throw error;
  const { name, code, kind } = error;
  return { name, code, kind, sentence: sentenceOf(error) };
}

/**
 * The GanvasError that a call throws, with its sentence; anything else that it throws fails the test, and so does no
 * error.
 */
export function refused(call: () => unknown): Refusal {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    return refusalOf(error);
  }
  throw new Error(`It was not refused: ${String(result)}`);
}

/** What `refused` gives, of something asynchronous. */
export async function rejected(work: Promise<unknown>): Promise<Refusal> {
  let result: unknown;
  try {
    result = await work;
  } catch (error) {
    return refusalOf(error);
  }
  throw new Error(`It was not refused: ${String(result)}`);
}

/** What comes of a host that cannot be reached. */
export const notFetched = (dataset: DatasetId = 'mnist'): GanvasError =>
  new GanvasError('dataset-network', {
    dataset,
    reasons: [{ places: ['a.example'], fault: { fault: 'unreachable' } }],
  });

/** What is said of why a backend is in use; null where nothing is. */
export const reasonOf = (inUse: BackendInUse | null | undefined): string | null =>
  inUse?.reason ? reason(inUse.reason) : null;
