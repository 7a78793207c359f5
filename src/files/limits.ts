// How large a file may be before the page reads it at all: no code of the formats here, so that asking costs nothing.
import { GanvasError } from '../config/errors.ts';

/** The largest networks that the settings allow take 72 MB in a zip of Download weights, which holds them twice. */
const maxZipBytes = 128 * 2 ** 20;

/** @throws GanvasError 'too-large' for a file that no zip of Download weights can be */
export function checkWeightsFile({ name, size }: { readonly name: string; readonly size: number }): void {
  if (size <= maxZipBytes) return;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`;
  throw new GanvasError(
    'too-large',
    `${name} has ${megabytes(size)}; a zip of Download weights has ${megabytes(maxZipBytes)} at most.`,
  );
}
