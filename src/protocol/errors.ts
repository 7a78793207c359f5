// How an error crosses between threads: code, message and stack go over, and an error of the same code comes out.
import { advice, type ErrorCode, GanvasError } from '../config/errors.ts';

export interface EncodedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly stack: string;
}

/** What is not a GanvasError is a fault of ours, 'internal', with the original's message and stack. */
export function encodeError(error: unknown): EncodedError {
  if (error instanceof GanvasError) return { code: error.code, message: error.message, stack: error.stack ?? '' };
  if (error instanceof Error) {
    return { code: 'internal', message: `Something broke inside: ${error.message}`, stack: error.stack ?? '' };
  }
  return { code: 'internal', message: `Something broke inside: ${String(error)}`, stack: '' };
}

export function decodeError(encoded: EncodedError): GanvasError {
  const code = Object.hasOwn(advice, encoded.code) ? encoded.code : 'internal';
  const error = new GanvasError(code, encoded.message);
  error.stack = encoded.stack;
  return error;
}
