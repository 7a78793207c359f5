// Reads JSON that came from outside: no deeper and no more of it than is asked for, strict UTF-8, no name twice in one
// object.
import * as z from 'zod/mini';
import type { JsonFault } from '../config/errors.ts';
import { quote } from './phrases.ts';

// Without this zod tries `new Function` to see if it may, which a Content-Security-Policy reports as an attack.
z.config({ jitless: true });

/** What is wrong with some JSON. */
export class JsonProblem extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(JSON.stringify(fault));
    this.fault = fault;
  }
}

/** Levels of nesting; none of our files needs more than four. */
const maxDepth = 16;
/** Values and members, where nobody says otherwise; a header or settings have some hundreds. */
const mostItems = 100_000;

const code = (character: string): number => character.charCodeAt(0);
const [quoteMark, backslash, comma] = [code('"'), code('\\'), code(',')];
const [openArray, closeArray, openObject, closeObject] = [code('['), code(']'), code('{'), code('}')];

/**
 * One pass before anything is made of the bytes: a megabyte of brackets becomes fifty of objects. Nothing in UTF-8 but
 * these
 * characters has their bytes.
 */
function checkAmount(bytes: Uint8Array, most: number): void {
  let depth = 0;
  let items = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quoteMark) {
      at += 1;
      for (; at < bytes.length && bytes[at] !== quoteMark; at++) if (bytes[at] === backslash) at++;
    } else if (byte === openArray || byte === openObject) {
      items += 1;
      depth += 1;
      if (depth > maxDepth) throw new JsonProblem({ fault: 'too-deep', most: maxDepth });
    } else if (byte === closeArray || byte === closeObject) {
      depth -= 1;
    } else if (byte === comma) {
      items += 1;
    }
    if (items > most) throw new JsonProblem({ fault: 'too-many-values', most });
  }
}

const space = /[ \t\n\r]/;

/** One pass over text that JSON.parse has accepted, for what JSON.parse keeps silent about. */
function checkNames(text: string): void {
  /** The names so far of each open object; null for an open array. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null);
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
      if (names?.has(name)) throw new JsonProblem({ fault: 'name-twice', name: quote(name) });
      names?.add(name);
    }
  }
}

/**
 * The JSON value in some bytes. Objects in it may have a member of their own named `__proto__`: copy names to a Map.
 * @param most the values and members that it may have; checked, as its depth, before memory is taken
 * @throws JsonProblem for anything but valid UTF-8 and JSON with each name once, and for more of it.
 */
export function readJson(bytes: Uint8Array, most: number = mostItems): unknown {
  checkAmount(bytes, most);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonProblem({ fault: 'not-utf-8' });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JsonProblem({ fault: 'not-json' });
  }
  checkNames(text);
  return value;
}
