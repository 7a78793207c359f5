// Files changed at random: each is refused with a sentence or gives exactly what was packed. Seeded, so it fails alike.
import { unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { WeightArray } from '../../src/config/networks.ts';
import { decode, encode } from '../../src/files/safetensors.ts';
import { packWeights, unpackWeights } from '../../src/files/weightsZip.ts';
import { randomNumbers, randomWeights, refusal, saved, smallConfig } from './samples.ts';

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** A plain array: Node's Buffer has its own rules for fill and slice. */
const joined = (parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** One to four changes, each with a chance to hit `[from, to)`, where the structure of the file is. */
function mutate(bytes: Uint8Array, random: Random, [from, to]: readonly [number, number]): Uint8Array {
  let out: Uint8Array = Uint8Array.from(bytes);
  for (let change = below(random, 4); change >= 0; change--) {
    const at = Math.min(out.length, random() < 0.7 ? from + below(random, to - from) : below(random, out.length));
    const kind = below(random, 7);
    if (kind === 0) out = out.slice(0, at);
    else if (kind === 1) out = joined([out.subarray(0, at), out.subarray(at + 1 + below(random, 9))]);
    else if (kind === 2) out = joined([out.subarray(0, at), Uint8Array.of(below(random, 256)), out.subarray(at)]);
    else if (kind === 3) out.fill([0, 0xff, 0x30, 0x39][below(random, 4)] ?? 0, at, at + 1 + below(random, 8));
    else if (kind === 4) out.copyWithin(at, below(random, out.length), below(random, out.length));
    else if (at < out.length) out[at] = kind === 5 ? below(random, 256) : (out[at] ?? 0) ^ (1 << below(random, 8));
  }
  return out;
}

it('safetensors: 2,000 changed files', () => {
  const weights = new Map<string, WeightArray>(Object.entries(randomWeights({ ...smallConfig, filters: 2 })));
  const bytes = encode(weights, { step: '12' });
  const header = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const random = randomNumbers(11);
  let refused = 0;
  for (let i = 0; i < 2000; i++) {
    const changed = mutate(bytes, random, [0, header]);
    const told = refusal(() => {
      const { tensors } = decode(changed);
      // What is accepted accounts for every byte behind the header.
      const numbers = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
      const start = 8 + Number(new DataView(changed.buffer).getBigUint64(0, true));
      expect(start + numbers * 4).toBe(changed.length);
    });
    if (told !== 'accepted') refused++;
  }
  expect(refused).toBeGreaterThan(1000);
  expect(refused).toBeLessThan(2000);
});

it.each([0, 9] as const)('zip, level %i: 1,000 changed files', (level) => {
  const original = saved({ ...smallConfig, filters: 2 });
  const bytes = zipSync(unzipSync(packWeights(original)), { level });
  const contents = Buffer.from(bytes).indexOf('PK\x01\x02');
  const random = randomNumbers(12 + level);
  let refused = 0;
  for (let i = 0; i < 1000; i++) {
    const changed = mutate(bytes, random, i % 2 ? [contents, bytes.length] : [0, bytes.length]);
    const told = refusal(() => expect(unpackWeights(changed)).toEqual(original));
    if (told !== 'accepted') refused++;
  }
  expect(refused).toBeGreaterThan(500);
  expect(refused).toBeLessThan(1000);
});

it('zip: 600 with one file changed before packing, so that its checksum is right', () => {
  const original = saved({ ...smallConfig, filters: 2 });
  const files = unzipSync(packWeights(original));
  const random = randomNumbers(14);
  const names = ['config.json', 'generator/weights.safetensors', 'discriminator/weights.safetensors'];
  let refused = 0;
  for (let i = 0; i < 600; i++) {
    const name = names[i % names.length] ?? '';
    const contents = mutate(files[name] ?? new Uint8Array(), random, [0, 400]);
    const told = refusal(() => {
      const { weights } = unpackWeights(zipSync({ ...files, [name]: contents }, { level: 0 }));
      for (const { data } of Object.values(weights)) expect(data.every(Number.isFinite)).toBe(true);
    });
    if (told !== 'accepted') refused++;
  }
  expect(refused).toBeGreaterThan(300);
  expect(refused).toBeLessThan(600);
});

it('every length that a cut download can have', () => {
  const zip = packWeights(saved({ ...smallConfig, filters: 2, latent: 1 }));
  for (let length = 0; length < zip.length; length++) {
    expect(refusal(() => unpackWeights(zip.subarray(0, length)))).toMatch(length < 4 ? /^not-our-w/ : /^bad-file/);
  }
});
