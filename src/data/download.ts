// One file from one address: its bytes, or why not. A silent address is given up, never waited for.
import type { SourceFault } from '../config/errors.ts';
import { throwIfCancelled } from './abort.ts';
import { concat } from './bytes.ts';
import { isGzip } from './gzip.ts';
import { idxKind } from './idx.ts';

export type SourceFailureKind = 'http' | 'network' | 'stalled' | 'checksum';

const kinds: Readonly<Record<SourceFault['fault'], SourceFailureKind>> = {
  status: 'http',
  silent: 'stalled',
  'broken-off': 'network',
  unreachable: 'network',
  'too-long': 'checksum',
  'something-else': 'checksum',
  'cut-off': 'network',
  damaged: 'network',
  'other-content': 'checksum',
};

/** Why a place did not give a file. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure';
  readonly kind: SourceFailureKind;
  readonly fault: SourceFault;
  /** The place just does not have the file; for a host's own copy that is no failure at all. */
  readonly absent: boolean;

  constructor(fault: SourceFault, options?: ErrorOptions & { absent?: boolean }) {
    super(JSON.stringify(fault), options);
    this.kind = kinds[fault.fault];
    this.fault = fault;
    this.absent = options?.absent ?? false;
  }
}

export interface DownloadOptions {
  /** The file's name, for the facts of an error. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** Given up when no byte of the body came for so long, the time before the first included. */
  readonly quietMs: number;
  /** More than this is not the file that was asked for. */
  readonly maxBytes: number;
  /** Called once, when the first bytes are those of an IDX file, gzipped or not. */
  readonly onAnswer: () => void;
  /** Called with the bytes so far, and the bytes to come in all if the address says so. */
  readonly onBytes: (received: number, announced: number | null, gzipped: boolean) => void;
}

/**
 * The bytes as they come: gzipped or not, unchecked beyond their first four.
 * @throws SourceFailure, or GanvasError 'cancelled'
 */
export async function download(url: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, quietMs } = options;
  throwIfCancelled(signal);
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort, { once: true });
  const watch = watchSilence(quietMs, abort);
  let received = 0;
  try {
    // 'no-cache' asks the host whether the browser's copy still holds: a bad copy must not come back for ever.
    const response = await fetch(url, { signal: controller.signal, cache: 'no-cache', referrerPolicy: 'no-referrer' });
    if (!response.ok) {
      const { status } = response;
      throw new SourceFailure({ fault: 'status', status }, { absent: status === 404 || status === 410 });
    }
    return await readBody(response, options, (length) => {
      received += length;
      watch.heard();
    });
  } catch (error) {
    throwIfCancelled(signal);
    if (error instanceof SourceFailure) throw error;
    if (watch.silent()) throw new SourceFailure({ fault: 'silent', seconds: quietMs / 1000 }, { cause: error });
    const fault: SourceFault = received > 0 ? { fault: 'broken-off', bytes: received } : { fault: 'unreachable' };
    throw new SourceFailure(fault, { cause: error });
  } finally {
    watch.stop();
    signal.removeEventListener('abort', abort);
    // Ends what may still be coming, when we leave before its end.
    controller.abort();
  }
}

async function readBody(
  response: Response,
  { name, maxBytes, onAnswer, onBytes }: DownloadOptions,
  heard: (length: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers.get('content-length')) || null;
  const chunks: Uint8Array[] = [];
  let received = 0;
  let gzipped: boolean | null = null;
  for await (const chunk of chunksOf(response)) {
    heard(chunk.length);
    chunks.push(chunk);
    received += chunk.length;
    if (received > maxBytes) throw new SourceFailure({ fault: 'too-long', file: name });
    if (gzipped === null && received >= 4) {
      const head = concat(chunks).subarray(0, 4);
      gzipped = isGzip(head);
      // Dev servers and static hosts answer for a missing file with their index.html, and 200.
      if (!gzipped && idxKind(head) === null) {
        throw new SourceFailure({ fault: 'something-else', file: name }, { absent: true });
      }
      onAnswer();
    }
    if (gzipped !== null) onBytes(received, announced, gzipped);
  }
  if (gzipped === null) throw new SourceFailure({ fault: 'broken-off', bytes: received });
  return concat(chunks);
}

/** A response's body, chunk by chunk: its own async iterator is not in every browser. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/**
 * Calls `onSilence` when nothing was heard for `quietMs`. It counts ticks beside the clock: while something else keeps
 * this thread busy no tick passes, so that bytes which wait unread do not count as silence.
 */
function watchSilence(quietMs: number, onSilence: () => void) {
  const ticksNeeded = 8;
  let ticks = 0;
  let last = performance.now();
  let isSilent = false;
  const timer = setInterval(() => {
    ticks += 1;
    if (ticks < ticksNeeded || performance.now() - last < quietMs) return;
    isSilent = true;
    clearInterval(timer);
    onSilence();
  }, quietMs / 16);
  return {
    heard: () => {
      ticks = 0;
      last = performance.now();
    },
    silent: () => isSilent,
    stop: () => clearInterval(timer),
  };
}
