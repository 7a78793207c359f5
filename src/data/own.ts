// The visitor's own images: finds out what the files are by their content, and makes one dataset of them.
import { datasets, type Origin } from '../config/datasets.ts';
import { GanvasError, type OwnFileKind } from '../config/errors.ts';
import { throwIfCancelled } from './abort.ts';
import { type Dataset, type LabelledImages, type OnProgress, pixelsPerImage } from './dataset.ts';
import { gunzip, isGzip } from './gzip.ts';
import { idxKind } from './idx.ts';
import { checkCount, maxGunzippedBytes, maxInputBytes } from './limits.ts';
import { isNpy, readNpyImages } from './npy.ts';
import { isZip, type OpenZip, readNpzImages } from './npz.ts';
import { type ReadFile, readIdxFiles } from './ownIdx.ts';
import { pictureKind } from './pictureHeader.ts';
import { filesAtOnce, readPictures } from './pictures.ts';

export interface ReadOptions {
  /** For .npz files, which are zips. */
  readonly openZip: OpenZip;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

export interface OwnImages {
  readonly dataset: Dataset;
  /** How many pictures had a light background and were inverted. */
  readonly inverted: number;
}

interface Sorted {
  readonly file: File;
  readonly kind: OwnFileKind;
  /** Read already where that was needed to tell the kind. */
  readonly content?: Uint8Array<ArrayBuffer>;
}

/**
 * One dataset, id 'own', of IDX files (gzipped or not, labels with them or not), one .npy or .npz, or a set of
 * pictures.
 * @throws GanvasError 'bad-file', 'wrong-shape', 'too-few-images', 'too-large' or 'cancelled'; its
 * facts name the file
 */
export async function readFiles(
  files: readonly File[],
  { openZip, signal, onProgress }: ReadOptions,
): Promise<OwnImages> {
  throwIfCancelled(signal);
  const chosen = files.filter(({ name }) => !isClutter(name));
  if (chosen.length === 0) throw new GanvasError('no-files', {});
  const totalBytes = chosen.reduce((sum, { size }) => sum + size, 0);
  if (totalBytes > maxInputBytes) {
    throw new GanvasError('files-too-large', { bytes: totalBytes, most: maxInputBytes });
  }
  const tell = (loadedBytes: number) => onProgress?.({ stage: 'reading-files', loadedBytes, totalBytes });
  tell(0);
  const sorted = await sortOut(chosen, signal);
  const kind = onlyKind(sorted);

  if (kind === 'pictures') {
    // Here a picture is an image: no need to decode thousands to find that they are too many.
    checkCount(chosen.length);
    const { images, inverted } = await readPictures(chosen, { signal, onRead: tell });
    return { dataset: own({ images, labels: null }, chosen), inverted };
  }
  const contents: ReadFile[] = [];
  for (const { file, content } of sorted) {
    throwIfCancelled(signal);
    contents.push({ name: file.name, content: content ?? (await bytesOf(file)) });
  }
  tell(totalBytes);
  return { dataset: own(readArrays(kind, contents, openZip), chosen), inverted: 0 };
}

/** Files that systems leave in folders: nobody means them when dropping the folder's content. */
function isClutter(name: string): boolean {
  return name.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(name);
}

/**
 * The kinds by the first bytes; what is gzipped is unpacked for that, one file after the other, so that all together
 * stay within the limit of what is held unpacked.
 */
async function sortOut(files: readonly File[], signal: AbortSignal | undefined): Promise<readonly Sorted[]> {
  const sorted: Sorted[] = [];
  const others: File[] = [];
  let takenBytes = 0;
  for (let start = 0; start < files.length; start += filesAtOnce) {
    throwIfCancelled(signal);
    const some = files.slice(start, start + filesAtOnce);
    const heads = await Promise.all(some.map((file) => bytesOf(file.slice(0, 16), file.name)));
    for (const [i, file] of some.entries()) {
      const head = heads[i] ?? new Uint8Array();
      let content: Uint8Array<ArrayBuffer> | undefined;
      if (isGzip(head)) {
        const packed = await bytesOf(file);
        content = await gunzip(packed, { name: file.name, maxBytes: maxGunzippedBytes, takenBytes, signal });
        takenBytes += content.length;
      }
      const kind = kindOf((content ?? head).subarray(0, 16), file.name);
      if (kind === null) others.push(file);
      else sorted.push({ file, kind, ...(content && { content }) });
    }
  }
  if (others.length > 0) throw useless(others);
  return sorted;
}

const mostNamed = 3;

/** Names them all at once: nobody wants to put one file aside after the other. */
function useless(files: readonly File[]): GanvasError {
  const [first, ...others] = files;
  if (first && others.length === 0) {
    return new GanvasError(first.size === 0 ? 'file-empty' : 'file-of-no-kind', { file: first.name });
  }
  const named = files.slice(0, mostNamed).map(({ name, size }) => ({ name, isEmpty: size === 0 }));
  return new GanvasError('files-of-no-kind', { files: named, more: files.length - named.length });
}

/** null for what is none of them. */
function kindOf(head: Uint8Array, name: string): OwnFileKind | null {
  if (pictureKind(head) !== null) return 'pictures';
  if (isNpy(head)) return 'npy';
  if (isZip(head)) return 'npz';
  // A name that says IDX counts, too: the reader then says what is wrong with the file's magic number.
  if (idxKind(head) !== null || /idx|ubyte/i.test(name)) return 'idx';
  return null;
}

function onlyKind(sorted: readonly Sorted[]): OwnFileKind {
  const kinds = [...new Set(sorted.map(({ kind }) => kind))];
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) throw new GanvasError('mixed-kinds', { kinds });
  if ((kind === 'npy' || kind === 'npz') && sorted.length > 1) {
    throw new GanvasError('one-at-a-time', { kind, count: sorted.length });
  }
  return kind;
}

function readArrays(
  kind: Exclude<OwnFileKind, 'pictures'>,
  contents: readonly ReadFile[],
  openZip: OpenZip,
): LabelledImages {
  const [first] = contents;
  if (kind === 'idx' || first === undefined) return readIdxFiles(contents);
  const { content, name } = first;
  const images = kind === 'npy' ? readNpyImages(content, name) : readNpzImages(content, name, openZip);
  return { images, labels: null };
}

function own(images: LabelledImages, files: readonly File[]): Dataset {
  const count = images.images.length / pixelsPerImage;
  checkCount(count);
  const names = files.map(({ name }) => name);
  const named = names.length <= 2 ? names : names.slice(0, 1);
  const origin: Origin = { from: 'files', names: named, more: names.length - named.length };
  return { info: { id: 'own', label: datasets.own.label, count, origin }, ...images };
}

async function bytesOf(file: Blob, name = file instanceof File ? file.name : ''): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new GanvasError('file-unreadable', { file: name }, { cause: error });
  }
}
