// Valid files of every format that the page reads, made by its own writers or byte by byte: what the fuzzer spoils.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, unzipSync, type ZipOptions, type Zippable, zipSync } from 'fflate';
import type { Failure } from '../../src/config/errors.ts';
import { presets } from '../../src/config/presets.ts';
import type { WeightArray } from '../../src/config/weights.ts';
import { packRun } from '../../src/files/runFile.ts';
import { encode } from '../../src/files/safetensors.ts';
import { packWeights } from '../../src/files/weightsZip.ts';
import { storedForm } from '../../src/page/runHistory/readRecord.ts';
import type { BackendDetail } from '../../src/protocol/devices.ts';
import { idxImages, idxLabels, npy as npyFile, npyHeader, samplePixels } from '../data/samples.ts';
import { emptyBlocks, type ZipEntry, zipOf } from '../files/handmade.ts';
import { normalisedConfig, randomWeights, saved, savedRun, smallConfig } from '../files/samples.ts';
import { sampleRecord } from '../page/runHistory/sampleRecord.ts';
import * as formats from './formats.ts';
import { type Bytes, joined, type Seed } from './mutate.ts';

/** Always of the same date: the same seed gives the same bytes, whenever. */
const zipped = (files: Zippable, options: ZipOptions): Uint8Array =>
  zipSync(files, { ...options, mtime: new Date(1980, 0, 1) });
const own = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);
const jsonSeed = (value: unknown, indent = 0): Seed => ({
  bytes: own(strToU8(JSON.stringify(value, null, indent))),
  format: formats.json,
});

const images = idxImages(3);
export const idx: readonly Seed[] = [images, idxLabels(40)].map((bytes) => ({ bytes, format: formats.idx }));

/** The most that may come out of a gz; one seed has just that. */
export const gunzipLimit = 200_000;
const gz = (bytes: Uint8Array): Bytes => own(gzipSync(bytes));
export const gzip: readonly Seed[] = [
  { bytes: gz(images), format: formats.gzip },
  { bytes: gz(new Uint8Array(gunzipLimit)), format: formats.gzip },
  { bytes: new Uint8Array(gunzipLimit), format: formats.idx, pack: gz },
  { bytes: images, format: formats.idx, pack: gz },
];

/** What NumPy itself wrote, of every type. */
const numpy = readFileSync(resolve(import.meta.dirname, '../data/fixtures/numpy.npz'));
const arrays = Object.values(unzipSync(numpy)).map(own);
const plainArray = npyFile(npyHeader('(2, 28, 28)'), samplePixels(2));
export const npy: readonly Seed[] = [...arrays, plainArray].map((bytes) => ({ bytes, format: formats.npy }));

const npzOf = (level: 0 | 9) => (array: Bytes) =>
  own(zipped({ 'y.npy': npyFile(npyHeader('(3,)'), new Uint8Array(3)), 'x_train.npy': array }, { level }));
export const npz: readonly Seed[] = [
  { bytes: npzOf(0)(plainArray), format: formats.zip },
  { bytes: npzOf(9)(plainArray), format: formats.zip },
  { bytes: npzOf(9)(npyFile(npyHeader('(20, 28, 28)', '<f8'), new Uint8Array(20 * 784 * 8))), format: formats.zip },
  { bytes: plainArray, format: formats.npy, pack: npzOf(0) },
  { bytes: plainArray, format: formats.npy, pack: npzOf(9) },
];

const enough = npyFile(npyHeader('(64, 28, 28)'), samplePixels(64));
export const ownImages: readonly Seed[] = [
  { bytes: idxImages(64), format: formats.idx },
  { bytes: gz(idxImages(64)), format: formats.gzip },
  { bytes: idxImages(64), format: formats.idx, pack: gz },
  { bytes: enough, format: formats.npy },
  { bytes: enough, format: formats.npy, pack: gz },
  { bytes: npzOf(9)(enough), format: formats.zip },
];

const bigEndian = (...values: number[]) => values.flatMap((value) => [value >>> 8, value & 255]);
const riff = (kind: string, ...rest: number[]) =>
  joined(strToU8(`RIFF\x40\0\0\0WEBP${kind}`, true), Uint8Array.from(rest));
