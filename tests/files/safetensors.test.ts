// Safetensors: what is written comes back, the file recorded elsewhere is read, and every broken one gets a sentence.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets.ts';
import { type WeightArray, weightShapes } from '../../src/config/weights.ts';
import { decode, encode } from '../../src/files/safetensors.ts';
import { readSafetensors } from '../support/readSafetensors.ts';
import { networks, randomWeights, refusal, smallConfig } from './samples.ts';

const golden = readFileSync(resolve(import.meta.dirname, '../golden/seed-8-filters.safetensors'));

describe('a file recorded elsewhere', () => {
  const { tensors, metadata } = decode(golden);

  it('has the networks’ weights under their names and shapes', () => {
    const config = { ...presets.tutorial.config, filters: 8 };
    for (const network of networks) {
      for (const [name, shape] of weightShapes(network, config)) expect(tensors.get(name)?.shape).toEqual(shape);
    }
  });

  it('has the inputs and what is expected of them', () => {
    expect(tensors.size).toBe(14 + 2 + 14 + 3 + 2);
    expect(tensors.get('input/real')?.shape).toEqual([10, 8, 28, 28, 1]);
    expect(tensors.get('expected/discriminator_loss')?.data).toHaveLength(10);
    expect(metadata).toMatchObject({ filters: '8', batch: '16', epsilon: '1e-7' });
  });

  it('has the numbers that another reader finds', () => {
    const others = readSafetensors(golden);
    expect([...tensors.keys()]).toEqual(Object.keys(others));
    for (const [name, { shape, data }] of tensors) {
      expect(shape).toEqual(others[name]?.shape);
      expect(data).toEqual(Float32Array.from(others[name]?.data ?? []));
    }
  });
});

describe('what is written', () => {
  const weights = new Map<string, WeightArray>(Object.entries(randomWeights(smallConfig)));

  it('comes back, metadata and order included, and again gives the same bytes', () => {
    const bytes = encode(weights, { network: 'both', '10': 'ten' });
    const back = decode(bytes);
    expect(back.tensors).toEqual(weights);
    expect([...back.tensors.keys()]).toEqual([...weights.keys()]);
    expect(back.metadata).toEqual({ network: 'both', '10': 'ten' });
    expect(encode(back.tensors, back.metadata)).toEqual(bytes);
  });

  it('is read by another reader', () => {
    const others = readSafetensors(encode(weights));
    for (const [name, { shape, data }] of weights) {
      expect(others[name]).toEqual({ shape, data: [...data] });
    }
  });

  it('has its numbers at a multiple of eight bytes', () => {
    for (const name of ['a', 'ab', 'abc', 'é', 'abcdefgh']) {
      const bytes = encode(new Map([[name, { shape: [], data: Float32Array.of(1) }]]));
      expect((bytes.length - 4) % 8).toBe(0);
      expect(decode(bytes).tensors.get(name)).toEqual({ shape: [], data: Float32Array.of(1) });
    }
  });

  it('is read from any place in memory, and each array owns its buffer', () => {
    const bytes = encode(weights);
    for (const offset of [1, 2, 3]) {
      const larger = new Uint8Array(bytes.length + 8);
      larger.set(bytes, offset);
      const { tensors } = decode(larger.subarray(offset, offset + bytes.length));
      expect(tensors).toEqual(weights);
      larger.fill(0);
      expect(tensors).toEqual(weights);
      for (const { data } of tensors.values()) expect(data.byteLength).toBe(data.buffer.byteLength);
    }
  });

  it('may be a part of a longer array, empty, or named like JavaScript’s own things', () => {
    const long = Float32Array.of(1, 2, 3, 4);
    const odd = new Map([
      ['__proto__', { shape: [2], data: long.subarray(1, 3) }],
      ['constructor', { shape: [0, 5], data: new Float32Array() }],
      ['7', { shape: [1, 1], data: long.subarray(3) }],
    ]);
    const { tensors, metadata } = decode(encode(odd, JSON.parse('{ "__proto__": "text" }')));
    expect(tensors).toEqual(odd);
    expect(Object.keys(metadata)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(metadata)).toBeNull();
  });

  it('must be as long as its shape says', () => {
    const wrong = new Map([['a', { shape: [2, 2], data: new Float32Array(3) }]]);
    expect(refusal(() => encode(wrong))).toMatch(/^internal: .*"a"/);
  });
});

