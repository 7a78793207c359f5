// The JSON with which our files begin: which format and version they are, and the settings in it.
import * as z from 'zod/mini';
import { type ErrorCode, GanvasError } from '../config/errors.ts';
import type { RunConfig } from '../config/run.ts';
import { parseConfig } from '../config/settings.ts';
import { JsonProblem, readJson } from './json.ts';

export interface Kind {
  readonly format: string;
  /** The newest that can be read; all before it can be, too. */
  readonly version: number;
  /** How many values and members it may have, where it has more than other JSON: see `readJson`. */
  readonly most?: number;
  /** The code of the error for what is another format, or a newer version. */
  readonly otherwise: ErrorCode;
}

const head = z.object({ format: z.string(), version: z.int().check(z.positive()) });

/**
 * The value in the bytes, which says the format, and no newer version than is known.
 * @param where how the sentences name the file
 * @throws GanvasError 'bad-file' for what is no JSON, or `otherwise`
 */
export function readHead(bytes: Uint8Array, where: string, { format, version, most, otherwise }: Kind): unknown {
  let value: unknown;
  try {
    value = readJson(bytes, most);
  } catch (error) {
    if (error instanceof JsonProblem) throw new GanvasError('bad-file', `${where} ${error.message}.`);
    throw error;
  }
  const read = head.safeParse(value);
  if (!read.success || read.data.format !== format) {
    throw new GanvasError(otherwise, `${where} does not say "format": "${format}" and a version.`);
  }
  if (read.data.version > version) {
    const found = `is of version ${read.data.version}, and this page reads up to version ${version}`;
    throw new GanvasError(otherwise, `${where} ${found}.`);
  }
  return value;
}

/** @throws GanvasError 'bad-settings' naming the file and the setting */
export function readConfig(value: unknown, where: string): RunConfig {
  try {
    return parseConfig(value);
  } catch (error) {
    if (error instanceof GanvasError) throw new GanvasError(error.code, `${where}: ${error.message}`);
    throw error;
  }
}
