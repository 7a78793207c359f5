// Which runs the browser keeps when there are more than places for them.
import { describe, expect, it } from 'vitest';
import { type CheckpointHead, maxRuns, stayingOf } from '../../src/config/checkpoint.ts';

const head = (runId: string, seconds?: number): CheckpointHead => ({
  runId,
  slot: 0,
  sequence: 1,
  savedAt: 0,
  step: 1,
  half: false,
  seconds,
  dataset: 'Squares',
  bytes: 1,
});
const names = (runs: readonly CheckpointHead[]): string[] => stayingOf(runs).map(({ runId }) => runId);

describe('of the runs that stay', () => {
  it('the first is always one, and the others are the newest', () => {
    const many = Array.from({ length: 7 }, (_, i) => head(`${i}`, 100));
    expect(names(many)).toEqual(['0', '1', '2', '3', '4']);
    expect(names(many.slice(0, maxRuns))).toHaveLength(maxRuns);
    expect(names([])).toEqual([]);
  });

  it('those of less than a minute have only the places that are left, the longest first', () => {
    const brief = [1, 40, 2, 3, 30].map((i) => head(`${i} s`, i));
    expect(names([head('now', 1), ...brief, head('an hour', 3_600), head('a minute', 60)])).toEqual([
      'now',
      '40 s',
      '30 s',
      'an hour',
      'a minute',
    ]);
  });

  it('the one that is about to be taken up is one', () => {
    const many = Array.from({ length: 7 }, (_, i) => head(`${i}`, 100));
    expect(stayingOf([...many, head('next', 1)], 'next').map(({ runId }) => runId)).toEqual([
      '0',
      '1',
      '2',
      '3',
      'next',
    ]);
  });

  it('one that does not say how long it was trained may be worth an hour', () => {
    expect(names([...[1, 2, 3, 4, 5].map((i) => head(`brief ${i}`, i)), head('old')])).toContain('old');
  });
});
