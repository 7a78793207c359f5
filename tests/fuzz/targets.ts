// What the fuzzer attacks: every reader of bytes, with valid files to spoil and a second opinion on what it accepts.
import { gunzipSync } from 'node:zlib';
import { parseConfig, settingNames, settingProblem, settings } from '../../src/config/settings.ts';
import { sizeOf, weightShapes } from '../../src/config/weights.ts';
import { gunzip } from '../../src/data/gzip.ts';
import { idxKind, readIdxImages, readIdxLabels } from '../../src/data/idx.ts';
import { readNpyImages } from '../../src/data/npy.ts';
import { readNpzImages } from '../../src/data/npz.ts';
import { readFiles } from '../../src/data/own.ts';
import { pictureKind, pictureSize } from '../../src/data/pictureHeader.ts';
import { JsonProblem, readJson } from '../../src/files/json.ts';
import { unpackRun } from '../../src/files/runFile.ts';
import { decode, encode } from '../../src/files/safetensors.ts';
import { packWeights, unpackWeights } from '../../src/files/weightsZip.ts';
import { openZip } from '../../src/files/zip.ts';
import { checkOwn, checkPicture, idxByHand, isInNpz, isTrue, npyByHand, same, unzipByHand } from './byHand.ts';
import type { Bytes } from './mutate.ts';
import { calibration, choices, record } from './remembered.ts';
import { checkRun } from './runByHand.ts';
import * as seeds from './seeds.ts';
import { refused, type Target, target } from './target.ts';

/** A file of a zip cannot be more than 1,040 times its packed bytes, and is held twice while it is taken apart. */
const packed = (limit: number) => (inputBytes: number) => (8 << 20) + 3 * Math.min(limit, inputBytes * 1040);
const mostUnpacked = 1 << 20;
/**
 * Of what JSON.parse alone has read: an empty object takes three characters, and some sixty times as many bytes as one
 * of them.
 */
const parsedJson = (inputBytes: number) => (8 << 20) + 80 * inputBytes;

