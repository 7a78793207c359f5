// The house stands only while its arrows point one way: this reads every import under src and fails on any other arrow.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = resolve(import.meta.dirname, '../src');

/** Which folders each may import from, itself apart. */
const arrows: Record<string, readonly string[]> = {
  ui: ['page', 'protocol', 'files', 'config', 'hosting'],
  page: ['protocol', 'files', 'config', 'hosting'],
  worker: ['gan', 'data', 'quality', 'files', 'protocol', 'config'],
  quality: ['config'],
  gan: ['config'],
  data: ['config'],
  protocol: ['config'],
  files: ['config'],
  hosting: ['data', 'protocol'],
  config: [],
};

const workerUrls = ['../../worker/entry.ts', '../../worker/renderEntry.ts'];
const client = join('page', 'client', 'client.ts');

/** Where folders may not import each other in a circle; files beside the folders count as one folder, ‘.’. */
const withoutCircles = ['page', 'ui', 'worker', 'gan'];

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

/** Folder → the folders that it imports from, inside one top folder. */
function foldersInside(top: string): Map<string, Set<string>> {
  const folder = (path: string): string => (dirname(path) === top ? '.' : (path.split(sep)[1] ?? '.'));
  const found = new Map<string, Set<string>>();
  for (const { file, from, target } of imports) {
    if (from !== top || !target.startsWith('.')) continue;
    const path = relative(source, resolve(dirname(join(source, file)), target));
    if (path.split(sep)[0] !== top) continue;
    const here = folder(file);
    if (!found.has(here)) found.set(here, new Set());
    if (folder(path) !== here) found.get(here)?.add(folder(path));
  }
  return found;
}

/** @returns the folders of one circle, the first again at its end; empty where there is none */
function circleIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const visit = (folder: string, path: readonly string[]): string[] => {
    if (path.includes(folder)) return [...path.slice(path.indexOf(folder)), folder];
    if (done.has(folder)) return [];
    for (const next of arrows.get(folder) ?? []) {
      const circle = visit(next, [...path, folder]);
      if (circle.length > 0) return circle;
    }
    done.add(folder);
    return [];
  };
  for (const folder of arrows.keys()) {
    const circle = visit(folder, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

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
      if (found.file === client && workerUrls.includes(found.target)) return false;
      return !arrows[found.from]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps tfjs in the worker’s half', () => {
    const wrong = imports.filter(({ from, target }) => target.startsWith('@tensorflow/') && !mayUseTfjs.has(from));
    expect(wrong).toEqual([]);
  });

  it('names each worker once', () => {
    const named = imports.filter(({ from, target }) => target.includes('worker/') && from !== 'worker');
    expect(named.map(({ target }) => target)).toEqual(workerUrls);
    expect(new Set(named.map(({ file }) => file))).toEqual(new Set([client]));
  });

  it('keeps the DOM, timers and the network out of gan', () => {
    const forbidden = /\b(fetch|postMessage|setTimeout|setInterval|document|window|requestAnimationFrame)\s*[(.]/;
    const offenders = files.filter(
      (name) => name.startsWith(`gan${sep}`) && forbidden.test(readFileSync(join(source, name), 'utf8')),
    );
    expect(offenders).toEqual([]);
  });

  it('keeps React in ui', () => {
    const wrong = imports.filter(
      ({ from, target }) => /^(react|react-dom|recharts)(\/|$)/.test(target) && from !== 'ui',
    );
    expect(wrong).toEqual([]);
  });

  it('imports nothing from tests, and neither does the build', () => {
    const reaches = (text: string): boolean => /from ['"][./]+\/tests\//.test(text);
    const wrong = files.filter((name) => reaches(readFileSync(join(source, name), 'utf8')));
    expect(wrong).toEqual([]);
    expect(reaches(readFileSync(join(source, '../vite.config.ts'), 'utf8'))).toBe(false);
  });

  it.each(withoutCircles)('has no circle between the folders inside %s', (top) => {
    expect(circleIn(foldersInside(top))).toEqual([]);
  });

  it('finds a circle where there is one', () => {
    const arrows = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c', 'd'])],
      ['c', new Set<string>()],
      ['d', new Set(['a'])],
    ]);
    expect(circleIn(arrows)).toEqual(['a', 'b', 'd', 'a']);
  });

  it('says in each file’s first line why the file exists', () => {
    const silent = files.filter((name) => !readFileSync(join(source, name), 'utf8').startsWith('// '));
    expect(silent).toEqual([]);
  });
});
