// The built page for every test that needs it: `dist` as it is where it is newer than all that it is made of, else
// built first.
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type InlineConfig } from 'vite';

const top = resolve(import.meta.dirname, '../..');
const madeOf = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** @returns the folder */
export async function builtPage(): Promise<string> {
  const folder = join(top, 'dist');
  if (!isFresh(folder)) await buildPage();
  return folder;
}

/**
 * Builds the page as `npm run build` does. Vitest sets NODE_ENV to 'test', for which React would bring its development
 * build.
 */
export async function buildPage(config: InlineConfig = {}): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await build({ logLevel: 'error', mode: 'production', ...config });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

function isFresh(folder: string): boolean {
  const built = statSync(join(folder, 'index.html'), { throwIfNoEntry: false });
  return built !== undefined && madeOf.every((name) => newest(join(top, name)) < built.mtimeMs);
}

/** When it, or anything in it, was changed last. */
function newest(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((last, name) => Math.max(last, newest(join(path, name))), found.mtimeMs);
}
