// Golden files in a real browser, on WebGPU, WebGL and WASM as the page starts them.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { type Backends, findBackends } from '../../src/worker/device/backend.ts';
import { isLong } from '../support/long.ts';
import { startUnchecked } from '../support/startUnchecked.ts';
import type { GoldenFile } from './goldenFiles.ts';
import { goldenTimeout, replay } from './replay.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    goldenFiles: () => Promise<GoldenFile[]>;
  }
}

let files: GoldenFile[];
let backends: Backends;
beforeAll(async () => {
  files = await commands.goldenFiles();
  backends = await findBackends((error) => {
    throw error;
  });
});

describe.each(['webgpu', 'webgl', 'wasm'] as const)('on %s', (backend) => {
  it('replays golden files', { timeout: goldenTimeout }, async ({ skip }) => {
    const offer = backends.offers.find(({ name }) => name === backend);
    skip(backend === 'webgpu' && !offer?.available, 'This browser has no WebGPU.');
    expect((await startUnchecked(backends, backend)).name).toBe(backend);
    expect(tf.getBackend()).toBe(backend);
    const before = tf.memory().numTensors;
    const problems: string[] = [];
    // An emulated WebGPU takes a minute and a half for all of them.
    const smallest = files.toSorted((a, b) => a.base64.length - b.base64.length).slice(0, 1);
    for (const { name, base64 } of backend === 'webgpu' && !isLong ? smallest : files) {
      problems.push(
        ...(await replay(
          Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
          name,
        )),
      );
    }
    expect(files.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
