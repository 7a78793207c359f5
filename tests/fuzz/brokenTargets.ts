// Readers that are broken on purpose, one in each way that the fuzzer is there to find.
import { GanvasError } from '../../src/config/errors.ts';
import { isTrue, same } from './byHand.ts';
import { json } from './formats.ts';
import { type Bytes, joined } from './mutate.ts';
import { target } from './target.ts';

const bytes = new TextEncoder().encode('{"size": 12, "name": "a valid file"}') as Bytes;
const seeds = [{ bytes, format: json }];
function broken(name: string, read: (given: Bytes) => Bytes) {
  // The first that a thread reads is the valid one.
  let isFirst = true;
  const readOrPass = (given: Bytes): Bytes => {
    if (!isFirst) return read(given);
    isFirst = false;
    return given;
  };
  return target<Bytes>({ name, seeds, read: readOrPass, check: (given, result) => same(result, given, 'the bytes') });
}

const kept: Bytes[] = [];

export const targets = [
  broken('breaks', () => {
    throw new TypeError('undefined is not a function');
  }),
  broken('mumbles', () => {
    throw new GanvasError('file-unreadable', { file: 'no\nsentence' });
  }),
  broken('guesses', (given) => joined(given, Uint8Array.of(0))),
  broken('devours', (given) => {
    // Kept, or it would be collected before anybody has weighed it.
    kept.splice(0, 1, new Uint8Array(32 << 20));
    return given;
  }),
  broken('hangs', (given) => {
    while (given.length > 0) isTrue(given.length > 0, 'never');
    return given;
  }),
  broken('dies', (given) => {
    const numbers: number[][] = [];
    for (;;) numbers.push(Array.from(given));
  }),
];
