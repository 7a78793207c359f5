// Gets a dataset from the nearest place that has it whole and right: the browser's copy, this site, then other hosts.
import type { Origin } from '../config/datasets.ts';
import { GanvasError, type Place as PlaceName, type SourceReason } from '../config/errors.ts';
import { throwIfCancelled } from './abort.ts';
import type { Dataset, FetchedId, OnProgress } from './dataset.ts';
import { SourceFailure } from './download.ts';
import { type FetchedFile, fetchFile } from './fetchFile.ts';
import { firstToAnswer } from './firstToAnswer.ts';
import { readIdxImages, readIdxLabels } from './idx.ts';
import { type FileRole, fileOrder, type Source, type SourceFile, sources } from './sources.ts';
import { openStore } from './store.ts';

export interface LoadOptions {
  /** The page's own address: a host's own copy is looked for beside it. */
  readonly baseUrl: string;
  readonly signal: AbortSignal;
  readonly onProgress?: OnProgress | undefined;
  /** Only the browser's copy and this site: no request goes to another host. */
  readonly localOnly?: boolean;
}

/** How long to wait. With the network silent, the last of three places is given up after 2 × leadMs + quietMs. */
export interface Timing {
  /** A place that sends no byte for so long is given up. */
  readonly quietMs: number;
  /** A place that is silent for so long lets the next one try as well. */
  readonly leadMs: number;
}

export const usualTiming: Timing = { quietMs: 4_000, leadMs: 2_000 };

/** Who may have the files. */
interface Place {
  /** As the user knows it: 'this site', or the host's name. */
  readonly name: string;
  /** Its address, ending in a slash. */
  readonly folder: string;
  readonly own: boolean;
}

interface Had {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly origin: Origin;
}

/**
 * The training images with labels, and the test images, each file checked by SHA-256 and kept for the next visit.
 * With `localOnly` the result is null where neither the browser nor this site has the dataset.
 * @throws GanvasError 'http', 'network', 'stalled' or 'checksum' when no place has it (its facts are the places
 * and their reasons), 'cancelled'
 */
export function loadDataset(id: FetchedId, options: LoadOptions & { localOnly?: false }): Promise<Dataset>;
export function loadDataset(id: FetchedId, options: LoadOptions): Promise<Dataset | null>;
export function loadDataset(id: FetchedId, options: LoadOptions): Promise<Dataset | null> {
  return loadSource(sources[id], options);
}

/** What `loadDataset` does, for any source and timing. */
export async function loadSource(
  source: Source,
  options: LoadOptions,
  timing: Timing = usualTiming,
): Promise<Dataset | null> {
  const { baseUrl, signal, onProgress, localOnly = false } = options;
  throwIfCancelled(signal);
  const dataset = source.id;
  const store = await openStore(baseUrl);
  const had = new Map<FileRole, Had>();
  for (const role of store ? fileOrder : []) {
    const content = await store?.take(source.files[role], signal);
    if (!content) continue;
    had.set(role, { content, origin: { from: 'cache' } });
    onProgress?.({ stage: 'reading', dataset });
  }

  const missing = fileOrder.filter((role) => !had.has(role));
  const tally = new Tally(missing.map((role) => source.files[role]));
  const tellFetching = (place: Place) =>
    onProgress?.({ stage: 'fetching', dataset, from: nameOf(place), ...tally.sum() });
  const failures = new Map<Place, SourceFailure>();
  let places = placesOf(source, baseUrl, localOnly);

  const ask = (file: SourceFile, place: Place, placeSignal: AbortSignal, onAnswer: () => void) => {
    tellFetching(place);
    return fetchFile(file, place.folder, {
      quietMs: timing.quietMs,
      signal: placeSignal,
      onAnswer,
      onBytes: (received, total) => {
        tally.set(file, received, total);
        tellFetching(place);
      },
      onCheck: () => onProgress?.({ stage: 'checking', dataset, ...tally.sum() }),
    });
  };
  const isFailure = (place: Place, error: unknown) => {
    if (error instanceof SourceFailure) failures.set(place, error);
    return error instanceof SourceFailure;
  };

  // One file at a time: side by side, one could starve another into a stall.
  for (const role of missing) {
    const file = source.files[role];
    let first: { place: Place; value: FetchedFile } | null = null;
    while (first === null && places.length > 0) {
      first = await firstToAnswer({
        places,
        leadMs: timing.leadMs,
        signal,
        ask: (place, placeSignal, onAnswer) => ask(file, place, placeSignal, onAnswer),
        isFailure,
      });
      places = places.filter((place) => !failures.has(place));
    }
    if (first === null) {
      if (localOnly) return null;
      throw sumUp(source, failures);
    }
    const { place, value } = first;
    // The other files come from who answered, too.
    places = [place, ...places.filter((other) => other !== place)];
    had.set(role, {
      content: value.content,
      origin: place.own ? { from: 'this-site' } : { from: 'host', host: place.name },
    });
    await store?.keep(file, value.bytes);
    throwIfCancelled(signal);
  }
  return assemble(source, had);
}

/** Where to ask, in order. */
function placesOf(source: Source, baseUrl: string, localOnly: boolean): Place[] {
  const own: Place = { name: 'this site', folder: new URL(source.folder, baseUrl).href, own: true };
  if (localOnly) return [own];
  return [own, ...source.addresses.map((folder) => ({ name: new URL(folder).host, folder, own: false }))];
}

function assemble(source: Source, had: ReadonlyMap<FileRole, Had>): Dataset {
  const content = (role: FileRole) => had.get(role)?.content ?? new Uint8Array();
  const { files, id, label } = source;
  const images = readIdxImages(content('trainImages'), files.trainImages.name);
  const labels = readIdxLabels(content('trainLabels'), files.trainLabels.name);
  const test = {
    images: readIdxImages(content('testImages'), files.testImages.name),
    labels: readIdxLabels(content('testLabels'), files.testLabels.name),
  };
  const origin = had.get('trainImages')?.origin ?? { from: 'this-site' };
  return { info: { id, label, count: labels.length, origin }, images, labels, test };
}

const nameOf = (place: Place): PlaceName => (place.own ? { thisSite: true } : place.name);

/** One error for all that was tried. */
function sumUp(source: Source, failures: ReadonlyMap<Place, SourceFailure>): GanvasError {
  // That this site has no copy is usual; that its copy is damaged is worth saying.
  const telling = [...failures].filter(([place, { kind, absent }]) => !place.own || (kind === 'checksum' && !absent));
  // Places that have failed alike are named together.
  const byFault = new Map<string, SourceReason>();
  for (const [place, { fault }] of telling) {
    const key = JSON.stringify(fault);
    byFault.set(key, { fault, places: [...(byFault.get(key)?.places ?? []), nameOf(place)] });
  }
  // The addresses are in order of trust, so the first one's reason tells what to do.
  const kind = telling.find(([place]) => !place.own)?.[1].kind ?? 'network';
  return new GanvasError(`dataset-${kind}`, { dataset: source.id, reasons: [...byFault.values()] });
}

/** How many bytes of all missing files have come. */
class Tally {
  readonly #files: Map<SourceFile, { received: number; total: number }>;

  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map((file) => [file, { received: 0, total: file.gzBytes }]));
  }

  set(file: SourceFile, received: number, total: number): void {
    this.#files.set(file, { received, total });
  }

  sum(): { loadedBytes: number; totalBytes: number } {
    let loadedBytes = 0;
    let totalBytes = 0;
    for (const { received, total } of this.#files.values()) {
      loadedBytes += received;
      totalBytes += total;
    }
    return { loadedBytes, totalBytes };
  }
}
