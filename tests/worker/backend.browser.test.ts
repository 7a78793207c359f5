// Backends that compute wrongly, in a real browser: they are refused, and Automatic forgets one that it remembered.
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { registeredName } from '../../src/gan/ops/base/customKernels.ts';
import { installWebglKernels } from '../../src/gan/ops/webgl/install.ts';
import type { Measurement } from '../../src/protocol/devices.ts';
import type { Events } from '../../src/protocol/messages.ts';
import { type Backends, findBackends } from '../../src/worker/device/backend.ts';
import { tiny, tinyNormalised } from '../support/configs.ts';
import { nightly } from '../support/long.ts';
import { reasonOf, rejected } from '../support/sentence.ts';
import { spoilKernel } from '../support/spoilKernel.ts';

let mend = () => {};
afterEach(() => {
  mend();
  vi.unstubAllGlobals();
});

const find = () =>
  findBackends((error) => {
    throw error;
  });

let backends: Backends;
let ofNextVisit: Backends;
beforeAll(async () => {
  // Here already, so that a test can spoil one of ours.
  installWebglKernels();
  backends = await find();
  ofNextVisit = await find();
});

it('one is checked with networks of the kind that is to be trained, whatever it has passed with others', async () => {
  expect((await backends.start('wasm', { config: tiny })).name).toBe('wasm');
  ({ mend } = spoilKernel(registeredName('normalise'), 'wasm', (values) => values.fill(0)));
  expect((await backends.start('wasm', { config: tiny })).name).toBe('wasm');
  const normalised = () => backends.start('wasm', { config: tinyNormalised });
  await expect(normalised()).rejects.toMatchObject({ kind: 'wrong-accelerator' });
  mend();
  mend = () => {};
  expect((await normalised()).name).toBe('wasm');
});

it('one that the worker before has trained on is taken at its word, for such networks and on the same device', async () => {
  const backend = await backends.start('wasm', { config: tinyNormalised });
  ({ mend } = spoilKernel(registeredName('normalise'), 'wasm', (values) => values.fill(0)));
  const next = ofNextVisit;
  const normalised = () => next.start('wasm', { config: tinyNormalised });
  next.trust({ backend, config: tiny });
  let threads = 0;
  class CountedWorker extends Worker {
    constructor(...how: ConstructorParameters<typeof Worker>) {
      super(...how);
      threads += 1;
    }
  }
  vi.stubGlobal('Worker', CountedWorker);
  await expect(normalised()).rejects.toMatchObject({ kind: 'wrong-accelerator' });
  const started = threads;
  expect(started).toBeGreaterThan(0);
  next.trust({ backend: { ...backend, detail: { on: 'device', name: 'another device' } }, config: tinyNormalised });
  await expect(normalised()).rejects.toMatchObject({ kind: 'wrong-accelerator' });
  next.trust({ backend, config: tinyNormalised });
  expect((await normalised()).name).toBe('wasm');
  // However often it fails, its threads are started once.
  expect(threads).toBe(started);
});

it('one that gives zeros is refused, and the one before stays; mended, it is taken', async () => {
  expect((await backends.start('wasm')).name).toBe('wasm');
  ({ mend } = spoilKernel(registeredName('dropout'), 'webgl', (values) => values.fill(0)));
  expect(await rejected(backends.start('webgl'))).toMatchObject({
    kind: 'wrong-accelerator',
    sentence: expect.stringMatching(
      /^WebGL computes wrongly on this device: in the self-test the gradient of discriminator\/conv1\/kernel is zero\.$/,
    ),
  });
  expect(tf.getBackend()).toBe('wasm');
  mend();
  mend = () => {};
  expect((await backends.start('webgl')).name).toBe('webgl');
});

nightly('one that was measured and not chosen is let go, and can still be chosen', async () => {
  expect((await backends.start('webgl')).name).toBe('webgl');
  const trying: string[] = [];
  const chosen = await backends.start('automatic', { measure: 'again', onTrying: (name) => trying.push(name) });
  expect(trying).toContain('wasm');
  if (chosen.name === 'webgl') return;
  expect(Object.keys(tf.engine().registry)).not.toContain('webgl');
  expect((await backends.start('webgl')).name).toBe('webgl');
  expect(tf.getBackend()).toBe('webgl');
});

it('one that was remembered and fails makes way for the next best, is forgotten, and is said', async () => {
  const first: Events['calibration'][] = [];
  await backends.start('automatic', { measure: 'again', onCalibration: (found) => first.push(found) });
  expect(first[0]?.keep).toBe(true);
  expect(backends.calibration).toEqual(first[0]?.calibration);

  // As if WebGL had been the fastest of all on the last visit.
  const remembered = first[0]?.calibration.measurements.map(
    (each): Measurement =>
      each.name === 'webgl'
        ? { ...each, passed: true, why: null, msPerStep: { quick: 0.1, light: 0.1, tutorial: 0.1 } }
        : { ...each, ...(each.name === 'webgpu' && { passed: null }) },
  );
  const next = ofNextVisit;
  next.remember({ device: first[0]?.calibration.device, measurements: remembered });
  expect(next.automatic?.name).toBe('webgl');
  ({ mend } = spoilKernel(registeredName('dropout'), 'webgl', (values) => values.fill(0)));
  const second: Events['calibration'][] = [];
  const chosen = await next.start('automatic', { onCalibration: (found) => second.push(found) });
  expect(chosen.name).toBe('wasm');
  expect(reasonOf(chosen)).toMatch(/^Chosen because WebGL failed: WebGL computes wrongly .* is zero\.$/);
  expect(second).toMatchObject([{ keep: false, automatic: chosen }]);
  expect(next.calibration?.measurements.find(({ name }) => name === 'webgl')).toMatchObject({
    passed: false,
    why: { note: 'failed', cause: { code: 'self-test-off' } },
  });
});
