// How a cancel shows: every piece of work here ends with the same error when its signal says so.
import { GanvasError } from '../config/errors.ts';

/** @throws GanvasError 'cancelled' once the signal is aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new GanvasError('loading-images-cancelled', {});
}
