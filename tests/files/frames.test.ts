// The kept grids: never too many, the first and the newest among them, close together early and far apart late.
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/config/history.ts';
import { Frames } from '../../src/files/frames.ts';

const frame = (step: number): Frame => ({
  step,
  half: false,
  pictures: { pixels: new Uint8Array(0), count: 0 },
  realness: new Float32Array(0),
});

function fill(frames: Frames, steps: Iterable<number>): Frames {
  for (const step of steps) frames.add(frame(step));
  return frames;
}

const stepsOf = (frames: Frames): number[] =>
  Array.from({ length: frames.length }, (_, index) => frames.at(index)?.step ?? Number.NaN);

function* every(stride: number, last: number): Iterable<number> {
  for (let step = 0; step <= last; step += stride) yield step;
}

describe('the kept grids', () => {
  it('are all there while they are few', () => {
    expect(stepsOf(fill(new Frames(10), every(3, 27)))).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
  });

  it('are never more than the limit, with the first and the newest, in order', () => {
    const frames = new Frames(12);
    for (let step = 0; step < 1_000; step += 7) {
      frames.add(frame(step));
      const steps = stepsOf(frames);
      expect(steps.length).toBeLessThanOrEqual(12);
      expect(steps[0]).toBe(0);
      expect(steps.at(-1)).toBe(step);
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
    }
  });

  it('lie further apart the later they are, in proportion to their step', () => {
    const steps = stepsOf(fill(new Frames(40), every(1, 4_000)));
    const gapAt = (step: number): number => {
      const at = steps.findIndex((each) => each >= step);
      return (steps[at] ?? 0) - (steps[at - 1] ?? 0);
    };
    expect(steps).toHaveLength(40);
    // The newest are as dense as they come; before them a gap is a share of its step.
    expect(gapAt(10)).toBeLessThan(gapAt(100));
    expect(gapAt(100)).toBeLessThan(gapAt(1_000));
    const shares = steps.slice(8, -2).map((step, i) => ((steps[i + 9] ?? 0) - step) / step);
    expect(Math.max(...shares)).toBeLessThan(1);
  });

  it('take out what leaves the smallest gap for its step', () => {
    // The gap without it, as a share of its step: 100 of 10, 100 of 100, and 100 of 110.
    expect(stepsOf(fill(new Frames(4), [0, 10, 100, 110, 200]))).toEqual([0, 10, 100, 200]);
  });

  it('hold one grid a step: half a step later it is another', () => {
    const frames = fill(new Frames(5), [0, 1]);
    const later = frame(1);
    frames.add(later);
    expect(stepsOf(frames)).toEqual([0, 1]);
    expect(frames.at(1)).toBe(later);
  });

  it('are found by the nearest step', () => {
    const frames = fill(new Frames(5), [100, 110, 130]);
    expect([0, 104, 105, 106, 121, 9_999].map((step) => frames.nearest(step))).toEqual([0, 0, 0, 1, 2, 2]);
    expect(new Frames(5).nearest(3)).toBe(-1);
  });

  it('of weights that have seen steps elsewhere begin at theirs', () => {
    expect(stepsOf(fill(new Frames(4), [5_000, 5_001, 5_002, 5_003, 5_004]))).toEqual([5_000, 5_001, 5_002, 5_004]);
  });

  it('are none after they were cleared', () => {
    const frames = fill(new Frames(4), [1, 2]);
    frames.clear();
    expect(frames.length).toBe(0);
    expect(frames.at(0)).toBeNull();
  });
});
