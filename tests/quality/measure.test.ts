// Measurements as a run makes them, with the classifier that ships: real digits, drawn badly or one-sidedly, and no
// digits.
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DigitScores, isRecognisable, type Quality, qualitySamples } from '../../src/config/quality.ts';
import { drawDigits } from '../../src/data/builtIn/drawDigits.ts';
import { QualityMeter } from '../../src/quality/measure.ts';
import { rejected } from '../support/sentence.ts';
import { shippedClassifier } from '../support/shippedClassifier.ts';
import { startWasmKernels } from '../support/wasmKernels.ts';
import { asShares, noise, pixels } from './samples.ts';

const real = drawDigits(2_560, 1);
const fresh = asShares(drawDigits(qualitySamples, 2).images);

const made: { dispose(): void }[] = [];
const held = <T extends { dispose(): void }>(thing: T): T => {
  made.push(thing);
  return thing;
};
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

const digitsOf = ({ digits }: Quality): DigitScores => {
  if (digits === null) throw new Error('These are digits.');
  return digits;
};
/** Those of the images [n, 784] whose index passes. */
const keep = (images: Float32Array, passes: (index: number) => boolean) =>
  images.filter((_, at) => passes(Math.floor(at / pixels)));

describe('digits', () => {
  let meter: QualityMeter;
  beforeEach(async () => {
    await startWasmKernels();
    meter ??= await QualityMeter.create(real, shippedClassifier());
  });

  it('of the same hand get what real ones get', async () => {
    const found = await meter.measure(fresh);
    const floor = digitsOf(meter.real);
    const scores = digitsOf(found);
    expect(floor.covered).toBe(10);
    expect(scores.covered).toBe(10);
    expect(scores.classShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    expect(scores.divergence).toBeLessThan(0.02);
    expect(scores.confidence).toBeGreaterThan(0.95);
    expect(Math.abs(scores.inceptionScore - floor.inceptionScore)).toBeLessThan(0.5);
    expect(scores.frechet).toBeGreaterThan(0);
    expect(scores.frechet / floor.frechet).toBeLessThan(1.5);
    expect(found.diversity).toBeCloseTo(1, 1);
    expect(meter.real.diversity).toBeCloseTo(1, 1);
    expect(isRecognisable(found)).toBe(true);
  });

  it('of five classes miss the others, and are no less diverse within their own', async () => {
    const many = drawDigits(2 * qualitySamples, 2);
    const found = await meter.measure(keep(asShares(many.images), (index) => (many.labels[index] ?? 0) < 5));
    const scores = digitsOf(found);
    expect(scores.covered).toBe(5);
    expect(scores.classShares.slice(5).every((share) => share < 0.02)).toBe(true);
    // ln 2, but for the few that the classifier mistakes.
    expect(scores.divergence).toBeGreaterThan(0.6);
    expect(scores.divergence).toBeLessThan(0.7);
    expect(scores.inceptionScore).toBeLessThan(5.5);
    expect(scores.frechet).toBeGreaterThan(10 * digitsOf(meter.real).frechet);
    expect(found.diversity).toBeCloseTo(1, 0);
    expect(isRecognisable(found)).toBe(false);
  });

  it('that are all the same have no diversity, and noise is far from all', async () => {
    const one = fresh.slice(0, pixels);
    const same = await meter.measure(Float32Array.from({ length: 64 * pixels }, (_, at) => one[at % pixels] ?? 0));
    expect(same.diversity).toBe(0);
    expect(digitsOf(same)).toMatchObject({ covered: 1 });
    expect(digitsOf(same).inceptionScore).toBeCloseTo(1, 5);
    const noisy = await meter.measure(noise(qualitySamples));
    expect(digitsOf(noisy).frechet).toBeGreaterThan(100);
    expect(isRecognisable(noisy)).toBe(false);
  });

  it('give the same in any pieces, and again', async () => {
    const few = fresh.slice(0, 100 * pixels);
    const once = await meter.measure(few);
    expect(await meter.measure(few)).toEqual(once);
    const other = held(await QualityMeter.create(real, shippedClassifier(), { chunk: 7 }));
    const scores = digitsOf(await other.measure(few));
    expect(scores.frechet / digitsOf(once).frechet).toBeCloseTo(1, 4);
    expect(scores.classShares).toEqual(digitsOf(once).classShares);
  });

  it('are measured in pieces that can be called off, and hold no tensor then', async () => {
    const before = tf.memory().numTensors;
    let calls = 0;
    await meter.measure(fresh, async () => {
      calls += 1;
      expect(tf.memory().numTensors).toBe(before);
    });
    // Eight pieces of 64, and two turns before the sums.
    expect(calls).toBe(9);
    const stop = async () => {
      throw new DOMException('stop', 'AbortError');
    };
    await expect(meter.measure(fresh, stop)).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(before);
    const classifier = held(shippedClassifier());
    const made = tf.memory().numTensors;
    await expect(QualityMeter.create(real, classifier, { between: stop })).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(made);
  });

  it('are compared with the shares of all labels where there are labels, else with what the classifier finds', async () => {
    const labels = new Uint8Array(real.labels.length).fill(3);
    const told = held(await QualityMeter.create({ ...real, labels }, shippedClassifier()));
    const threes = Array.from({ length: 10 }, (_, digit) => (digit === 3 ? 1 : 0));
    const expected = digitsOf(told.real).classShares.reduce(
      // Classes that no label has count as half an image of 512.
      (sum, share, c) => sum + share * Math.log((share * (1 + 9 / 1024)) / Math.max(threes[c] ?? 0, 1 / 1024)),
      0,
    );
    expect(digitsOf(told.real).divergence).toBeCloseTo(expected, 6);
    const untold = held(await QualityMeter.create({ ...real, labels: null }, shippedClassifier()));
    expect(digitsOf(untold.real).divergence).toBeLessThan(0.05);
  });

  it('cannot be measured where a pixel is not a number, or there are no two', async () => {
    await expect(meter.measure(fresh.slice(0, 5))).rejects.toThrow(expect.objectContaining({ kind: 'internal' }));
    expect((await rejected(meter.measure(fresh.slice(0, pixels)))).sentence).toMatch(/at least two/);
    const broken = fresh.slice();
    broken[12_345] = Number.NaN;
    await expect(meter.measure(broken)).rejects.toThrow(expect.objectContaining({ kind: 'non-finite-loss' }));
  });

  it('gets its classifier with it, and frees it, twice', async () => {
    const before = tf.memory().numTensors;
    const other = await QualityMeter.create(real, shippedClassifier());
    other.dispose();
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('images that are no digits', () => {
  it('have diversity and nothing else, on no device at all', async () => {
    const before = tf.memory().numTensors;
    const meter = await QualityMeter.create({ images: real.images.subarray(0, 100 * pixels), labels: null }, null);
    expect(meter.real.digits).toBeNull();
    expect(meter.real.diversity).toBeCloseTo(1, 1);
    expect((await meter.measure(fresh)).diversity).toBeCloseTo(1, 1);
    const half = fresh.map((value) => value / 2);
    const found = await meter.measure(half);
    expect(found.digits).toBeNull();
    expect(found.diversity).toBeCloseTo(0.5, 1);
    expect(isRecognisable(found)).toBe(false);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('gives on tfjs’s CPU backend what it gives on WASM', async () => {
  const few = { images: real.images.slice(0, 200 * pixels), labels: real.labels.slice(0, 200) };
  const measured: Quality[] = [];
  for (const backend of ['cpu', 'wasm']) {
    if (backend === 'cpu') await tf.setBackend('cpu');
    else await startWasmKernels();
    const meter = await QualityMeter.create(few, shippedClassifier());
    measured.push(meter.real, await meter.measure(fresh.slice(0, 50 * pixels)));
    meter.dispose();
  }
  const [realOnCpu, onCpu, realOnWasm, onWasm] = measured as [Quality, Quality, Quality, Quality];
  for (const [a, b] of [
    [realOnCpu, realOnWasm],
    [onCpu, onWasm],
  ] as const) {
    expect(digitsOf(a).frechet / digitsOf(b).frechet).toBeCloseTo(1, 4);
    expect(digitsOf(a).classShares).toEqual(digitsOf(b).classShares);
    expect(digitsOf(a).inceptionScore).toBeCloseTo(digitsOf(b).inceptionScore, 4);
    expect(a.diversity).toBe(b.diversity);
  }
});
