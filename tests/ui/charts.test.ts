// What is laid over the curves: the points of kept runs on the same steps, and labels that stay apart.
import { describe, expect, it } from 'vitest';
import { overlaysOf, stepsOf, within } from '../../src/ui/charts/overlays.ts';
import { spread } from '../../src/ui/charts/spread.ts';
import { curveOf, sampleRecord } from '../page/runHistory/sampleRecord.ts';

const asTheyAre = { span: 1, share: 0 };

describe('the curves of kept runs', () => {
  const runs = [
    { number: 1, record: sampleRecord() },
    { number: 3, record: sampleRecord({ curves: { ...sampleRecord().curves, generatorLoss: curveOf() } }) },
  ];

  it('are those that there are, each under its run’s number', () => {
    const overlays = overlaysOf(runs, ['discriminatorLoss', 'generatorLoss'], asTheyAre);
    expect(overlays.map(({ name, number }) => `${number} ${name}`)).toEqual([
      '1 discriminatorLoss',
      '1 generatorLoss',
      '3 discriminatorLoss',
    ]);
    expect(overlays[0]?.points.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(overlays[0]?.points.at(-1)?.value).toBeCloseTo(0.5);
    expect(stepsOf(overlays)).toEqual([1, 3]);
    expect(stepsOf([])).toBeNull();
  });

  it('are smoothed over as many steps as the current one’s, thinned as they are', () => {
    const zigzag = Array.from({ length: 200 }, (_, i) => i % 2);
    const sparse = { ...curveOf(...zigzag), steps: Uint32Array.from(zigzag, (_, i) => 100 * i + 1) };
    const spreadOf = (span: number, share = 0): number => {
      const record = sampleRecord({ curves: { ...sampleRecord().curves, generatorLoss: sparse } });
      const values = (overlaysOf([{ number: 1, record }], ['generatorLoss'], { span, share })[0]?.points ?? []).map(
        ({ value }) => value,
      );
      const late = values.slice(-50);
      return Math.max(...late) - Math.min(...late);
    };
    // Ten steps are a tenth of the way from one point to the next; two thousand are twenty points.
    expect(spreadOf(10)).toBe(1);
    expect(spreadOf(2_000)).toBeLessThan(0.2);
    expect(spreadOf(1, 0.1)).toBeLessThan(0.2);
  });

  it('are cut to the steps that are seen, and gone where none of them is', () => {
    const overlays = overlaysOf(runs.slice(0, 1), ['generatorLoss'], asTheyAre);
    expect(within(overlays, 2, 9)[0]?.points.map(({ step }) => step)).toEqual([2, 3]);
    expect(within(overlays, 4, 9)).toEqual([]);
  });
});

describe('labels in a column', () => {
  it('stay where they belong as long as there is room', () => {
    const boxes = [10, 60, 30].map((top) => ({ top, height: 15 }));
    expect(spread(boxes, 0, 100)).toEqual([10, 60, 30]);
  });

  it('move apart evenly where they meet', () => {
    expect(
      spread(
        [
          { top: 40, height: 30 },
          { top: 50, height: 30 },
        ],
        0,
        200,
      ),
    ).toEqual([30, 60]);
  });

  it('never overlap, never leave their column, and keep their order', () => {
    const boxes = [95, 96, 20, 97, 21, 22, 99].map((top, i) => ({ top, height: i % 2 === 0 ? 13 : 10 }));
    const tops = spread(boxes, 0, 110);
    const placed = boxes.map(({ top, height }, i) => ({ wanted: top, top: tops[i] ?? Number.NaN, height }));
    const order = placed.toSorted((a, b) => a.top - b.top);
    expect(order.map(({ wanted }) => wanted)).toEqual([20, 21, 22, 95, 96, 97, 99]);
    for (const [i, { top, height }] of order.entries()) {
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top + height).toBeLessThanOrEqual((order[i + 1]?.top ?? 110) + 1e-9);
    }
  });

  it('are none where there are none', () => {
    expect(spread([], 0, 10)).toEqual([]);
  });
});
