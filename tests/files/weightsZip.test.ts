// The weights zip: the same weights come back, through other tools too, and every broken one gets one clear sentence.
import { strFromU8, strToU8, type Unzipped, unzipSync, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type WeightArray, weightShapes } from '../../src/config/networks.ts';
import { presets } from '../../src/config/presets.ts';
import { decode, encode } from '../../src/files/safetensors.ts';
import { packWeights, unpackWeights } from '../../src/files/weightsZip.ts';
import { readSafetensors } from '../support/readSafetensors.ts';
import { networks, randomNumbers, refusal, saved, smallConfig } from './samples.ts';

const zip = packWeights(saved());
const files = unzipSync(zip);
const open = (bytes: Uint8Array) => refusal(() => unpackWeights(bytes, 'mine.zip'));

describe('what is packed', () => {
  it('comes back', () => {
    expect(unpackWeights(zip)).toEqual(saved());
  });

  it('comes back at the tutorial’s size, in arrays that own their buffers', () => {
    const large = saved(presets.tutorial.config);
    const back = unpackWeights(packWeights(large));
    expect(back.config).toEqual(large.config);
    for (const [name, { shape, data }] of Object.entries(back.weights) as [keyof typeof back.weights, WeightArray][]) {
      expect(shape).toEqual(large.weights[name].shape);
      expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(large.weights[name].data.buffer))).toBe(0);
      expect(data.byteLength).toBe(data.buffer.byteLength);
    }
  });

  it('is the same bytes for the same weights', () => {
    expect(packWeights(saved())).toEqual(zip);
    expect(packWeights({ ...saved(), step: 1241 })).not.toEqual(zip);
  });

  it('holds the files that it should', () => {
    const each = (network: string) =>
      ['model.json', 'weights.bin', 'weights.safetensors'].map((f) => `${network}/${f}`);
    expect(Object.keys(files)).toEqual(['README.txt', 'config.json', ...networks.flatMap(each)]);
    expect(JSON.parse(strFromU8(files['config.json'] as Uint8Array))).toEqual({
      format: 'ganvas-weights',
      version: 1,
      step: 1240,
      dataset: 'Built-in digits',
      config: smallConfig,
    });
  });

  it('is read by another reader of safetensors, under the golden file’s names', () => {
    for (const network of networks) {
      const tensors = readSafetensors(files[`${network}/weights.safetensors`] as Uint8Array);
      expect(Object.keys(tensors)).toEqual([...weightShapes(network, smallConfig).keys()]);
      for (const [name, { shape, data }] of Object.entries(saved().weights)) {
        if (name.startsWith(network)) expect(tensors[name]).toEqual({ shape, data: [...data] });
      }
    }
  });

  it('must be the weights of the settings', () => {
    const { config, ...rest } = saved();
    expect(refusal(() => packWeights({ ...rest, config: { ...config, filters: 8 } }))).toMatch(
      /^internal: Cannot save generator\/dense\/kernel: the settings want the shape \[3, 392\]\.$/,
    );
  });
});

