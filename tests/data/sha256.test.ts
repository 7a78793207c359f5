import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/data/sha256.ts';

// FIPS 180-2, appendix B.
const vectors: [string, string][] = [
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
];

describe('sha256', () => {
  it.each(vectors)('of %j is that of the standard, with the browser’s crypto and without', async (text, expected) => {
    const bytes = new TextEncoder().encode(text);
    expect(await sha256(bytes)).toBe(expected);
    expect(await sha256(bytes, null)).toBe(expected);
  });

  it('hashes the view, not the buffer behind it', async () => {
    const bytes = new TextEncoder().encode('xxabcxx').subarray(2, 5);
    expect(await sha256(bytes)).toBe(vectors[0]?.[1]);
    expect(await sha256(bytes, null)).toBe(vectors[0]?.[1]);
  });
});
