// What the curves show: a line over the band of what it smooths, an axis that outliers do not flatten, one cursor, and
// the steps that all charts share.
import { describe, expect, it } from 'vitest';
import { History } from '../../src/files/history.ts';
import { drawnSeries, rangeOf } from '../../src/ui/charts/chartRows.ts';
import { nearestStep, stepAt, stepOfKey } from '../../src/ui/charts/cursor.ts';
import { marksNear } from '../../src/ui/charts/marksNear.ts';
import { beyond, robustRange } from '../../src/ui/charts/range.ts';
import { smoothed, windowOf } from '../../src/ui/charts/smoothed.ts';
import { stepDomain } from '../../src/ui/charts/stepDomain.ts';
import { logTicks } from '../../src/ui/charts/ticks.ts';
import { sampleRecord } from '../page/runHistory/sampleRecord.ts';
import { metricsOf } from '../support/fakeWorker.ts';

const steps = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i + 1);

describe('a smooth line', () => {
  it('is the mean of a window around each step, over a band from its smallest to its largest value', () => {
    const points = smoothed(steps(5), [1, 5, 3, Number.NaN, 7], 3);
    expect(points).toEqual([
      { step: 1, value: 3, low: 1, high: 5 },
      { step: 2, value: 3, low: 1, high: 5 },
      { step: 3, value: 4, low: 3, high: 5 },
      { step: 4, value: 5, low: 3, high: 7 },
      { step: 5, value: 7, low: 7, high: 7 },
    ]);
    expect(smoothed(steps(2), [Number.NaN, Number.NaN], 3)).toEqual([]);
    expect(smoothed([], [], 3)).toEqual([]);
  });

  it('loses no value of a long run: the band reaches every spike', () => {
    const values = new Float32Array(100_000).fill(0.7);
    for (const spike of [0, 12_345, 50_001, 99_998]) values[spike] = 9;
    const points = smoothed(steps(values.length), values, windowOf(10, values.length));
    expect(points.length).toBeLessThanOrEqual(240);
    expect(points.at(-1)?.step).toBe(100_000);
    const reached = points.filter(({ high }) => high === 9).map(({ step }) => step);
    for (const spike of [1, 12_346, 50_002, 99_999]) {
      expect(Math.min(...reached.map((step) => Math.abs(step - spike)))).toBeLessThan(500);
    }
    expect(points.every(({ value }) => value < 0.8)).toBe(true);
  });

  it('follows what is shown where nothing else was chosen; the numbers as they are stay a choice', () => {
    expect([8, 1_000, 100_000].map((count) => windowOf('auto', count))).toEqual([1, 25, 2_500]);
    expect(windowOf(50, 1_000)).toBe(50);
    const history = new History();
    history.append(metricsOf(1, 10, { generatorLoss: 2 }));
    const [raw] = drawnSeries(history, ['generatorLoss'], { span: 1, lastSteps: 4 });
    expect(raw?.band).toBeNull();
    expect(raw?.line.map(({ step }) => step)).toEqual([7, 8, 9, 10]);
    expect(drawnSeries(history, ['generatorLoss'], { span: 'auto', lastSteps: null })[0]?.band).toHaveLength(10);
  });
});

describe('the axis of values', () => {
  const calm = Array.from({ length: 200 }, (_, i) => 0.7 + 0.1 * Math.sin(i));

  it('is not flattened by an outlier, and holds everything where there is none', () => {
    expect(robustRange([...calm, 37], 'linear')?.[1]).toBeLessThan(1);
    expect(robustRange([...calm, 1e-9, 37], 'log')?.every((bound) => bound > 0.5 && bound < 1)).toBe(true);
    expect(robustRange(calm, 'linear')).toEqual([Math.min(...calm), Math.max(...calm)]);
    expect(robustRange([0, -1, Number.NaN], 'log')).toBeNull();
    const series = [{ name: 'loss', line: [{ step: 1, value: 2 }], band: null }];
    expect(rangeOf(series, [], 'linear', [Math.LN2])).toEqual([Math.LN2, 2]);
    expect(rangeOf([], [], 'log', [Math.LN2])).toEqual([0.5, 1]);
  });

  it('has a mark with the value at the edge for what it does not reach, the farthest first, none on another', () => {
    const points = [3, 9, 8, 1, 7, -5].map((value, i) => ({ step: 10 * i, value }));
    expect(beyond(points, [0, 5], 15)).toEqual([
      { step: 10, value: 9, side: 'above' },
      { step: 40, value: 7, side: 'above' },
      { step: 50, value: -5, side: 'below' },
    ]);
  });

  it('has 1, 2 and 5 in each decade on the log scale, or decades alone where these are too many', () => {
    expect(logTicks([0.3, 3])).toEqual([0.2, 0.5, 1, 2, 5]);
    expect(logTicks([0.002, 40])).toEqual([1e-3, 1e-2, 0.1, 1, 10, 100]);
  });
});

describe('the steps', () => {
  it('are the same for all charts: the run’s and those of the runs compared, or the last of them', () => {
    const history = new History();
    expect(stepDomain(history, [], null)).toEqual([0, 1]);
    history.append(metricsOf(1, 50));
    const runs = [{ number: 1, record: sampleRecord({ steps: 80 }) }];
    expect(stepDomain(history, [], null)).toEqual([1, 50]);
    expect(stepDomain(history, runs, null)).toEqual([1, 80]);
    expect(stepDomain(history, runs, 10)).toEqual([41, 50]);
    expect(stepDomain(new History(), runs, 10)).toEqual([71, 80]);
  });
});

describe('the cursor', () => {
  const domain = [1, 1_000] as const;

  it('is at the step of the run that the pointer is nearest to', () => {
    expect(nearestStep([1, 4, 10], 6)).toBe(4);
    expect(nearestStep([1, 4, 10], 99)).toBe(10);
    expect(nearestStep([], 6.6)).toBe(7);
    expect(stepAt(steps(1_000), domain, 0.5)).toBe(500);
    expect(stepAt(steps(1_000), domain, 7)).toBe(1_000);
  });

  it('begins at the newest step by keyboard, whichever arrow it is, and goes on from there', () => {
    const press = (key: string, cursor: number | null) => stepOfKey(key, cursor, steps(1_000), domain);
    expect(press('ArrowLeft', null)).toBe(1_000);
    expect(press('ArrowRight', null)).toBe(1_000);
    expect(press('ArrowLeft', 1_000)).toBe(990);
    expect(press('ArrowRight', 1_000)).toBe(1_000);
    expect(press('PageDown', 500)).toBe(400);
    expect(press('Home', 500)).toBe(1);
    expect(press('End', 5)).toBe(1_000);
    expect(press('Escape', 5)).toBeNull();
    expect(press('Escape', null)).toBeUndefined();
    expect(press('a', 5)).toBeUndefined();
  });

  it('says what happened within a sign’s width of it', () => {
    const at = (step: number) => ({ step, kind: 'pause', facts: null }) as const;
    expect(marksNear([at(90), at(99), at(101), at(140)], 100, 1_000).map(({ step }) => step)).toEqual([99, 101, 90]);
    expect(marksNear([at(99)], 100, 20)).toEqual([]);
  });
});
