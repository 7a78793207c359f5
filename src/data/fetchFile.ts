// One dataset file from one place: fetched, unpacked, and found to be exactly the official one.
import { download } from './download.ts';
import type { SourceFile } from './sources.ts';
import { contentOf } from './verify.ts';

export interface FetchFileOptions {
  readonly signal: AbortSignal;
  /** The place is given up when it sends no byte for so long. */
  readonly quietMs: number;
  /** Called once, when the place has begun to send what looks right. */
  readonly onAnswer: () => void;
  /** Called with the bytes that came and the bytes that will have come. */
  readonly onBytes: (received: number, total: number) => void;
  /** Called when all bytes are here and are being checked. */
  readonly onCheck: () => void;
}

export interface FetchedFile {
  /** As they came, gzipped or not. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** After gunzip, checked. */
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * Gzip of what cannot be compressed is slightly larger than the content: headers, and 5 bytes for each 16 kB or more.
 */
const gzipOverhead = (bytes: number) => 1_024 + Math.ceil(bytes / 1_024);

/**
 * @param folder the place's address, ending in a slash
 * @throws SourceFailure when the place does not give the official file; GanvasError 'cancelled'
 */
export async function fetchFile(file: SourceFile, folder: string, options: FetchFileOptions): Promise<FetchedFile> {
  const { signal, quietMs, onAnswer, onBytes, onCheck } = options;
  const bytes = await download(new URL(file.name, folder).href, {
    name: file.name,
    signal,
    quietMs,
    onAnswer,
    maxBytes: file.bytes + gzipOverhead(file.bytes),
    onBytes: (received, announced, gzipped) => {
      // Gunzipped on the way, the announced length is that of the gz and the bytes are the content's.
      const total = gzipped ? (announced ?? file.gzBytes) : file.bytes;
      onBytes(received, Math.max(received, total));
    },
  });
  onCheck();
  return { bytes, content: await contentOf(bytes, file, signal) };
}
