// SHA-256 of bytes, as hex: by the browser where it offers that, by a library where the page came over plain http.
import { sha256 as softwareSha256 } from '@noble/hashes/sha2.js';

/**
 * `crypto.subtle` exists only in secure contexts (https, localhost). Elsewhere the library takes about a second for
 * MNIST's 47 MB, which beats training on data that nobody checked.
 * @param subtle null takes the library's way
 */
export async function sha256(
  bytes: Uint8Array<ArrayBuffer>,
  subtle: SubtleCrypto | null = globalThis.crypto?.subtle ?? null,
): Promise<string> {
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : softwareSha256(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
