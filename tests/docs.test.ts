// The documentation stays short where it must, and every link and path in it leads somewhere.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const top = resolve(import.meta.dirname, '..');
// Files that are new and not committed yet are part of the documentation, too; what git ignores is not.
const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
const pages = execFileSync('git', listed, { cwd: top, encoding: 'utf8' })
  .split('\n')
  .filter((name) => name !== '' && existsSync(join(top, name)));

/** The address of a heading, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');
const readPage = (name: string): string => withoutCode(readFileSync(join(top, name), 'utf8'));

const anchorsOf = (name: string): string[] =>
  [...readPage(name).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** @returns what a link's target lacks, null where it is there */
function problemOf(page: string, target: string): string | null {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(top, file))) return `${page}: ${target} is not there`;
  if (anchor !== undefined && !anchorsOf(file).includes(anchor)) return `${page}: ${target} has no such heading`;
  return null;
}

/**
 * Paths of the repository in backticks, such as `src/gan/training/trainer.ts`; patterns and examples have other signs.
 */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`((?:src|tests|docs|public|\.github|\.ci)\/[\w./-]+)`/g)].map(([, path = '']) => path);

describe('the documentation', () => {
  it('has been found', () => {
    expect(pages).toContain('README.md');
    expect(pages.length).toBeGreaterThan(10);
  });

  it('has a README of at most 150 lines', () => {
    expect(readFileSync(join(top, 'README.md'), 'utf8').split('\n').length - 1).toBeLessThanOrEqual(150);
  });

  it.each(pages)('%s has links that lead somewhere', (page) => {
    const targets = [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const relative = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(relative.map((target) => problemOf(page, target)).filter((problem) => problem !== null)).toEqual([]);
  });

  it.each(pages)('%s names files that are there', (page) => {
    const made = ['public/data/mnist/'];
    const missing = pathsIn(readPage(page)).filter((path) => !made.includes(path) && !existsSync(join(top, path)));
    expect(missing).toEqual([]);
  });
});
