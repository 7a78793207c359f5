// What the visitor calls runs, by their ids, remembered where the browser allows it; what is not a name is dropped.
import { keep, recall } from './storage.ts';

const key = 'ganvas-run-names';

/** More than there are runs kept: the oldest names go first. */
export const maxNames = 200;
export const longestName = 40;

export type RunNames = Readonly<Record<string, string>>;

export function recallRunNames(): RunNames {
  const kept = recall(key);
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept)
      .filter(([, name]) => typeof name === 'string' && name !== '' && name.length <= longestName)
      .slice(-maxNames),
  );
}

/** Those of before with another one; an empty name gives the run back its first. */
export function renamed(before: RunNames, id: string, name: string): RunNames {
  const { [id]: _, ...others } = before;
  const trimmed = name.trim().slice(0, longestName).trim();
  const all = trimmed === '' ? others : { ...others, [id]: trimmed };
  return Object.fromEntries(Object.entries(all).slice(-maxNames));
}

export const keepRunNames = (names: RunNames): boolean => keep(key, names);
