// Archives that are broken or hostile: each is refused with one clear sentence, soon and without much memory.
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unpackWeights } from '../../src/files/weightsZip.ts';
import { randomNumbers } from '../support/randomNumbers.ts';
import { changed, files, refusal, zip } from './samples.ts';

const open = (bytes: Uint8Array) => refusal(() => unpackWeights(bytes, 'mine.zip'));
const safetensors = 'generator/weights.safetensors';

/** The zip with bytes set in one file's entry, in the local header and in the table of contents alike. */
function withEntry(
  bytes: Uint8Array,
  name: string,
  field: 'flags' | 'method' | 'crc' | 'packed' | 'size',
  value: number,
) {
  const at = { flags: 6, method: 8, crc: 14, packed: 18, size: 22 }[field];
  const out = Buffer.from(bytes);
  for (const [head, length, shift] of [
    [0x04034b50, 30, 0],
    [0x02014b50, 46, 2],
  ] as const) {
    for (let i = 0; i < out.length - length; i++) {
      const nameAt = i + length;
      if (out.readUInt32LE(i) !== head || out.toString('utf8', nameAt, nameAt + name.length) !== name) continue;
      if (at < 14) out.writeUInt16LE(value, i + at + shift);
      else out.writeUInt32LE(value, i + at + shift);
    }
  }
  return out;
}
/** The zip with one byte of a file's contents changed. */
function withDamage(bytes: Uint8Array, name: string, offset: number): Uint8Array {
  const out = Buffer.from(bytes);
  // The name behind a local header's last field, an empty extra part: README.txt has the name in its text too.
  const at = out.indexOf(`\0\0${name}`) + 2 + name.length + offset;
  out[at] = (out[at] ?? 0) ^ 0x10;
  return out;
}
// One letter off, then renamed.
const twice = Buffer.from(changed({ [`${safetensors.slice(0, -1)}t`]: new Uint8Array() }));
const renamed = Buffer.from(twice.toString('latin1').replaceAll(`${safetensors.slice(0, -1)}t`, safetensors), 'latin1');
const random = randomNumbers(5);
const noise = Uint8Array.from({ length: 4000 }, () => random() * 256);
const bomb = zipSync({ ...files, 'config.json': new Uint8Array(8 << 20) }, { level: 9 });

/** The zip with a field of its end record set. */
function withEnd(at: number, value: number, bytes: 2 | 4 = 4): Uint8Array {
  const out = Buffer.from(zip);
  out.writeUIntLE(value, out.length - 22 + at, bytes);
  return out;
}
/** The zip with its first file reaching into the second, in both places that tell its size. */
const longer = (files['README.txt']?.length ?? 0) + 100;
const overlapping = withEntry(withEntry(zip, 'README.txt', 'packed', longer), 'README.txt', 'size', longer);

describe('a broken zip', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['empty', new Uint8Array(), /^not-our-weights: mine\.zip is not a zip\.$/],
    ['noise', noise, /^not-our-weights: mine\.zip is not a zip\.$/],
    ['a picture', strToU8(`\x89PNG\r\n\x1a\n${'x'.repeat(5000)}`, true), /^not-our-weights: .* is not a zip\.$/],
    ['an empty zip', zipSync({}), /^not-our-weights: mine\.zip has no config\.json/],
    ['another zip', zipSync({ 'a.txt': strToU8('a') }), /^not-our-weights: mine\.zip has no config\.json/],
    ['cut in the middle', zip.subarray(0, zip.length / 2), /^bad-file: mine\.zip is cut off: .* its \d+ bytes\.$/],
    ['cut at the last byte', zip.subarray(0, -1), /^bad-file: mine\.zip is cut off/],
    ['cut at the front', zip.subarray(100), /^bad-file: mine\.zip is damaged: entry 1 of the 8/],
    ['two settings', changed({ 'a/config.json': strToU8('{}') }), /^not-our-weights: .* 2 files config\.json/],
    ['no weights', changed({ [safetensors]: null }), /^bad-file: .* has no file "generator\/weights\.safetensors"\.$/],
    ['a file twice', renamed, /^bad-file: mine\.zip has the file "generator\/weights\.safetensors" twice\.$/],
    [
      'very many files',
      changed(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.txt`, new Uint8Array()]))),
      /^too-large: mine\.zip has 308 files; the limit is 256\.$/,
    ],
    ['encrypted', withEntry(zip, 'config.json', 'flags', 1), /^bad-file: config\.json in mine\.zip is encrypted\.$/],
    ['packed otherwise', withEntry(zip, 'config.json', 'method', 12), /packed with method 12; only stored and/],
    ['another checksum', withEntry(zip, safetensors, 'crc', 1), /^bad-file: generator\/.* its checksum differs\.$/],
    ['one wrong bit', withDamage(zip, safetensors, 2000), /^bad-file: generator\/.* its checksum differs\.$/],
    ['one wrong bit, deflated', withDamage(changed({}, 9), safetensors, 900), /^bad-file: generator\/.* is damaged/],
    ['too short', withEntry(zip, 'config.json', 'packed', 5), /config\.json .* is damaged: \d+ bytes take 5/],
    ['claims 4 GB', withEntry(zip, safetensors, 'size', 4e9), /^too-large: .* claims 4000000000 bytes; the limit/],
    [
      'claims a megabyte of eight bytes',
      withEntry(changed({ [safetensors]: new Uint8Array(8) }), safetensors, 'size', 1e6),
      /claims 1000000 bytes out of 8, more than any zip can pack/,
    ],
    ['packs 4 GB', withEntry(zip, safetensors, 'packed', 4e9), /is cut off: \d+ of its 4000000000 bytes are there/],
    ['a bomb', bomb, /^too-large: config\.json .* claims 8388608 bytes; the limit is 65536\.$/],
    ['a bomb that claims little', withEntry(bomb, 'config.json', 'size', 9000), /unpacks to more than the 9000 bytes/],
    ['two files in the same bytes', overlapping, /^bad-file: mine\.zip has the files .* and .* in the same bytes\.$/],
    [
      'a table of contents that is longer',
      withEnd(12, 999),
      /^bad-file: .* is longer or shorter than its 8 entries\.$/,
    ],
    ['fewer files than there are', withEnd(10, 7, 2), /^bad-file: .* is longer or shorter than its 7 entries\.$/],
    ['bytes behind its end', Buffer.concat([zip, noise]), /^bad-file: mine\.zip is cut off: it starts as a zip/],
    [
      'deflated and longer than its stream',
      withEntry(changed({ 'config.json': new Uint8Array(4000) }, 9), 'config.json', 'size', 4001),
      /^bad-file: config\.json .* unpacks to 4000 of 4001 bytes\.$/,
    ],
  ])('is refused: %s', (_, bytes, sentence) => {
    const told = open(bytes);
    expect(told).toMatch(sentence);
    expect(told).toMatch(/^[a-z-]+: [^\n]+[^.]\.$/);
  });

  it.each([
    ['a kilobyte', 1 << 10, /^bad-file: config\.json in mine\.zip is damaged: there is more after its end\.$/],
    [
      'megabytes',
      8 << 20,
      /^bad-file: config\.json in mine\.zip claims 100 bytes out of 8388610, and no zip packs so badly/,
    ],
  ])('is given up soon when %s follow the end of a packed file', (_, length, sentence) => {
    const stored = changed({ 'config.json': strToU8(`\x03\0${'\0'.repeat(length)}`, true) });
    const claims = withEntry(withEntry(stored, 'config.json', 'method', 8), 'config.json', 'size', 100);
    expect(open(claims)).toMatch(sentence);
  });
});