export const targets: readonly Target[] = [
  target({
    name: 'idx',
    seeds: seeds.idx,
    read: (bytes) =>
      idxKind(bytes) === 'labels' ? readIdxLabels(bytes, 'labels.idx') : readIdxImages(bytes, 'images.idx'),
    check(bytes, values) {
      if (bytes[3] === 3) return same(values, idxByHand(bytes), 'the images');
      isTrue(Buffer.from(bytes).readUInt32BE(4) === values.length, 'another number of labels');
      same(values, bytes.subarray(8), 'the labels');
    },
  }),
  target({
    name: 'gzip',
    seeds: seeds.gzip,
    read: (bytes) => gunzip(bytes, { name: 'a.gz', maxBytes: seeds.gunzipLimit }),
    check(bytes, content) {
      isTrue(content.length <= seeds.gunzipLimit, `${content.length} bytes came out`);
      same(content, gunzipSync(bytes), 'the content');
    },
    memory: packed(seeds.gunzipLimit),
  }),
  target({
    name: 'npy',
    seeds: seeds.npy.filter(({ bytes }) => isReadable(() => npyByHand(bytes))),
    read: (bytes) => readNpyImages(bytes, 'a.npy'),
    check: (bytes, ink) => same(ink, npyByHand(bytes), 'the images'),
  }),
  target({
    name: 'npz',
    seeds: seeds.npz,
    read: (bytes) => readNpzImages(bytes, 'a.npz', openZip),
    check: (bytes, ink) => isTrue(isInNpz(bytes, ink), 'no array of the .npz holds these images'),
    memory: packed(Number.POSITIVE_INFINITY),
  }),
  target({
    name: 'own images',
    seeds: seeds.ownImages,
    async read(bytes) {
      const { dataset } = await readFiles([new File([bytes], 'mine')], { openZip });
      return dataset.images;
    },
    check: checkOwn,
    memory: packed(157 << 20),
  }),
  target({
    name: 'picture header',
    seeds: seeds.picture,
    read(bytes) {
      const kind = pictureKind(bytes);
      const size = kind && pictureSize(bytes, kind);
      return size === null ? refused : { kind: String(kind), ...size };
    },
    check: (bytes, { kind, width, height }) => checkPicture(bytes, kind, width, height),
  }),
  target({
    name: 'safetensors',
    seeds: seeds.safetensors,
    read: (bytes) => decode(bytes),
    check(bytes, { tensors, metadata }) {
      const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
      const header = new Map(Object.entries(JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)))));
      let covered = 0;
      for (const [name, { shape, data }] of tensors) {
        const { dtype, data_offsets } = header.get(name) as { dtype: string; data_offsets: [number, number] };
        isTrue(dtype === 'F32' && data.length === sizeOf(shape), `tensor ${name}`);
        const [from, to] = data_offsets;
        same(new Uint8Array(data.buffer), bytes.subarray(start + from, start + to), `tensor ${name}`);
        covered += to - from;
      }
      isTrue(start + covered === bytes.length, 'bytes that belong to no tensor');
      const again = decode(encode(tensors, metadata)).tensors;
      isTrue(again.size === tensors.size, 'tensors are lost on the way back');
    },
  }),
  target({
    name: 'zip',
    seeds: seeds.zip,
    read(bytes) {
      const zip = openZip(bytes, 'a.zip');
      return zip.names.map((name) => [name, zip.read(name, mostUnpacked), zip.peek(name, 7)] as const);
    },
    check(bytes, files) {
      const byHand = unzipByHand(bytes);
      for (const [name, content, head] of files) {
        same(head, content.subarray(0, 7), `the beginning of ${name}`);
        // Another tool knows this name as other characters, where it is not plain.
        if (/^[\w./ ]+$/.test(name)) same(content, byHand.get(name) ?? Buffer.of(), name);
      }
    },
    memory: packed(2 * mostUnpacked),
  }),
  target({
    name: 'run',
    seeds: seeds.run,
    read: (bytes) => unpackRun(bytes, 'mine.zip'),
    check: checkRun,
    memory: packed(mostUnpacked << 4),
  }),
  target({
    name: 'packed run',
    seeds: seeds.packedRun,
    read: (bytes) => unpackRun(bytes, 'mine.zip'),
    check: checkRun,
    // Of its run.json no more than this may be made, whatever it unpacks to.
    memory: (inputBytes) => (48 << 20) + 40 * inputBytes,
  }),
  target({
    name: 'weights zip',
    seeds: seeds.weights,
    read: (bytes) => unpackWeights(bytes),
    check(bytes, saved) {
      isTrue(parseConfig(saved.config) !== null, 'settings');
      const contents = [...unzipByHand(bytes).values()];
      for (const network of ['generator', 'discriminator'] as const) {
        for (const [name, shape] of weightShapes(network, saved.config)) {
          const data = saved.weights[name]?.data ?? new Float32Array();
          isTrue(data.length === sizeOf(shape) && data.every(Number.isFinite), name);
          const numbers = Buffer.from(data.buffer);
          isTrue(
            contents.some((file) => file.includes(numbers)),
            `${name} is in no file of the zip`,
          );
        }
      }
      isTrue(unpackWeights(packWeights(saved)).step === saved.step, 'another step on the way back');
    },
    memory: packed(48 << 20),
  }),
  target({
    name: 'json',
    seeds: seeds.json,
    read(bytes) {
      try {
        return { value: readJson(bytes) };
      } catch (error) {
        if (error instanceof JsonProblem) return refused;
        throw error;
      }
    },
    check(bytes, { value }) {
      const text = new TextDecoder().decode(bytes);
      const names = text.match(/"(?:[^"\\]|\\.)*"\s*:/g)?.length ?? 0;
      isTrue(namesIn(value) === names, `${names} names, and ${namesIn(value)} were kept`);
    },
  }),
  target({
    name: 'settings',
    seeds: seeds.settings,
    read: (bytes) => parseConfig(parsed(bytes)),
    check(bytes, config) {
      const given = parsed(bytes) as object;
      for (const name of settingNames) {
        const own: unknown = Object.getOwnPropertyDescriptor(given, name)?.value ?? settings[name].before;
        isTrue(config[name] === own && settingProblem(name, own) === null, name);
      }
    },
    memory: parsedJson,
  }),
  target({ name: 'remembered choices', seeds: seeds.choices, memory: parsedJson, ...choices }),
  target({ name: 'remembered speeds', seeds: seeds.calibration, memory: parsedJson, ...calibration }),
  target({ name: 'remembered run', seeds: seeds.record, memory: parsedJson, ...record }),
];

const namesIn = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce(
        (sum: number, each) => sum + namesIn(each),
        Array.isArray(value) ? 0 : Object.keys(value).length,
      )
    : 0;

/** null, which no reader takes, for what is no JSON at all. */
function parsed(bytes: Bytes): unknown {
  let value: unknown = null;
  isReadable(() => {
    value = JSON.parse(new TextDecoder().decode(bytes));
  });
  return value;
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