/** A file with any header and `dataBytes` of zeros. */
function file(header: unknown, dataBytes = 8, claimed?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
const tensor = (begin: number, end: number, shape: unknown = [(end - begin) / 4], dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
const big = Number.MAX_SAFE_INTEGER;

describe('a broken file', () => {
  it('is told from a whole one', () => {
    expect(refusal(() => decode(file({ a: tensor(0, 8) })))).toBe('accepted');
    expect(refusal(() => decode(file({ a: tensor(4, 8), b: tensor(0, 4) })))).toBe('accepted');
    expect(refusal(() => decode(file('{}   ', 0)))).toBe('accepted');
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['empty', new Uint8Array(), /has 0 bytes, too few/],
    ['seven bytes', new Uint8Array(7), /has 7 bytes, too few/],
    ['zeros', new Uint8Array(100), /does not start with a brace/],
    ['a header longer than the file', file({}, 0, 100n), /cut off: its header takes 108 bytes and it has 10/],
    ['a header beyond the limit', file({}, 0, 1n << 32n), /claims a header of 4294967296 bytes; the limit is 1048576/],
    ['a header length of all ones', file({}, 0, (1n << 64n) - 1n), /claims a header of 18446744073709551615/],
    ['a header that starts with a space', file(' {}', 0), /does not start with a brace/],
    ['a list', file('[]', 0), /does not start with a brace/],
    ['no JSON', file('{a', 0), /a header that is not JSON/],
    ['no UTF-8', file('{"a\xff":1}', 0).map((byte) => (byte === 0xc3 ? 0xff : byte)), /that is not UTF-8 text/],
    ['nesting', file(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 0), /nested more than 16 levels/],
    ['a name twice', file(`{"a":${entry},"b":{},"a":${entry}}`, 4), /has the name "a" twice/],
    ['a name twice, once escaped', file(`{"a":${entry},"\\u0061":${entry}}`, 4), /has the name "a" twice/],
    ['__proto__ twice', file(`{"__proto__":${entry},"__proto__":${entry}}`, 4), /has the name "__proto__" twice/],
    ['a member twice', file('{"a":{"dtype":"F32","dtype":"F32"}}'), /has the name "dtype" twice/],
    ['a tensor that is null', file({ a: null }), /does not say type, shape and place of tensor "a"/],
    ['a tensor that is a list', file({ a: [] }), /does not say .* "a"/],
    ['no dtype', file({ a: { shape: [2], data_offsets: [0, 8] } }), /does not say .* "a"/],
    ['no shape', file({ a: { dtype: 'F32', data_offsets: [0, 8] } }), /does not say .* "a"/],
    ['no offsets', file({ a: { dtype: 'F32', shape: [2] } }), /does not say .* "a"/],
    ['a member too many', file({ a: { ...tensor(0, 8), strides: [1] } }), /does not say .* "a"/],
    ['three offsets', file({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 4, 8] } }), /does not say .* "a"/],
    ['a shape that is text', file({ a: tensor(0, 8, '2') }), /does not say .* "a"/],
    ['a shape of very many texts', file({ a: tensor(0, 8, Array(99_000).fill('')) }), /does not say .* "a"/],
    ['a shape of 33 dimensions', file({ a: tensor(0, 8, [...Array(32).fill(1), 2]) }), /does not say .* "a"/],
    [
      'very many offsets',
      file({ a: { ...tensor(0, 8), data_offsets: Array(99_000).fill('') } }),
      /does not say .* "a"/,
    ],
    ['a negative length', file({ a: tensor(0, 8, [-2]) }), /does not say .* "a"/],
    ['two negative lengths', file({ a: tensor(0, 8, [-2, -1]) }), /does not say .* "a"/],
    ['half a length', file({ a: tensor(0, 8, [0.5, 4]) }), /does not say .* "a"/],
    ['an inexact length', file('{"a":{"dtype":"F32","shape":[1e300],"data_offsets":[0,8]}}'), /does not say .* "a"/],
    ['a negative offset', file({ a: tensor(-8, 0, [2]) }), /does not say .* "a"/],
    ['half floats', file({ a: tensor(0, 8, [4], 'F16') }), /tensor "a" of type "F16"; only F32/],
    ['doubles', file({ a: tensor(0, 8, [1], 'F64') }), /tensor "a" of type "F64"; only F32/],
    ['an unknown dtype', file({ a: tensor(0, 8, [2], 'f32') }), /of type "f32"; only F32/],
    ['a shape that is too small', file({ a: tensor(0, 8, [1]) }), /tensor "a" of shape \[1\] 8 bytes/],
    ['a shape that is too large', file({ a: tensor(0, 8, [3]) }), /tensor "a" of shape \[3\] 8 bytes/],
    ['a shape that overflows', file({ a: tensor(0, 8, [big, big, big]) }), /tensor "a" of shape/],
    ['a shape that overflows 32 bits to 2', file({ a: tensor(0, 8, [65536, 65536, 2]) }), /tensor "a" of shape/],
    ['a shape that is not a number', file({ a: tensor(0, 0, [...Array(30).fill(big), 0]) }, 0), /of shape/],
    ['an end before its start', file({ a: tensor(8, 4, [1]) }), /tensor "a" of shape \[1\] -4 bytes/],
    ['a tensor outside', file({ a: tensor(0, 16) }), /cut off: its tensors take 16 bytes and 8 are there/],
    ['a tensor far outside', file({ a: tensor(big - 7, big - 3, [1]) }), /bytes before tensor "a"/],
    ['tensors that overlap', file({ a: tensor(0, 8), b: tensor(4, 8) }), /tensor "b" overlapping another/],
    ['the same bytes twice', file({ a: tensor(0, 8), b: tensor(0, 8) }), /tensor "b" overlapping another/],
    ['a gap', file({ a: tensor(0, 4), b: tensor(8, 12) }, 12), /4 bytes before tensor "b" that belong to none/],
    ['bytes too many', file({ a: tensor(0, 4) }), /4 bytes after its last tensor/],
    ['bytes and no tensor', file({}), /8 bytes after its last tensor/],
    ['metadata that are text', file({ __metadata__: 'a', a: tensor(0, 8) }), /metadata that are not names and texts/],
    ['metadata that are null', file({ __metadata__: null, a: tensor(0, 8) }), /metadata that are not names and texts/],
    ['metadata of numbers', file({ __metadata__: { a: 1 }, b: tensor(0, 8) }), /metadata "a" that is not text/],
    ['a name of many lines', file({ ['\n'.repeat(500)]: null }), /tensor "(\\n){59}…"/],
    ['the golden file without its last byte', golden.subarray(0, -1), /cut off: its tensors take 711584 bytes/],
  ])('is refused: %s', (_, bytes, sentence) => {
    const told = refusal(() => decode(bytes, 'some.safetensors'));
    expect(told).toMatch(sentence);
    expect(told).toMatch(/^bad-file: some\.safetensors [^\n]+[^.]\.$/);
  });
});
