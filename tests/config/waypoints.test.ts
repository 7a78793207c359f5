// Which waypoints of a run stay, and which one is trained on from.
import { describe, expect, it } from 'vitest';
import {
  maxWaypoints,
  type Waypoint,
  waypointAt,
  waypointBudget,
  waypointsToDrop,
} from '../../src/config/waypoints.ts';

const at = (runId: string, step: number, bytes = 1_000): Waypoint => ({
  runId,
  step,
  half: false,
  savedAt: step,
  bytes,
});

/** A run passes these, one after the other. */
function pass(steps: readonly number[], before: readonly Waypoint[], bytes?: number): readonly Waypoint[] {
  let kept = before;
  for (const step of steps) {
    const all = [...kept, at('now', step, bytes)];
    const dropped = waypointsToDrop(all, 'now');
    kept = all.filter((each) => !dropped.includes(each));
  }
  return kept;
}

const hundred = Array.from({ length: 100 }, (_, i) => i * 10);

describe('waypoints', () => {
  it('are as many as there are places for, the first and the newest among them, the later the further apart', () => {
    const steps = pass(hundred, []).map(({ step }) => step);
    expect(steps).toHaveLength(maxWaypoints);
    expect([steps[0], steps.at(-1)]).toEqual([0, 990]);
    const gaps = steps.slice(1).map((step, i) => step - (steps[i] ?? 0));
    expect(gaps[0]).toBeLessThan(gaps.at(-4) ?? 0);
  });

  it('of other runs go first where all are too many bytes, the oldest first, and then the least missed', () => {
    const others = [at('before', 1, waypointBudget / 2), at('long before', 0, waypointBudget / 2)];
    const bytes = waypointBudget / 8;
    expect(pass([1], others, bytes).map(({ runId }) => runId)).toEqual(['before', 'now']);
    const kept = pass(hundred, others, bytes);
    expect(kept.map(({ runId }) => runId)).toEqual(Array.from({ length: 8 }, () => 'now'));
    expect(kept.reduce((sum, each) => sum + each.bytes, 0)).toBeLessThanOrEqual(waypointBudget);
    expect([kept[0]?.step, kept.at(-1)?.step]).toEqual([0, 990]);
  });

  it('are trained on from at the step that is looked at, or before it', () => {
    const all = [at('now', 10), at('now', 20), at('now', 40)];
    expect([5, 10, 39, 400].map((step) => waypointAt(all, step)?.step)).toEqual([undefined, 10, 20, 40]);
  });
});
