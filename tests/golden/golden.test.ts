// Golden files on what Node has: tfjs's CPU, and WASM with the compiled kernels.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { goldenFiles } from './goldenFiles.ts';
import { goldenTimeout, replay } from './replay.ts';

describe.each([
  ['cpu', () => tf.setBackend('cpu')],
  ['wasm', startWasmKernels],
] as const)('on %s', (_, use) => {
  it.each(goldenFiles())('replays $name', { timeout: goldenTimeout }, async ({ name, base64 }) => {
    await use();
    const before = tf.memory().numTensors;
    expect(await replay(Buffer.from(base64, 'base64'), name)).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(goldenFiles())('notices weights of $name that are off by a thousandth', async ({ name, base64 }) => {
    await use();
    const bytes = Buffer.from(base64, 'base64');
    const start = 8 + Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.subarray(8, start).toString()) as Record<
      string,
      { data_offsets: [number, number] }
    >;
    // Not weights before a normalisation, which removes any factor.
    const [from = 0, to = 0] = header['generator/output/kernel']?.data_offsets ?? [];
    for (let at = start + from; at < start + to; at += 4) bytes.writeFloatLE(bytes.readFloatLE(at) * 1.001, at);
    const problems = await replay(bytes, name);
    expect(problems.join('\n')).toContain('expected/');
  });
});
