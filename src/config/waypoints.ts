// Waypoints: states of a run on its way that one can train from, and the rule of which the browser keeps.
import { leastMissed } from './leastMissed.ts';

/** The state of a run after a step: all that it takes to go on from there, as a run of its own. */
export interface Waypoint {
  readonly runId: string;
  readonly step: number;
  readonly half: boolean;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly bytes: number;
}

/** Where a run was begun that goes on from a waypoint of another. */
export interface RunOrigin {
  readonly runId: string;
  readonly step: number;
  readonly half: boolean;
  /** When that run's first step was taken, in milliseconds since 1970: its name in the list. */
  readonly started: number;
}

/** Of a run. */
export const maxWaypoints = 20;
/** Of all runs together. */
export const waypointBudget = 256 * 2 ** 20;
/** A larger one is not kept: there would be no room for some of a run. */
export const largestWaypoint = waypointBudget / 4;

/**
 * Those that go, of all that are kept, where `runId` has just got its newest: of its own the least missed of more than
 * there are places for; and until all fit into the budget those of other runs, the oldest first, and then more of its
 * own.
 */
export function waypointsToDrop(all: readonly Waypoint[], runId: string): readonly Waypoint[] {
  const own = all.filter((each) => each.runId === runId).sort((a, b) => a.step - b.step);
  const others = all.filter((each) => each.runId !== runId).sort((a, b) => a.savedAt - b.savedAt);
  const dropped: Waypoint[] = [];
  let bytes = all.reduce((sum, each) => sum + each.bytes, 0);
  const drop = (from: Waypoint[], at: number): void => {
    for (const gone of from.splice(at, 1)) {
      dropped.push(gone);
      bytes -= gone.bytes;
    }
  };
  const thin = (): void => drop(own, own.length > 2 ? leastMissed(own.map(({ step }) => step)) : 0);
  while (own.length > maxWaypoints) thin();
  while (bytes > waypointBudget && others.length > 0) drop(others, 0);
  while (bytes > waypointBudget && own.length > 0) thin();
  return dropped;
}

/** The nearest at or before a step, of those of one run in their order; null where there is none. */
export const waypointAt = (waypoints: readonly Waypoint[], step: number): Waypoint | null =>
  waypoints.findLast((each) => each.step <= step) ?? null;
