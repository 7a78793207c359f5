// How large a file may be before the page reads it at all: no code of the formats here, so that asking costs nothing.
import { GanvasError } from '../config/errors.ts';

/**
 * The largest networks that the settings allow take 140 MB in a file of Save run, which holds Adam's moments and an
 * average
 * beside them; its history and its grids take the rest.
 */
const maxZipBytes = 256 * 2 ** 20;

/** @throws GanvasError 'too-large' for a file that neither Save run nor Download weights can have made */
export function checkOpened({ name, size }: { readonly name: string; readonly size: number }): void {
  if (size <= maxZipBytes) return;
  throw new GanvasError('opened-too-large', { file: name, bytes: size, most: maxZipBytes });
}
