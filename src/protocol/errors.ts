// How an error crosses between threads: as its code, its facts and its stack, from which the other side rebuilds it.
import { type Failure, failureOf, GanvasError, isErrorCode } from '../config/errors.ts';

export type EncodedError = Failure & { readonly stack: string };

/** What is not a GanvasError is a fault of ours, 'internal', with the original's message and stack. */
export function encodeError(error: unknown): EncodedError {
  return { ...failureOf(error), stack: error instanceof Error ? (error.stack ?? '') : '' };
}

/** A code that this page does not know is 'internal'. */
export function decodeError({ code, facts, stack }: EncodedError): GanvasError {
  const error = isErrorCode(code)
    ? new GanvasError(code, facts)
    : new GanvasError('internal', { message: `${code} ${JSON.stringify(facts)}` });
  error.stack = stack;
  return error;
}
