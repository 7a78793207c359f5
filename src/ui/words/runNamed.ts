// A run's name: what the visitor calls it, or two words that follow from its id, so that it is the same at every visit.
import type { Words } from './words.ts';

/** FNV-1a: small, and ids that differ in one place come out far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  // Its low bits alone are not well mixed.
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

export function givenName(id: string, { runNames: { first, second, named } }: Words): string {
  const number = hash(id);
  return named(first[number % first.length] ?? '', second[Math.floor(number / first.length) % second.length] ?? '');
}

export const runNamed = (id: string, own: Readonly<Record<string, string>>, words: Words): string =>
  own[id] ?? givenName(id, words);