export const picture: readonly Seed[] = [
  joined(
    strToU8('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', true),
    Uint8Array.from([...bigEndian(0, 300, 0, 200), 8, 2, 0, 0, 0, 1, 2, 3, 4]),
    new Uint8Array(40),
  ),
  // JPEG: JFIF, a table, padding, the frame, the scan.
  joined(
    Uint8Array.from([
      0xff,
      0xd8,
      0xff,
      0xe0,
      ...bigEndian(16),
      ...strToU8('JFIF\0'),
      1,
      1,
      0,
      ...bigEndian(1, 1),
      0,
      0,
    ]),
    Uint8Array.from([0xff, 0xdb, ...bigEndian(67), ...new Uint8Array(65), 0xff, 0xff, 0xc2, ...bigEndian(17), 8]),
    Uint8Array.from([...bigEndian(200, 300), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xda, 0, 12]),
  ),
  // GIF: two colours, a control, a comment with commas, and a frame that reaches further than the screen.
  joined(
    strToU8('GIF89a'),
    Uint8Array.from([28, 0, 28, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x21, 0xf9, 4, 0, 10, 0, 0, 0]),
    Uint8Array.from([0x21, 0xfe, 3, 0x2c, 0x2c, 0x2c, 0, 0x2c, 44, 0, 0, 0, 0, 1, 200, 0, 0, 2, 2, 0x4c, 1, 0, 0x3b]),
  ),
  joined(
    strToU8('BM'),
    new Uint8Array(12),
    Uint8Array.from([40, 0, 0, 0, 44, 1, 0, 0, 200, 0, 0, 0]),
    new Uint8Array(28),
  ),
  riff('VP8X', 10, 0, 0, 0, 0, 0, 0, 0, 43, 1, 0, 199, 0, 0, 0, 0),
  riff('VP8L', 10, 0, 0, 0, 0x2f, 43, 193, 49, 0, 0, 0),
  riff('VP8 ', 10, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 44, 1, 200, 0, 0, 0),
].map((bytes) => ({ bytes: own(bytes), format: formats.picture }));