describe('README.txt', () => {
  const text = strFromU8(unzipSync(packWeights(saved(presets.tutorial.config)))['README.txt'] as Uint8Array);

  it('names the settings, the counts and what is not in the zip', () => {
    for (const part of [
      'Steps trained: 1,240',
      '1,164,289',
      '40,705',
      'Built-in digits',
      'Beta 1',
      'moments are not',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('loads each in six lines', () => {
    const blocks = text.match(/(^ {4}.*\n)+/gm)?.slice(1) ?? [];
    expect(blocks.map((block) => block.trimEnd().split('\n').length)).toEqual([6, 6, 6, 6]);
    expect(blocks[0]).toContain("tf.loadLayersModel('generator/model.json')");
    expect(blocks[1]).toContain('L.Dense(6272, name="dense"), L.LeakyReLU(0.2), L.Reshape((7, 7, 128))');
    expect(blocks[2]).toContain('L.Dense(1, "sigmoid", name="dense")');
  });
});

/** The zip with some files changed, added or (null) taken out. */
function changed(changes: Record<string, Uint8Array | null>, level: 0 | 9 = 0): Uint8Array {
  const all: Record<string, Uint8Array | null> = { ...files, ...changes };
  const kept = Object.entries(all).filter((file): file is [string, Uint8Array] => file[1] !== null);
  return zipSync(Object.fromEntries(kept), { level });
}
const prefixed = (prefix: string, of: Unzipped = files): Zippable =>
  Object.fromEntries(Object.entries(of).map(([name, contents]) => [prefix + name, contents]));

describe('a zip packed again by another tool', () => {
  const inFolder = zipSync({ ...prefixed('ganvas-weights/'), '__MACOSX/ganvas-weights/._config.json': strToU8('x') });
  it.each<[string, Uint8Array]>([
    ['deflated', changed({}, 9)],
    ['inside a folder', inFolder],
    ['inside folders with a name of their own', zipSync({ 'Größe/a/': new Uint8Array(), ...prefixed('Größe/a/') })],
    ['with backslashes', zipSync(Object.fromEntries(Object.entries(files).map(([n, f]) => [n.replace('/', '\\'), f])))],
    ['in another order', zipSync(Object.fromEntries(Object.entries(files).reverse()))],
    ['with a comment', withComment(zip, 'PK! a comment')],
    ['without what only other programs need', changed({ 'README.txt': null, 'generator/model.json': null })],
    ['with files of the user’s own', changed({ 'notes.txt': strToU8('the best one') })],
    ['with text in config.json set otherwise', changed({ 'config.json': configJson({}, '\t') })],
    ['at an odd place in memory', Uint8Array.from([0, ...zip]).subarray(1)],
  ])('opens: %s', (_, bytes) => {
    expect(unpackWeights(bytes)).toEqual(saved());
  });
});

function withComment(bytes: Uint8Array, comment: string): Uint8Array {
  const longer = Buffer.concat([bytes, Buffer.from(comment)]);
  longer.writeUInt16LE(comment.length, bytes.length - 2);
  return longer;
}
/** config.json with some members changed; undefined takes one out. */
function configJson(changes: Record<string, unknown>, indent = ''): Uint8Array {
  const all = JSON.parse(strFromU8(files['config.json'] as Uint8Array)) as object;
  return strToU8(JSON.stringify({ ...all, ...changes }, null, indent));
}
const withConfig = (changes: Record<string, unknown>) => changed({ 'config.json': configJson(changes) });
const withSetting = (changes: Record<string, unknown>) => withConfig({ config: { ...smallConfig, ...changes } });

/** The zip with the generator's tensors changed. */
function withTensors(change: (tensors: Map<string, WeightArray>) => void): Uint8Array {
  const { tensors } = decode(files['generator/weights.safetensors'] as Uint8Array);
  change(tensors);
  return changed({ 'generator/weights.safetensors': encode(tensors) });
}
const withNumber = (name: string, at: number, value: number) =>
  withTensors((tensors) => {
    (tensors.get(name) as WeightArray).data[at] = value;
  });

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
const safetensors = 'generator/weights.safetensors';
const twice = Buffer.from(changed({ [`${safetensors.slice(0, -1)}t`]: new Uint8Array() })); // one letter off, then renamed
const renamed = Buffer.from(twice.toString('latin1').replaceAll(`${safetensors.slice(0, -1)}t`, safetensors), 'latin1');
const random = randomNumbers(5);
const noise = Uint8Array.from({ length: 4000 }, () => random() * 256);
const bomb = zipSync({ ...files, 'config.json': new Uint8Array(8 << 20) }, { level: 9 });

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
    ['claims 40 MB of 10 kB', withEntry(zip, safetensors, 'size', 4e7), /more than any zip can pack/],
    ['packs 4 GB', withEntry(zip, safetensors, 'packed', 4e9), /is cut off: \d+ of its 4000000000 bytes are there/],
    ['a bomb', bomb, /^too-large: config\.json .* claims 8388608 bytes; the limit is 65536\.$/],
    ['a bomb that claims little', withEntry(bomb, 'config.json', 'size', 400), /unpacks to more than the 400 bytes/],
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

  it('is given up soon when megabytes follow the end of a packed file', () => {
    const stored = changed({ 'config.json': strToU8(`\x03\0${'\0'.repeat(8 << 20)}`, true) });
    const claims = withEntry(withEntry(stored, 'config.json', 'method', 8), 'config.json', 'size', 100);
    expect(open(claims)).toMatch(/^bad-file: config\.json in mine\.zip is damaged: there is more after its end\.$/);
  });
});

describe('contents that are not right', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['no JSON', changed({ 'config.json': strToU8('{') }), /^bad-file: config\.json in mine\.zip is not JSON\.$/],
    ['a name twice', changed({ 'config.json': strToU8('{"step":1,"step":2}') }), /has the name "step" twice\.$/],
    ['null', changed({ 'config.json': strToU8('null') }), /^not-our-weights: .* does not say "format"/],
    ['someone else’s', changed({ 'config.json': strToU8('{"model":"bert"}') }), /does not say "format"/],
    ['a run', withConfig({ format: 'ganvas-run' }), /^not-our-weights: .* does not say "format": "ganvas-weights"/],
    ['no version', withConfig({ version: undefined }), /does not say "format": "ganvas-weights" and a version/],
    ['a later version', withConfig({ version: 2 }), /is of version 2, and this page reads up to version 1\.$/],
    ['no step', withConfig({ step: undefined }), /^not-our-weights: .* has no proper "step"\.$/],
    ['half a step', withConfig({ step: 0.5 }), /has no proper "step"\.$/],
    ['a dataset of kilobytes', withConfig({ dataset: 'x'.repeat(5000) }), /has no proper "dataset"\.$/],
    ['no settings', withConfig({ config: undefined }), /^not-our-weights: .* has no proper "config"\.$/],
    [
      'too many filters',
      withSetting({ filters: 1e9 }),
      /^bad-settings: config\.json in mine\.zip: Filters .* 1000000000/,
    ],
    ['text for a number', withSetting({ latent: '3' }), /^bad-settings: .*Latent size must be .* not a number\.$/],
    ['settings in a prototype', withConfig({ config: { ['__proto__']: smallConfig } }), /^bad-settings: /],
    [
      'other settings',
      withSetting({ filters: 8 }),
      /^weights-mismatch: Tensor "generator\/dense\/kernel" of generator\/weights\.safetensors in mine\.zip has the shape \[3, 196\], and the settings want \[3, 392\]\.$/,
    ],
    [
      'the networks exchanged',
      changed({ [safetensors]: files['discriminator/weights.safetensors'] ?? null }),
      /^weights-mismatch: .* has no tensor "generator\/dense\/kernel"\.$/,
    ],
    ['a tensor less', withTensors((t) => t.delete('generator/output/bias')), /no tensor "generator\/output\/bias"\.$/],
    [
      'a tensor more',
      withTensors((t) => t.set('__proto__', { shape: [1], data: new Float32Array(1) })),
      /^weights-mismatch: .* has a tensor "__proto__" that the networks do not\.$/,
    ],
    [
      'a shape of the same size',
      withTensors((t) => t.set('generator/output/bias', { shape: [1, 1], data: new Float32Array(1) })),
      /"generator\/output\/bias" of .* has the shape \[1, 1\], and the settings want \[1\]\.$/,
    ],
    [
      'NaN',
      withNumber('generator/upsample1/bias', 2, Number.NaN),
      /^non-finite-weights: Tensor "generator\/upsample1\/bias" of generator\/.* holds NaN as number 3 of 4\.$/,
    ],
    ['infinity', withNumber('generator/dense/kernel', 0, -Infinity), /holds -Infinity as number 1 of 588\.$/],
    ['no safetensors', changed({ [safetensors]: strToU8('hello there') }), /^bad-file: generator\/.* claims a header/],
    ['cut weights', changed({ [safetensors]: files[safetensors]?.subarray(0, -4) ?? null }), /is cut off: its tensors/],
  ])('is refused: %s', (_, bytes, sentence) => {
    const told = open(bytes);
    expect(told).toMatch(sentence);
    expect(told).toMatch(/^[a-z-]+: [^\n]+[^.]\.$/);
  });
});
