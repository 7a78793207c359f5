// Safetensors: what is written comes back, the file recorded elsewhere is read, and every broken one gets a sentence.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { weightShapes } from '../../src/config/networks.ts';
import { presets } from '../../src/config/presets.ts';
import { decode, encode } from '../../src/files/safetensors.ts';

const golden = readFileSync(resolve(import.meta.dirname, '../golden/seed-8-filters.safetensors'));

describe('a file recorded elsewhere', () => {
  const { tensors, metadata } = decode(golden);

  it('has the networks’ weights under their names and shapes', () => {
    const config = { ...presets.tutorial.config, filters: 8 };
    for (const network of ['generator', 'discriminator'] as const) {
      for (const [name, shape] of weightShapes(network, config)) expect(tensors.get(name)?.shape).toEqual(shape);
    }
  });

  it('has the inputs and what is expected of them', () => {
    expect(tensors.size).toBe(14 + 2 + 14 + 3 + 2);
    expect(tensors.get('input/real')?.shape).toEqual([10, 8, 28, 28, 1]);
    expect(tensors.get('expected/discriminator_loss')?.data).toHaveLength(10);
    expect(metadata).toMatchObject({ filters: '8', batch: '16', epsilon: '1e-7' });
  });
});

it('reads back what it writes', () => {
  const tensors = new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]]);
  expect(decode(encode(tensors, { by: 'test' }))).toEqual({ tensors, metadata: { by: 'test' } });
});
