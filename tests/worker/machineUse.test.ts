// When tensors are said to keep growing: when they do, and not when a picture happens to be drawn.
import { describe, expect, it } from 'vitest';
import { LeakWatch } from '../../src/worker/run/machineUse.ts';

/** What is said after each of these numbers of tensors, one for each step from the first. */
function watch(tensors: readonly number[]): (number | null)[] {
  const leaks = new LeakWatch();
  return tensors.map((each, i) => leaks.note(i + 1, each));
}

describe('tensors', () => {
  it('are not judged before the third step', () => {
    expect(watch([10, 40])).toEqual([null, null]);
  });

  it('that stay as many as after the third step are no leak, whatever came before', () => {
    expect(watch([10, 40, 50, 50, 50, 50, 50, 50, 50])).toEqual([null, null, ...Array(7).fill(0)]);
  });

  it('that come and go are none either', () => {
    expect(watch([50, 50, 50, 52, 50, 51, 53, 50, 54, 50, 55, 50])).toEqual([null, null, ...Array(10).fill(0)]);
  });

  it('that are a few more once and for all are none', () => {
    expect(watch([50, 50, 50, 52, 53, ...Array(20).fill(53)]).at(-1)).toBe(0);
  });

  it('that keep growing are, as soon as that is no accident', () => {
    expect(watch([50, 50, 50, 51, 52, 53, 54, 55, 56])).toEqual([null, null, 0, 0, 0, 0, 0, 5, 6]);
    expect(watch([50, 50, 50, 51, 51, 51, 52, 52, 53, 53, 54, 55]).at(-1)).toBe(5);
  });
});
