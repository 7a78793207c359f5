// The built page for every test that needs it: `dist` as it is where it is newer than all that it is made of, else
// built first.
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const top = resolve(import.meta.dirname, '../..');
const madeOf = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** @returns the folder */
export async function builtPage(): Promise<string> {
  const folder = join(top, 'dist');
  if (!isFresh(folder)) await build({ logLevel: 'error', mode: 'production' });
  return folder;
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
