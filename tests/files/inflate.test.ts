// Deflated streams: what any packer makes is unpacked, and what nobody packs costs no time.
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DeflateProblem, inflateInto } from '../../src/files/inflate.ts';
import { openZip } from '../../src/files/zip.ts';
import { randomNumbers } from '../support/randomNumbers.ts';
import { emptyBlocks, zipOf } from './handmade.ts';
import { refusal } from './samples.ts';

const random = randomNumbers(3);
const noise = Uint8Array.from({ length: 30_000 }, () => 256 * random());
/** Symbols as frequent as the Fibonacci numbers: what makes codes as long as they may be. */
const fibonacci: number[] = [];
for (let [symbol, a, b] = [0, 1, 1]; symbol < 22; [symbol, a, b] = [symbol + 1, b, a + b]) {
  for (let i = 0; i < a; i++) fibonacci.push(symbol);
}
const contents: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', new Uint8Array()],
  ['a byte', Uint8Array.of(7)],
  ['zeros', new Uint8Array(100_000)],
  ['noise', noise],
  ['noise of the bytes with the longest fixed codes', noise.map((byte) => 144 + (byte % 112))],
  ['text', new TextEncoder().encode(JSON.stringify(Array.from(noise.subarray(0, 4_000))))],
  ['floats', new Uint8Array(Float32Array.from({ length: 7_000 }, () => random() - 0.5).buffer)],
  ['symbols of all frequencies', Uint8Array.from(fibonacci)],
];
const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED];

describe('what packers make', () => {
  // Through the zip's reader, which sets limits of its own to what is packed.
  const unpacked = (content: Uint8Array, packed: Uint8Array) =>
    openZip(zipOf([{ name: 'a', content, packed }]), 'mine.zip').read('a', content.length);

  it.each(contents)('is unpacked: %s', (_, content) => {
    for (const level of [0, 1, 3, 6, 9] as const) {
      // At the least memory zlib makes a block of 127 symbols.
      for (const memLevel of [1, 2, 8, 9]) {
        for (const strategy of strategies) {
          const packed = deflateRawSync(content, { level, memLevel, strategy });
          expect(Buffer.compare(unpacked(content, packed), content), `zlib ${level} ${memLevel} ${strategy}`).toBe(0);
        }
      }
      expect(Buffer.compare(unpacked(content, deflateSync(content, { level })), content), `fflate ${level}`).toBe(0);
    }
  });

  it('is unpacked also where every so often all that is there was written out', () => {
    const parts = Array.from({ length: 200 }, (_, i) => noise.subarray(150 * i, 150 * (i + 1)));
    // Each part ends in an empty block.
    const packed = Buffer.concat([
      ...parts.map((part) => deflateRawSync(part, { finishFlush: constants.Z_SYNC_FLUSH })),
      deflateRawSync(new Uint8Array()),
    ]);
    expect(Buffer.compare(unpacked(noise, packed), noise)).toBe(0);
  });
});

describe('what nobody packs', () => {
  const content = new TextEncoder().encode('{}');

  it.each(['stored', 'fixed', 'deep'] as const)('is refused: blocks without end that hold nothing, %s', (kind) => {
    const packed = emptyBlocks(kind, 4_000, content);
    expect(inflateRawSync(packed).toString()).toBe('{}');
    const inflate = () => inflateInto(new Uint8Array(2), packed, false);
    expect(inflate).toThrow(new DeflateProblem('parts'));
    // A few may be there.
    const into = new Uint8Array(2);
    inflateInto(into, emptyBlocks(kind, 40, content), false);
    expect(into).toEqual(content);
  });

  it('is refused in a zip before it is unpacked: many times what it unpacks to', () => {
    const zip = zipOf([{ name: 'config.json', content, packed: emptyBlocks('stored', 400, content) }]);
    expect(refusal(() => openZip(zip, 'mine.zip').read('config.json', 100))).toBe(
      'bad-file: config.json in mine.zip claims 2 bytes out of 2004, and no zip packs so badly.',
    );
  });
});
