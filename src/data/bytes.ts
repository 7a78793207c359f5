// Small things that every reader of bytes needs: putting chunks together, and making names fit to be shown.

/** All chunks in one array. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}

/** A name or text out of a file, fit for a sentence: without control characters, and no longer than a line. */
export function plain(text: string): string {
  const shown = text.replace(/\p{Cc}/gu, '�');
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}
