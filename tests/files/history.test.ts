// The history keeps every step, and the charts draw few points of it without losing a spike.
import { describe, expect, it } from 'vitest';
import { History } from '../../src/files/history.ts';
import { decimate, maxPoints, smooth } from '../../src/page/runHistory/decimate.ts';
import { metricsOf } from '../support/fakeWorker.ts';

describe('history', () => {
  it('grows past its first capacity and keeps every step', () => {
    const history = new History();
    for (let step = 1; step <= 5_000; step += 10) history.append(metricsOf(step, 10, { generatorLoss: step }));
    expect(history.length).toBe(5_000);
    expect(history.row(4_321)).toMatchObject({ step: 4_322, generatorLoss: 4_321 });
    expect(history.indexOf(4_322)).toBe(4_321);
    expect(history.indexOf(9_999)).toBe(5_000);
    history.clear();
    expect(history.last()).toBeNull();
  });

  it('puts the two halves of a step, which come one at a time, into one row', () => {
    const history = new History();
    const { NaN: none } = Number;
    history.append(metricsOf(1, 1, { generatorLoss: none }));
    expect(history.last()).toMatchObject({ step: 1, discriminatorLoss: Math.fround(0.69), generatorLoss: none });
    history.append(metricsOf(1, 3, { discriminatorLoss: 2, generatorLoss: 3 }));
    expect(history.length).toBe(3);
    expect(history.row(0)).toMatchObject({ discriminatorLoss: 2, generatorLoss: 3 });
    history.append(metricsOf(3, 1, { discriminatorLoss: none, generatorLoss: 9 }));
    expect(history.last()).toMatchObject({ step: 3, discriminatorLoss: 2, generatorLoss: 9 });
  });

  it('takes a step out of order', () => {
    const history = new History();
    history.append(metricsOf(1, 2));
    history.append(metricsOf(5, 2));
    history.append(metricsOf(3, 1, { generatorLoss: 42 }));
    expect([...history.steps()]).toEqual([1, 2, 3, 5, 6]);
    expect(history.row(2)?.generatorLoss).toBe(42);
  });
});

describe('decimation', () => {
  const steps = Uint32Array.from({ length: 100_000 }, (_, i) => i + 1);

  it('keeps every spike in at most 400 points, in order', () => {
    const values = Float32Array.from(steps, (step) => 0.7 + 0.01 * Math.sin(step));
    const spikes = [1_234, 50_001, 77_777];
    for (const spike of spikes) values[spike] = 9;
    values[60_000] = -5;
    const points = decimate(steps, values);
    expect(points.length).toBeLessThanOrEqual(maxPoints);
    expect(points.length).toBeGreaterThan(maxPoints * 0.9);
    expect(points.filter(({ value }) => value === 9).map(({ step }) => step)).toEqual(spikes.map((i) => i + 1));
    expect(points.some(({ step, value }) => step === 60_001 && value === -5)).toBe(true);
    expect(points.map(({ step }) => step)).toEqual([...points.map(({ step }) => step)].sort((a, b) => a - b));
    expect(new Set(points.map(({ step }) => step)).size).toBe(points.length);
    expect(points.at(-1)?.step).toBe(100_000);
  });

  it.each([1, 2, 399, 400, 401, 799, 801, 5_003])('holds the limit for %i steps and keeps the extremes', (count) => {
    const values = Float32Array.from({ length: count }, (_, i) => Math.sin(i * i));
    const points = decimate(steps, values);
    expect(points.length).toBeLessThanOrEqual(maxPoints);
    expect(Math.max(...points.map(({ value }) => value))).toBe(Math.max(...values));
    expect(Math.min(...points.map(({ value }) => value))).toBe(Math.min(...values));
    expect(points.at(-1)).toEqual({ step: count, value: values[count - 1] });
  });

  it('draws all points of the last few steps, and none where there is no number', () => {
    const values = Float32Array.from([1, Number.NaN, 3, 4]);
    expect(decimate(steps, values, 1)).toEqual([
      { step: 3, value: 3 },
      { step: 4, value: 4 },
    ]);
    expect(decimate(steps, new Float32Array(1_000).fill(Number.NaN))).toEqual([]);
    expect(decimate([], [])).toEqual([]);
  });

  it('smooths without a pull to zero at the start, and steps over what is missing', () => {
    expect([...smooth([5, 5, 5], 50)].map((x) => Math.round(x * 1e4) / 1e4)).toEqual([5, 5, 5]);
    expect([...smooth([1, 2, 3], 1)]).toEqual([1, 2, 3]);
    const smoothed = smooth([0, Number.NaN, 10], 3);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeGreaterThan(5);
    expect(smoothed[2]).toBeLessThan(10);
  });
});
