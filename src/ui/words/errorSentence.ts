// The sentence of an error in a language: that of its code, made of its facts.
import type { ErrorCode, ErrorFacts, ErrorKind } from '../../config/errors.ts';

/** What a language has to say about errors: what happened, by code, and what to do about it, by kind. */
export interface ErrorWords {
  readonly errors: { readonly [C in ErrorCode]: (facts: ErrorFacts[C]) => string };
  readonly advice: Readonly<Record<ErrorKind, string>>;
}

export function errorSentence<C extends ErrorCode>(
  { errors }: Pick<ErrorWords, 'errors'>,
  { code, facts }: { readonly code: C; readonly facts: ErrorFacts[C] },
): string {
  return errors[code](facts);
}
