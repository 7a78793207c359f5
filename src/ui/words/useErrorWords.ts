// The sentences of errors in the language of the page.
import { advice, errors } from './en/errors.ts';
import type { ErrorWords } from './errorSentence.ts';

const english: ErrorWords = { errors, advice };

export const useErrorWords = (): ErrorWords => english;
