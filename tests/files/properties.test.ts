// What holds of every file that src/files writes and of all bytes that it is given, tried with values that fast-check
// makes up.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/config/run.ts';
import { parseConfig, settingNames, settings } from '../../src/config/settings.ts';
import { sizeOf, type WeightArray, weightShapes } from '../../src/config/weights.ts';
import { DeflateProblem, inflateInto } from '../../src/files/inflate.ts';
import { JsonProblem, readJson } from '../../src/files/json.ts';
import { decode, encode } from '../../src/files/safetensors.ts';
import { packWeights, unpackWeights } from '../../src/files/weightsZip.ts';
import { openZip, writeZip } from '../../src/files/zip.ts';
import { networks, refusal, saved, smallConfig } from './samples.ts';

/** The same examples in every run. */
const runs = (numRuns: number) => ({ numRuns, seed: 1 });
const utf8 = new TextEncoder();
const sentence = /^(accepted|[a-z-]+: [^\p{Cc}]+[^.]\.)$/u;

/** Compared as buffers: Vitest's own comparison of large arrays takes long. */
const isSame = (found: Uint8Array, wanted: Uint8Array): boolean => Buffer.from(found).equals(wanted);

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  // What repeats is packed otherwise.
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat(9000))
    .map(([part, length]) => Uint8Array.from({ length }, (_, i) => part[i % part.length] ?? 0)),
);

describe('inflateInto', () => {
  const deflated = fc.record({
    content: bytes,
    level: fc.integer({ min: 0, max: 9 }),
    strategy: fc.integer({ min: 0, max: 4 }),
  });

  it('gives what zlib has deflated, all of it or its beginning', () => {
    fc.assert(
      fc.property(deflated, fc.nat(500), ({ content, level, strategy }, length) => {
        const packed = deflateRawSync(content, { level, strategy });
        const all = new Uint8Array(content.length);
        inflateInto(all, packed, false);
        expect(isSame(all, content)).toBe(true);
        const part = new Uint8Array(Math.min(length, content.length));
        inflateInto(part, packed, true);
        expect(isSame(part, content.subarray(0, part.length))).toBe(true);
      }),
      runs(300),
    );
  });

  it('is of zlib’s opinion on streams that are damaged', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 2 });
    let refusedByBoth = 0;
    fc.assert(
      fc.property(deflated, damage, ({ content, level, strategy }, changes) => {
        const packed = Uint8Array.from(deflateRawSync(content, { level, strategy }));
        for (const [at, change] of changes) packed[at % packed.length] = (packed[at % packed.length] ?? 0) ^ change;
        const into = new Uint8Array(content.length);
        try {
          inflateInto(into, packed, false);
        } catch (error) {
          expect(error).toBeInstanceOf(DeflateProblem);
          refusedByBoth += 1;
          return;
        }
        expect(isSame(into, inflateRawSync(packed))).toBe(true);
      }),
      runs(500),
    );
    expect(refusedByBoth).toBeGreaterThan(100);
    expect(refusedByBoth).toBeLessThan(500);
  });
});

describe('safetensors', () => {
  const shape = fc.array(fc.nat(4), { maxLength: 3 });
  const array = shape.chain((dimensions) => {
    const length = sizeOf(dimensions);
    return fc.float32Array({ minLength: length, maxLength: length }).map((data) => ({ shape: dimensions, data }));
  });
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', '7', ''));
  const tensors = fc.uniqueArray(fc.tuple(name, array), { selector: ([key]) => key, maxLength: 5 });

  it('come back as they were, whatever they are called and hold', () => {
    fc.assert(
      fc.property(tensors, fc.dictionary(name, fc.string({ unit: 'binary' })), (entries, metadata) => {
        const read = decode(encode(new Map<string, WeightArray>(entries), metadata));
        expect(new Map([...read.tensors].sort())).toEqual(new Map([...entries].sort()));
        expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(metadata).sort());
      }),
      runs(200),
    );
  });

  it('of any bytes are read or refused in a sentence', () => {
    const header = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.constant('{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}'),
    );
    fc.assert(
      fc.property(header, bytes, fc.bigInt({ min: -9n, max: 9n }), (text, data, off) => {
        const head = new Uint8Array(8);
        const claimed = BigInt(utf8.encode(text).length) + off;
        new DataView(head.buffer).setBigUint64(0, BigInt.asUintN(64, claimed), true);
        const file = Uint8Array.from([...head, ...utf8.encode(text), ...data]);
        expect(refusal(() => decode(file))).toMatch(sentence);
        expect(refusal(() => decode(data))).toMatch(sentence);
      }),
      runs(300),
    );
    const named = utf8.encode('{"a\u007f\u0085":1}');
    expect(refusal(() => decode(Uint8Array.from([named.length, 0, 0, 0, 0, 0, 0, 0, ...named])))).toMatch(sentence);
  });
});

