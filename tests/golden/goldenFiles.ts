// The golden files to replay: those in GOLDEN_DIR, or those beside this file.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface GoldenFile {
  readonly name: string;
  /** The file's bytes in base64: what can be handed to a browser. */
  readonly base64: string;
}

export function goldenFiles(): GoldenFile[] {
  const folder = resolve(process.env.GOLDEN_DIR ?? import.meta.dirname);
  const names = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
  if (names.length === 0) throw new Error(`There is no .safetensors file in ${folder}.`);
  return names.map((name) => ({ name, base64: readFileSync(join(folder, name)).toString('base64') }));
}
