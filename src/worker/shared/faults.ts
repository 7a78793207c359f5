// What an error from deep inside means for the user: tfjs, WebGL and WebAssembly all say "out of memory" differently.
import { GanvasError } from '../../config/errors.ts';

const memory =
  /out of memory|allocation failed|Cannot enlarge memory|memory access out of bounds|Requested texture size|Unable to create|Array buffer allocation|Invalid typed array length|Invalid array length/i;

/** The same error, if it is one of ours; 'out-of-memory' where it says so in any of the dialects; else unchanged. */
export function classify(error: unknown): unknown {
  if (error instanceof GanvasError || !(error instanceof Error)) return error;
  if (memory.test(error.message)) {
    return new GanvasError('device-memory', {}, { cause: error });
  }
  return error;
}
