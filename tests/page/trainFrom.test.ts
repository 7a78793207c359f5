// Train from here: a state that was kept on a run's way goes on as a run of its own, and the run itself stays.
import { expect, it, vi } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { waypointShown } from '../../src/page/explore/frameShown.ts';
import type { PageState } from '../../src/page/state/store.ts';
import { memoryCheckpoints } from '../support/memoryCheckpoints.ts';
import { pagesOfEachTest, until } from '../support/pageWithSession.ts';

// As in worker/session.test.ts: Node takes no turns between messages and the rest by itself.
vi.mock('../../src/worker/shared/yieldToMessages.ts', () => ({
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
}));
// These runs take no time: a waypoint at every rest.
vi.mock('../../src/worker/saves/waypointPace.ts', () => ({
  WaypointPace: class {
    isDue = () => true;
  },
}));

const open = pagesOfEachTest();

/** What the slider shows at a step. */
const heldAt = (state: PageState, step: number): PageState => ({
  ...state,
  frameShown: { held: { step } as never, glanced: null },
});

it('a run goes on from an earlier step as another, and stays what it was', async () => {
  const page = await open();
  await page.trainTo(2);
  const early = page.step();
  await page.trainTo(early + 3);
  const [run, step] = [page.id(), page.step()];
  expect(page.state().autosave.waypoints?.list.map((each) => each.step)).toEqual([0, early, step]);
  const waypoint = waypointShown(heldAt(page.state(), early + 1));
  expect(waypoint).toMatchObject({ runId: run, step: early });
  if (waypoint === null) return;
  const saved = (await page.saves(run)).at(0);
  await page.actions.trainFrom(waypoint);
  await until(() => page.step() > early);
  await page.actions.pause();
  await page.settled();
  const other = page.id();
  expect(other).not.toBe(run);
  const origin = { runId: run, step: early, half: waypoint.half };
  expect(page.state().description?.resumed).toMatchObject({ origin });
  expect((await page.saves(run)).at(0)).toBe(saved);
  expect(page.state().autosave.list).toMatchObject([{ runId: other, origin }, { runId: run }]);
  // It says where it comes from however often it is taken up again.
  await page.actions.resume(run);
  expect([page.id(), page.step()]).toEqual([run, step]);
  expect(page.state().description?.resumed?.origin).toBeUndefined();
  await until(() => page.state().autosave.waypoints?.runId === run);
  expect(waypointShown(page.state())).toMatchObject({ runId: run, step });
  await page.actions.resume(other);
  expect(page.state().description?.resumed).toMatchObject({ origin });
});

it('does not train where Pause is pressed before it stands', async () => {
  const page = await open();
  await page.trainTo(3);
  const [run, waypoint] = [page.id(), waypointShown(heldAt(page.state(), 1))];
  if (waypoint === null) return expect.unreachable();
  const opened = page.actions.trainFrom(waypoint);
  await page.actions.pause();
  await opened;
  await page.settled();
  expect(page.id()).not.toBe(run);
  expect([page.step(), page.state().session]).toEqual([waypoint.step, 'ready']);
});

it('what was kept on the way goes with its run', async () => {
  const page = await open();
  await page.trainTo(2);
  const run = page.id();
  expect(await page.checkpoints.waypoints(run)).not.toEqual([]);
  await page.actions.reset();
  await page.settled();
  await page.autosave.delete(run);
  expect(await page.checkpoints.waypoints(run)).toEqual([]);
});

it('a state that is gone meanwhile is said to be, and the run stays', async () => {
  const page = await open();
  await page.trainTo(2);
  const run = page.id();
  const waypoint = waypointShown(heldAt(page.state(), 1));
  await page.checkpoints.dropWaypoints();
  if (waypoint !== null) await page.actions.trainFrom(waypoint);
  expect(page.state().problems).toMatchObject([{ code: 'run-not-kept' }]);
  expect([page.id(), page.state().session]).toEqual([run, 'paused']);
});

it('makes room for a save where the browser has none left', async () => {
  const checkpoints = memoryCheckpoints();
  const page = await open({ checkpoints });
  await page.trainTo(2);
  const run = page.id();
  const write = checkpoints.write.bind(checkpoints);
  checkpoints.write = async (...parts) => {
    if (checkpoints.passed.length > 0) throw new GanvasError('storage-full', {});
    return write(...parts);
  };
  const keep = checkpoints.keepWaypoint.bind(checkpoints);
  checkpoints.keepWaypoint = async () => {
    throw new GanvasError('storage-full', {});
  };
  await page.trainTo(page.step() + 2);
  expect(await page.saves(run)).toContain(page.step());
  expect(page.state().autosave).toMatchObject({ trouble: null, waypoints: { runId: run, list: [] } });
  expect(waypointShown(page.state())).toBeNull();
  checkpoints.keepWaypoint = keep;
});

it('a worker that is lost while it opens one takes the run before up again', async () => {
  const page = await open();
  await page.trainTo(3);
  const run = page.id();
  const waypoint = waypointShown(page.state());
  page.mischief.starting = new Promise(() => {});
  if (waypoint !== null) void page.actions.trainFrom(waypoint);
  await page.settled();
  page.mischief.starting = Promise.resolve();
  page.crash();
  await until(() => page.workers.length === 2 && page.state().session === 'ready');
  await page.settled();
  expect(page.id()).toBe(run);
  expect(page.state().problems).toMatchObject([{ kind: 'recovered' }]);
});
