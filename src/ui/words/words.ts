// The sentences that the visitor reads, in the language of the page, which can change while it is open.
import { useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';
import { english } from './en/index.ts';
import type { ErrorWords } from './errorSentence.ts';

/** What English has, with other texts in its place. */
type Translated<T> = T extends string
  ? string
  : T extends (...facts: infer Facts) => infer Said
    ? (...facts: Facts) => [Said] extends [string] ? string : Said
    : T extends object
      ? { readonly [Name in keyof T]: Translated<T[Name]> }
      : T;

type Kept = ErrorWords & Pick<typeof english, 'format'>;

/** A language: the same sentences as in English, from the same facts. */
export type Words = Translated<Omit<typeof english, keyof Kept>> & Kept;

const store = createStore<{ readonly words: Words }>(() => ({ words: english }));

/** The words now, for what is no part of React. */
export const currentWords = (): Words => store.getState().words;

/** The words, in whatever language the page has. */
export const useWords = (): Words => useSyncExternalStore(store.subscribe, currentWords, currentWords);

/** Changes the language of the page, at once. */
export const speak = (words: Words): void => store.setState({ words });
