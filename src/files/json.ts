// Reads JSON that came from outside: strict UTF-8, no name twice in one object, and the shape that a schema asks for.
import * as z from 'zod/mini';
import { quote } from './phrases.ts';

// Without this zod tries `new Function` to see if it may, which a Content-Security-Policy reports as an attack.
z.config({ jitless: true });

/** What is wrong with some JSON, as the end of a sentence: 'has the name "a" twice'. */
export class JsonProblem extends Error {}

/** Levels of nesting; none of our files needs more than four. */
const maxDepth = 16;

const space = /[ \t\n\r]/;

/** One pass over text that JSON.parse has accepted, for what JSON.parse keeps silent about. */
function checkNames(text: string): void {
  /** The names so far of each open object; null for an open array. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null);
      if (open.length > maxDepth) throw new JsonProblem(`is nested more than ${maxDepth} levels deep`);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const start = at++;
      for (; text[at] !== '"'; at++) if (text[at] === '\\') at++;
      let next = at + 1;
      while (space.test(text[next] ?? '')) next++;
      if (text[next] !== ':') continue;
      const name = JSON.parse(text.slice(start, at + 1)) as string;
      const names = open.at(-1);
      if (names?.has(name)) throw new JsonProblem(`has the name ${quote(name)} twice`);
      names?.add(name);
    }
  }
}

/**
 * The JSON value in some bytes. Objects in it may have a member of their own named `__proto__`: copy names to a Map.
 * @throws JsonProblem for anything but valid UTF-8 and JSON with each name once.
 */
export function readJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonProblem('is not UTF-8 text');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JsonProblem('is not JSON');
  }
  checkNames(text);
  return value;
}