const small = { ...smallConfig, filters: 2, latent: 1 };
const tensors = encode(new Map<string, WeightArray>(Object.entries(randomWeights(small))), { step: '12' });
const few = encode(
  new Map([
    ['__proto__', { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
    ['none', { shape: [0], data: new Float32Array() }],
    ['7', { shape: [], data: Float32Array.of(Number.NaN) }],
  ]),
);

/** The header as text, with a length that fits whatever is made of it, before the numbers. */
function headerSeed(file: Bytes): Seed {
  const end = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  const pack = (header: Bytes) => {
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
    return joined(length, header, file.subarray(end));
  };
  return { bytes: file.slice(8, end), format: formats.json, pack, most: 1 << 20 };
}
export const safetensors: readonly Seed[] = [
  ...[tensors, few].map((bytes) => ({ bytes, format: formats.safetensors })),
  ...[tensors, few].map(headerSeed),
];

const stored = packWeights(saved(small));
const files = unzipSync(stored);
const deflated = own(zipped(files, { level: 9 }));
const withFile = (name: string, level: 0 | 9) => (contents: Bytes) =>
  own(zipped({ ...files, [name]: contents }, { level }));
/** The archive with one file deflated otherwise than by a packer. */
const withPacked = (entry: ZipEntry) =>
  zipOf([
    ...Object.entries(files)
      .map(([name, content]) => ({ name, content }))
      .filter(({ name }) => name !== entry.name),
    entry,
  ]);
const safetensorsName = 'generator/weights.safetensors';
const generator = own(files[safetensorsName] ?? new Uint8Array());
const generatorHeader = headerSeed(generator);
export const weights: readonly Seed[] = [
  ...[stored, deflated, packWeights(saved({ ...normalisedConfig, filters: 2, latent: 1 }))].map((bytes) => ({
    bytes,
    format: formats.zip,
  })),
  { bytes: own(files['config.json'] ?? new Uint8Array()), format: formats.json, pack: withFile('config.json', 0) },
  { bytes: generator, format: formats.safetensors, pack: withFile(safetensorsName, 9) },
  // A stream of its own for the settings: blocks that hold nothing, some of which any reader has to take.
  ...(['stored', 'fixed', 'deep'] as const).map((kind) => {
    const content = files['config.json'] ?? new Uint8Array();
    const eight = emptyBlocks(kind, 8, content).length - emptyBlocks(kind, 0, content).length;
    return {
      bytes: own(emptyBlocks(kind, 8, content)),
      format: formats.deflated(eight),
      pack: (packed: Bytes) => withPacked({ name: 'config.json', content, packed }),
      most: 1 << 20,
    };
  }),
  {
    ...generatorHeader,
    pack: (header) => withFile(safetensorsName, 0)(generatorHeader.pack?.(header) ?? new Uint8Array()),
  },
];

const kept = packRun({ ...savedRun({ ...smallConfig, filters: 2, latent: 1 }), frames: [] });
const inRun = unzipSync(kept);
const withRunFile = (name: string) => (contents: Bytes) => own(zipped({ ...inRun, [name]: contents }, { level: 0 }));
export const run: readonly Seed[] = [
  { bytes: kept, format: formats.zip },
  { bytes: own(inRun['run.json'] ?? new Uint8Array()), format: formats.json, pack: withRunFile('run.json') },
  ...['state.safetensors', 'history.safetensors'].map((name) => ({
    bytes: own(inRun[name] ?? new Uint8Array()),
    format: formats.safetensors,
    pack: withRunFile(name),
  })),
];

/** These seeds grow where they are packed: a small zip may hold much. */
const mostPacked = 1 << 22;
const headText = new TextDecoder().decode(inRun['run.json']);
const [, beforeRows = '', rows = '', afterRows = ''] = /^(.*"rows":)(\[.*\])(,"real":.*)$/s.exec(headText) ?? [];
const packedHead = (head: Bytes) => own(zipped({ ...inRun, 'run.json': head }, { level: 1 }));
export const packedRun: readonly Seed[] = [
  { bytes: own(strToU8(headText)), format: formats.json, pack: packedHead, most: mostPacked },
  ...[rows, '[{"step":1,"seconds":1,"digits":null,"diversity":1}]'].map((list) => ({
    bytes: own(strToU8(list)),
    format: formats.json,
    pack: (changed: Bytes) => packedHead(joined(strToU8(beforeRows), changed, strToU8(afterRows))),
    most: mostPacked,
  })),
];

const plainFiles = { 'a.txt': strToU8('hello, hello, hello'), 'b/c.bin': new Uint8Array(3000) };
export const zip: readonly Seed[] = [
  zipped(plainFiles, { level: 0 }),
  zipped(plainFiles, { level: 9, comment: 'with a comment' }),
  zipped({ 'bomb.bin': new Uint8Array(1 << 20), 'one.txt': strToU8('1') }, { level: 9 }),
  stored,
].map((bytes) => ({ bytes: own(bytes), format: formats.zip }));

export const json: readonly Seed[] = [
  ...['generator/model.json', 'config.json'].map((name) => ({
    bytes: own(files[name] ?? new Uint8Array()),
    format: formats.json,
  })),
  { bytes: own(strToU8('{"a":[1,-2.5e3,null,true,"x\\n\\""],"__proto__":1,"constructor":{}}')), format: formats.json },
];

export const settings: readonly Seed[] = [jsonSeed(presets.tutorial.config), jsonSeed(normalisedConfig, 2)];

export const choices: readonly Seed[] = [
  jsonSeed({ dataset: 'mnist', preset: 'quick', accelerator: 'automatic', pace: 'smooth' }),
  jsonSeed({ dataset: 'built-in', preset: 'light', accelerator: 'wasm', pace: 'full' }),
];

/** What an earlier visit measured; of the device that `device` names. */
export const device = 'this device';
const times = Object.fromEntries(Object.keys(presets).map((name, i) => [name, i === 0 ? null : 12.5 * i]));
const details: readonly BackendDetail[] = [
  { on: 'nothing' },
  { on: 'device', name: 'a GPU' },
  { on: 'threads', simd: true, threads: 2, limit: null },
  { on: 'javascript' },
];
const offBy: Failure = {
  code: 'self-test-off',
  facts: { backend: 'webgl', what: { part: 'gradient', weight: 'generator/dense/kernel' }, off: 0.5 },
};
const calibrationOf = (detailOf: (i: number) => unknown, why: unknown): Seed =>
  jsonSeed({
    device,
    measurements: ['webgpu', 'webgl', 'wasm', 'cpu'].map((name, i) => ({
      name,
      detail: detailOf(i),
      emulated: i === 1,
      available: i > 0,
      passed: i === 0 ? null : i > 1,
      why: i === 1 ? why : null,
      msPerStep: times,
      msInTraining: times,
    })),
  });
export const calibration: readonly Seed[] = [
  calibrationOf((i) => details[i], { note: 'failed', cause: offBy }),
  // As earlier versions of this page stored it.
  calibrationOf((i) => `backend ${i} here`, 'It is slow.'),
];

/** Typed arrays, which IndexedDB keeps and JSON does not, as { $type, values }; pictures without their pixels. */
function asJson(_: string, value: unknown) {
  if (value instanceof Uint8Array) return { $type: 'Uint8Array', values: value.length };
  const isCurve = value instanceof Uint32Array || value instanceof Float32Array;
  return isCurve ? { $type: value.constructor.name, values: [...value] } : value;
}
export const record: readonly Seed[] = [
  sampleRecord({ grid: null }),
  sampleRecord({ ended: 'failed', recognisable: null }),
].map((each) => ({ bytes: own(strToU8(JSON.stringify(storedForm(each), asJson))), format: formats.json }));
