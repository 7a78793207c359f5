// The house stands only while its arrows point one way: this reads every import under src and fails on any other arrow.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = resolve(import.meta.dirname, '../src');

/** Which folders each may import from, itself apart. */
const arrows: Record<string, readonly string[]> = {
  app: ['protocol', 'config', 'files'],
  worker: ['gan', 'data', 'quality', 'files', 'protocol', 'config'],
  quality: ['config'],
  gan: ['config'],
  data: ['config'],
  protocol: ['config'],
  files: ['config'],
  hosting: ['data', 'protocol'],
  config: [],
};

const workerUrls = ['../worker/entry.ts', '../worker/renderEntry.ts'];

const mayUseTfjs = new Set(['gan', 'quality', 'worker']);

interface Import {
  file: string;
  from: string;
  target: string;
}

const specifier = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]|new URL\(\s*['"]([^'"]+)['"]/g;

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const imports: Import[] = files.flatMap((name) => {
  const file = join(source, name);
  return [...readFileSync(file, 'utf8').matchAll(specifier)].map((match) => ({
    file: name,
    from: name.split(sep)[0] ?? '',
    target: match[1] ?? match[2] ?? '',
  }));
});

const folderOf = ({ file, target }: Import): string | null =>
  target.startsWith('.')
    ? (relative(source, resolve(dirname(join(source, file)), target)).split(sep)[0] ?? null)
    : null;

describe('the house', () => {
  it('has been read', () => {
    expect(imports.length).toBeGreaterThan(50);
    expect(new Set(imports.map(({ from }) => from)).size).toBeGreaterThanOrEqual(7);
  });

  it('has only the folders of the plan', () => {
    const folders = new Set(files.filter((name) => name.includes(sep)).map((name) => name.split(sep)[0]));
    expect([...folders].filter((folder) => folder === undefined || !(folder in arrows))).toEqual([]);
  });

  it('has arrows that point one way', () => {
    const wrong = imports.filter((found) => {
      const to = folderOf(found);
      if (to === null || to === found.from) return false;
      // client.ts names the workers' URLs, once each: names, not imports.
      if (found.file === join('app', 'client.ts') && workerUrls.includes(found.target)) return false;
      return !arrows[found.from]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps tfjs in the worker’s half', () => {
    const wrong = imports.filter(({ from, target }) => target.startsWith('@tensorflow/') && !mayUseTfjs.has(from));
    expect(wrong).toEqual([]);
  });

  it('names each worker once', () => {
    const named = imports.filter(({ from, target }) => from === 'app' && target.includes('worker/'));
    expect(named.map(({ target }) => target)).toEqual(workerUrls);
    expect(new Set(named.map(({ file }) => file))).toEqual(new Set([join('app', 'client.ts')]));
  });

  it('keeps the DOM, timers and the network out of gan', () => {
    const forbidden = /\b(fetch|postMessage|setTimeout|setInterval|document|window|requestAnimationFrame)\s*[(.]/;
    const offenders = files.filter(
      (name) => name.startsWith(`gan${sep}`) && forbidden.test(readFileSync(join(source, name), 'utf8')),
    );
    expect(offenders).toEqual([]);
  });

  it('says in each file’s first line why the file exists', () => {
    const silent = files.filter((name) => !readFileSync(join(source, name), 'utf8').startsWith('// '));
    expect(silent).toEqual([]);
  });
});
