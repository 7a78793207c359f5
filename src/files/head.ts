// The JSON with which our files begin: which format and version they are, and the settings in it.
import * as z from 'zod/mini';
import { type FileName, failureOf, GanvasError } from '../config/errors.ts';
import type { RunConfig } from '../config/run.ts';
import { parseConfig } from '../config/settings.ts';
import { JsonProblem, readJson } from './json.ts';

export interface Kind {
  readonly format: string;
  /** The newest that can be read; all before it can be, too. */
  readonly version: number;
  /** How many values and members it may have, where it has more than other JSON: see `readJson`. */
  readonly most?: number;
  /** What the file should be, for the error where it is another format, or a newer version. */
  readonly of: 'weights' | 'run';
}

const head = z.object({ format: z.string(), version: z.int().check(z.positive()) });

/**
 * The value in the bytes, which says the format, and no newer version than is known.
 * @param file how errors name the file
 * @throws GanvasError 'bad-file' for what is no JSON, 'not-our-weights' or 'not-our-run'
 */
export function readHead(bytes: Uint8Array, file: FileName, { format, version, most, of }: Kind): unknown {
  let value: unknown;
  try {
    value = readJson(bytes, most);
  } catch (error) {
    if (error instanceof JsonProblem) throw new GanvasError('bad-json', { file, json: error.fault });
    throw error;
  }
  const read = head.safeParse(value);
  if (!read.success || read.data.format !== format) {
    throw new GanvasError(`${of}-format`, { file, format });
  }
  if (read.data.version > version) {
    throw new GanvasError(`${of}-version`, { file, version: read.data.version, most: version });
  }
  return value;
}

/** @throws GanvasError 'bad-settings' naming the file and the setting */
export function readConfig(value: unknown, file: FileName): RunConfig {
  try {
    return parseConfig(value);
  } catch (error) {
    if (error instanceof GanvasError) throw new GanvasError('file-settings', { file, problem: failureOf(error) });
    throw error;
  }
}
