// Images for a bench: what they show does not matter, only that they are the same each time.
import { randomNumbers } from '../../support/randomNumbers.ts';

/** [1024, 28, 28], 0 to 255. */
export function syntheticImages(): Uint8Array {
  const random = randomNumbers(1);
  return Uint8Array.from({ length: 1024 * 28 * 28 }, () => 256 * random());
}
