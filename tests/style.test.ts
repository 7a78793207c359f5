// At most 120 columns, comments included. Biome wraps code; it leaves comments as they are, so these are checked here.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const columns = 120;
const root = resolve(import.meta.dirname, '..');

const files = ['src', 'tests'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.(ts|tsx|mjs|css)$/.test(name)),
);

/** Strings, templates and regular expressions. */
const literal =
  /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|(?<=^\s*|[(=,:]\s*)\/(?![/*])(?:[^/\\[]|\\.|\[[^\]]*\])+\//g;

/**
 * The numbers, from 1, of the lines that are too long. A line of code that Biome could not wrap holds a literal, which
 * stays whole: a sentence of the catalogue, the name of a test.
 */
function tooLong(text: string): readonly number[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.length <= columns) return [];
    const code = line.replace(literal, "''").trim();
    return /^\*|\/\/|\/\*/.test(code) || code === line.trim() ? [i + 1] : [];
  });
}

describe('lines of at most 120 columns', () => {
  it('are all that there are, comments included', () => {
    expect(files.length).toBeGreaterThan(400);
    const offenders = files.flatMap((file) =>
      tooLong(readFileSync(join(root, file), 'utf8')).map((line) => `${file}:${line}`),
    );
    expect(offenders).toEqual([]);
  });

  it('are told from longer ones', () => {
    const words = 'words '.repeat(20);
    expect(tooLong(`// ${words}`)).toEqual([1]);
    expect(tooLong(`/** ${words}*/`)).toEqual([1]);
    expect(tooLong(`a;\n * ${words}`)).toEqual([2]);
    expect(tooLong(`const a = 1; // ${words}`)).toEqual([1]);
    expect(tooLong(`// ${words.slice(3)}`)).toEqual([]);
    expect(tooLong(`  text: '${words} // no comment',`)).toEqual([]);
  });
});
