// The content of a fetched or kept file, only if it is exactly the official one.
import { GanvasError } from '../config/errors.ts';
import { SourceFailure } from './download.ts';
import { gunzip, isGzip } from './gzip.ts';
import { sha256 } from './sha256.ts';
import type { SourceFile } from './sources.ts';

/**
 * Gunzips if need be, and compares size and SHA-256.
 * @param bytes as they came, gzipped or not
 * @throws SourceFailure 'network' (cut off or damaged on the way) or 'checksum'; GanvasError 'cancelled'
 */
export async function contentOf(
  bytes: Uint8Array<ArrayBuffer>,
  file: SourceFile,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = isGzip(bytes) ? await unpack(bytes, file, signal) : bytes;
  if (content.length < file.bytes) throw new SourceFailure({ fault: 'cut-off', file: file.name });
  if (content.length > file.bytes || (await sha256(content)) !== file.sha256) {
    throw new SourceFailure({ fault: 'other-content', file: file.name, by: 'checksum' });
  }
  return content;
}

async function unpack(bytes: Uint8Array<ArrayBuffer>, file: SourceFile, signal: AbortSignal) {
  try {
    return await gunzip(bytes, { name: file.name, maxBytes: file.bytes, signal });
  } catch (error) {
    if (!(error instanceof GanvasError) || error.kind === 'cancelled') throw error;
    if (error.kind === 'too-large') {
      throw new SourceFailure({ fault: 'other-content', file: file.name, by: 'size' });
    }
    throw new SourceFailure({ fault: 'damaged', file: file.name }, { cause: error });
  }
}
