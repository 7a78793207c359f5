// Gunzips with the browser's own DecompressionStream, within a limit: a small file must not fill the memory.
import { GanvasError } from '../config/errors.ts';
import { throwIfCancelled } from './abort.ts';
import { concat } from './bytes.ts';

/** Whether the bytes begin as a gzip file does. Names say nothing: servers and browsers may gunzip on the way. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export interface GunzipOptions {
  /** How errors name the file. */
  readonly name: string;
  /** The most bytes that may come out, of this file and those before it. */
  readonly maxBytes: number;
  /** How many of them came out of the files before it. */
  readonly takenBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The content of a gzip file.
 * @throws GanvasError 'bad-file' if it is damaged or cut off, 'too-large' past `maxBytes`, 'cancelled'
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  { name, maxBytes, takenBytes = 0, signal }: GunzipOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  throwIfCancelled(signal);
  // The signal also ends the pipe: a file may hold megabytes of which nothing comes out.
  const piping = signal ? { signal } : {};
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'), piping).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfCancelled(signal);
      if (done) return concat(chunks);
      length += value.length;
      if (takenBytes + length > maxBytes) {
        const hasOthersBefore = takenBytes > 0;
        throw new GanvasError('gzip-too-large', { file: name, most: maxBytes, hasOthersBefore });
      }
      chunks.push(value);
    }
  } catch (error) {
    if (error instanceof GanvasError) throw error;
    throwIfCancelled(signal);
    throw new GanvasError('gzip-damaged', { file: name }, { cause: error });
  } finally {
    // Ends the work when we leave early; after an error there is nothing left to end.
    reader.cancel().catch(() => {});
  }
}
