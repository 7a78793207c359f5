// Where a run was when its page was closed, as this version and earlier ones have stored it.
import { afterEach, expect, it, vi } from 'vitest';
import type { CheckpointHead } from '../../src/config/checkpoint.ts';
import { lastRunHere, lastStepOf } from '../../src/page/autosave/lastPosition.ts';

afterEach(() => vi.unstubAllGlobals());

const stored = (value: unknown) => {
  for (const place of ['localStorage', 'sessionStorage']) {
    vi.stubGlobal(place, { getItem: () => JSON.stringify(value) });
  }
};

const head = (change: Partial<CheckpointHead> = {}): CheckpointHead => ({
  runId: 'mine',
  slot: 0,
  sequence: 1,
  savedAt: 0,
  step: 240,
  half: false,
  dataset: 'mnist',
  bytes: 3,
  ...change,
});

it.each([
  ['this version', { runId: 'mine', step: 260 }],
  ['earlier versions', { run: 'mine', step: 260 }],
])('is read as %s stored it', (_, value) => {
  stored(value);
  expect(lastRunHere()).toBe('mine');
  expect(lastStepOf(head())).toBe(260);
  expect(lastStepOf(head({ step: 260 }))).toBeNull();
  expect(lastStepOf(head({ runId: 'another' }))).toBeNull();
});

it.each([null, 'mine', {}, { runId: 3, step: 260 }, { run: null, step: 260 }])('is nothing where it is %j', (value) => {
  stored(value);
  expect(lastRunHere()).toBeNull();
  expect(lastStepOf(head())).toBeNull();
});

it('is no step where none is stored', () => {
  stored({ runId: 'mine' });
  expect(lastStepOf(head())).toBeNull();
});
