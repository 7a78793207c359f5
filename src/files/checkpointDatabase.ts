// The database of kept runs: its stores, how large values go into it, and what the browser's refusals mean.
import type { DBSchema, IDBPDatabase } from 'idb';
import type { CheckpointHead } from '../config/checkpoint.ts';
import type { Origin } from '../config/datasets.ts';
import { GanvasError } from '../config/errors.ts';
import type { Waypoint } from '../config/waypoints.ts';
import { databaseOf } from './database.ts';

const databaseName = 'ganvas-checkpoints';
const databaseVersion = 3;

export interface CheckpointSchema extends DBSchema {
  heads: { key: [string, number]; value: CheckpointHead };
  saves: { key: [string, number]; value: Stored };
  /** The visitor's own images, by the run that learns from them. Of any time: `images` reads it as unknown. */
  images: { key: string; value: Omit<OwnImages, 'images'> & { readonly images: Stored } };
  /** By run and step. */
  waypointHeads: { key: [string, number]; value: Waypoint };
  waypoints: { key: [string, number]; value: Stored };
}

/** What cannot be had again by its name. */
export interface OwnImages {
  /** [n, 28, 28], 0 (paper) to 255 (ink). */
  readonly images: Uint8Array<ArrayBuffer>;
  /** [n], or null where nobody told the classes. */
  readonly labels: Uint8Array<ArrayBuffer> | null;
  /** The files that they came from. */
  readonly origin: Origin;
}

export type CheckpointDatabase = IDBPDatabase<CheckpointSchema>;

/** A browser takes no value beyond a hundred megabytes or so (Chromium 127) but of files, however large. */
export type Stored = Uint8Array<ArrayBuffer> | Blob;
const largestValue = 64 * 2 ** 20;
export const stored = (bytes: Uint8Array<ArrayBuffer>): Stored =>
  bytes.length <= largestValue ? bytes : new Blob([bytes]);

/** What `stored` made of bytes, as bytes; anything else as it is. @throws DOMException where the file has gone */
export const unstored = async (value: unknown): Promise<unknown> =>
  value instanceof Blob ? new Uint8Array(await value.arrayBuffer()) : value;

/** @throws GanvasError 'run-not-kept' for what is not there any more */
export async function bytesIn(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const gone = (options?: ErrorOptions) => new GanvasError('run-not-kept', {}, options);
  const bytes = await unstored(value).catch((cause: unknown) => {
    throw gone({ cause });
  });
  if (!(bytes instanceof Uint8Array)) throw gone();
  return bytes as Uint8Array<ArrayBuffer>;
}

export const slotsOf = (runId: string): IDBKeyRange => IDBKeyRange.bound([runId, 0], [runId, 1]);

/** Of a run, from a step on. */
export const stepsFrom = (runId: string, step = 0): IDBKeyRange =>
  IDBKeyRange.bound([runId, step], [runId, Number.POSITIVE_INFINITY]);

export const openDatabase = databaseOf<CheckpointSchema>(databaseName, databaseVersion, (database, from) => {
  if (from < 1) {
    database.createObjectStore('heads');
    database.createObjectStore('saves');
  }
  if (from < 2) database.createObjectStore('images');
  if (from < 3) {
    database.createObjectStore('waypointHeads');
    database.createObjectStore('waypoints');
  }
});

/** What the browser's refusals mean. */
export function problemOf(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') {
    return new GanvasError('storage-full', {}, { cause: error });
  }
  return new GanvasError('no-storage', { message: error.message }, { cause: error });
}
