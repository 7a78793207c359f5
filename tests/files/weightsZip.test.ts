// The weights zip: the same weights come back, through other tools too, and wrong contents get one clear sentence.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { type WeightArray, weightShapes } from '../../src/config/weights.ts';
import { decode, encode } from '../../src/files/safetensors.ts';
import { packWeights, unpackWeights } from '../../src/files/weightsZip.ts';
import { readSafetensors } from '../support/readSafetensors.ts';
import {
  changed,
  files,
  networks,
  normalisedConfig,
  refusal,
  saved,
  smallConfig,
  tensorsByHand,
  zip,
} from './samples.ts';

const open = (bytes: Uint8Array) => refusal(() => unpackWeights(bytes, 'mine.zip'));

describe('what is packed', () => {
  it('comes back', () => {
    expect(unpackWeights(zip)).toEqual(saved());
  });

  it('comes back with moving statistics', () => {
    const normalised = saved(normalisedConfig);
    expect(unpackWeights(packWeights(normalised))).toEqual(normalised);
  });

  it('comes back at the tutorial’s size, in arrays that own their buffers', () => {
    const large = saved(presets.tutorial.config);
    const back = unpackWeights(packWeights(large));
    expect(back.config).toEqual(large.config);
    for (const [name, { shape, data }] of Object.entries(back.weights) as [keyof typeof back.weights, WeightArray][]) {
      const packed = large.weights[name] as WeightArray;
      expect(shape).toEqual(packed.shape);
      expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(packed.data.buffer))).toBe(0);
      expect(data.byteLength).toBe(data.buffer.byteLength);
    }
  });

  it('can be opened however long they were trained, and what claims more steps than a run can have is refused', () => {
    const most = 2 ** 24;
    for (const step of [most, most + 1, 1e9]) expect(unpackWeights(packWeights({ ...saved(), step })).step).toBe(most);
    const config = JSON.parse(strFromU8(files['config.json'] as Uint8Array)) as object;
    expect(open(changed({ 'config.json': strToU8(JSON.stringify({ ...config, step: most + 1 })) }))).toBe(
      'bad-file: config.json in mine.zip: the training of these networks has taken 16777217 steps, and 16777216 is the most.',
    );
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

describe('a zip of earlier times', () => {
  it('without the newer settings is of the tutorial’s networks', () => {
    const { tapered, outputKernel, discriminatorKernel, batchNormalisation, weightAverage, ...earlier } = smallConfig;
    expect(unpackWeights(changed({ 'config.json': configJson({ config: earlier }) }))).toEqual(saved());
  });

  it('but not where the tensors are of other networks', () => {
    const { tapered, outputKernel, discriminatorKernel, batchNormalisation, weightAverage, ...earlier } =
      normalisedConfig;
    const newer = unzipSync(packWeights(saved(normalisedConfig)));
    const config = JSON.stringify({ ...JSON.parse(strFromU8(newer['config.json'] as Uint8Array)), config: earlier });
    expect(open(zipSync({ ...newer, 'config.json': strToU8(config) }))).toMatch(/^weights-mismatch: .*generator/);
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

  it('builds a normalised network as it is', () => {
    const normalised = strFromU8(unzipSync(packWeights(saved(normalisedConfig)))['README.txt'] as Uint8Array);
    expect(normalised).toMatch(/Batch normalisation +on\n/);
    expect(normalised).toContain(
      'L.Dense(196, use_bias=False, name="dense"), L.Reshape((7, 7, 4)), L.BatchNormalization(momentum=0.9, epsilon=0.001, name="dense_norm"), L.LeakyReLU(0.2)',
    );
  });
});

const prefixed = (prefix: string): Zippable =>
  Object.fromEntries(Object.entries(files).map(([name, contents]) => [prefix + name, contents]));

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
const safetensors = 'generator/weights.safetensors';
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

/** The zip of the normalised network with one number changed. */
function withNormalised(name: string, at: number, value: number): Uint8Array {
  const normalised = unzipSync(packWeights(saved(normalisedConfig)));
  const { tensors } = decode(normalised[safetensors] as Uint8Array);
  (tensors.get(name) as WeightArray).data[at] = value;
  return zipSync({ ...normalised, [safetensors]: encode(tensors) });
}

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
    [
      'a variance below zero',
      withNormalised('generator/upsample1_norm/moving_variance', 1, -0.5),
      /^weights-mismatch: Tensor "generator\/upsample1_norm\/moving_variance" of generator\/.* holds -0\.5, and such a mean of squares cannot be below zero\.$/,
    ],
    ['infinity', withNumber('generator/dense/kernel', 0, -Infinity), /holds -Infinity as number 1 of 588\.$/],
    [
      'weights longer than the settings want',
      changed({ [safetensors]: new Uint8Array(8 << 20) }, 9),
      /^too-large: generator\/.* claims 8388608 bytes; the limit is 1054588\.$/,
    ],
    ['no safetensors', changed({ [safetensors]: strToU8('hello there') }), /^bad-file: generator\/.* claims a header/],
    ['cut weights', changed({ [safetensors]: files[safetensors]?.subarray(0, -4) ?? null }), /is cut off: its tensors/],
  ])('is refused: %s', (_, bytes, sentence) => {
    const told = open(bytes);
    expect(told).toMatch(sentence);
    expect(told).toMatch(/^[a-z-]+: [^\n]+[^.]\.$/);
  });
});

// Each version that was ever written keeps opening: the file was made once, and is never made again.
it('of version 1 still opens', () => {
  const file = new Uint8Array(readFileSync(resolve(import.meta.dirname, 'fixtures/weights-1.zip')));
  // Its random numbers are not those of today's `saved`: a second reader says what they are.
  const inside = unzipSync(file);
  const weights = Object.fromEntries(
    networks.flatMap((network) => [...tensorsByHand(inside[`${network}/weights.safetensors`])]),
  );
  expect(unpackWeights(file)).toEqual({ ...saved({ ...normalisedConfig, filters: 2 }), weights });
  expect(weights['discriminator/conv1/bias']?.data[0]?.toFixed(4)).toBe('-0.0167');
});
