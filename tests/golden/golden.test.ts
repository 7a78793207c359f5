// Golden files on what Node has: tfjs's CPU, and WASM with our kernels.
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

  it('notices a weight that is off by a thousandth', async () => {
    await use();
    const { name, base64 } = goldenFiles()[0] ?? { name: '', base64: '' };
    const bytes = Buffer.from(base64, 'base64');
    // The first weights in the file are the generator's dense kernel, right behind the header.
    const start = 8 + Number(bytes.readBigUInt64LE(0));
    for (let at = start; at < start + 4000; at += 4) bytes.writeFloatLE(bytes.readFloatLE(at) * 1.001, at);
    const problems = await replay(bytes, name);
    expect(problems.join('\n')).toContain('expected/');
  });
});