describe('a zip', () => {
  const name = fc.stringMatching(/^[a-z][a-z_.-]{0,12}(\/[a-z]{1,8})?$/);
  const files = fc.uniqueArray(fc.tuple(name, bytes), { selector: ([path]) => path, minLength: 1, maxLength: 6 });

  it('gives back what was put in, stored or deflated', () => {
    fc.assert(
      fc.property(files, fc.constantFrom(1, 6, 9), fc.nat(300), (entries, level, length) => {
        for (const packed of [
          writeZip(new Map(entries)),
          zipSync(Object.fromEntries(entries), { level: level as 1 }),
        ]) {
          const zip = openZip(packed, 'a.zip');
          expect([...zip.names].sort()).toEqual(entries.map(([path]) => path).sort());
          for (const [path, content] of entries) {
            expect(isSame(zip.read(path, content.length), content)).toBe(true);
            expect(isSame(zip.peek(path, length), content.subarray(0, length))).toBe(true);
          }
        }
      }),
      runs(60),
    );
  });

  it('of any length that a cut download can have is refused', () => {
    const zip = packWeights(saved({ ...smallConfig, filters: 2, latent: 1 }));
    for (let length = 0; length < zip.length; length += 7) {
      expect(refusal(() => unpackWeights(zip.subarray(0, length)))).toMatch(length < 4 ? /^not-our-w/ : /^bad-file/);
    }
  });
});

describe('JSON', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6, noUnicodeString: false }), (text) => {
        expect(readJson(utf8.encode(text))).toEqual(JSON.parse(text));
      }),
      runs(300),
    );
  });

  it('of any bytes is a value or a problem', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          fc.json().map((text) => utf8.encode(text.slice(1))),
        ),
        (given) => {
          try {
            expect(readJson(given)).toEqual(JSON.parse(new TextDecoder().decode(given)));
          } catch (error) {
            expect(error).toBeInstanceOf(JsonProblem);
          }
        },
      ),
      runs(300),
    );
  });
});

describe('settings and weights', () => {
  /** Any settings that are allowed. */
  const config = fc.record(
    Object.fromEntries(
      settingNames.map((name) => {
        const { min, max, whole } = settings[name];
        const step = whole === 'any' ? 1 : 2;
        const wholes = fc.integer({ min: 0, max: Math.floor((max - min) / step) }).map((i) => min + i * step);
        return [name, whole ? wholes : fc.double({ min, max, noNaN: true })];
      }),
    ),
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<RunConfig>;

  it('come back through JSON as they were', () => {
    fc.assert(
      fc.property(config, (given) => {
        // JSON knows no −0.
        const positive = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value + 0]));
        expect(parseConfig(JSON.parse(JSON.stringify(given)))).toEqual(positive);
      }),
      runs(200),
    );
  });

  it('of any JSON are taken or refused in a sentence', () => {
    const one = fc.tuple(config, fc.constantFrom(...settingNames), fc.jsonValue());
    fc.assert(
      fc.property(one, fc.jsonValue(), ([given, name, value], other) => {
        expect(refusal(() => parseConfig({ ...given, [name]: value }))).toMatch(sentence);
        expect(refusal(() => parseConfig(other))).toMatch(/^bad-settings: /);
      }),
      runs(200),
    );
  });

  it('come back through a zip as they were, but for numbers that are not finite', () => {
    const small = fc.record({ latent: fc.integer({ min: 1, max: 4 }), flags: fc.nat(3), at: fc.nat() });
    fc.assert(
      fc.property(small, fc.constantFrom(Number.NaN, Infinity, -Infinity), ({ latent, flags, at }, bad) => {
        const given = saved({ ...smallConfig, filters: 2, latent, tapered: flags & 1, batchNormalisation: flags >> 1 });
        expect(unpackWeights(packWeights(given))).toEqual(given);
        const names = networks.flatMap((network) => [...weightShapes(network, given.config).keys()]);
        const { data } = given.weights[names[at % names.length] as keyof typeof given.weights] as WeightArray;
        data[at % data.length] = bad;
        expect(refusal(() => unpackWeights(packWeights(given)))).toMatch(/^non-finite-weights: .+\.$/);
      }),
      runs(12),
    );
  });
});
