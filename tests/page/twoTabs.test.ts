// Two tabs of one browser, each a real page with a real session, and one place where runs are kept: the run goes from
// one to the
// other and back, and nothing that either has made of it is lost.
import { expect, it, vi } from 'vitest';
import { maxRuns } from '../../src/config/checkpoint.ts';
import { FakeArchive } from '../support/fakeArchive.ts';
import { FakeLock } from '../support/fakeStorage.ts';
import { memoryCheckpoints } from '../support/memoryCheckpoints.ts';
import { asHours, hours, pagesOfEachTest, until } from '../support/pageWithSession.ts';

// As in worker/session.test.ts: Node takes no turns between messages and the rest by itself.
vi.mock('../../src/worker/shared/yieldToMessages.ts', () => ({
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
}));

const open = pagesOfEachTest();
type Tab = Awaited<ReturnType<typeof open>>;

/** Trained here, then in another tab, which is closed; and here again, where it stands as it was. */
async function thereAndBack({ checkpoints = memoryCheckpoints(), archive = new FakeArchive() } = {}) {
  const here = await open({ checkpoints, archive });
  await here.trainTo(3);
  const run = here.id();
  await here.lock.ask();
  here.lock.give(false);
  const there = await open({ checkpoints, archive });
  await there.actions.resume(run);
  await there.trainTo(here.step() + 5);
  const further = await there.saves(run);
  there.close();
  return { here, run, further };
}

it('what the other has made of a run stays, and what is here is kept under another name', async () => {
  const { here, run, further } = await thereAndBack();
  here.lock.give(true);
  await here.settled();
  await here.autosave.save();
  await here.trainTo(here.step() + 1);
  expect(await here.saves(run)).toEqual(further);
  expect(here.id()).not.toBe(run);
  expect((await here.saves(here.id()))[0]).toBe(here.step());
  expect(here.state().autosave.list?.map((head) => head.runId)).toEqual([here.id(), run]);
});

it('… and is offered here; gone on with, it is kept under its own name, and what was here stays as well', async () => {
  const { here, run, further } = await thereAndBack();
  here.lock.give(true);
  await here.settled();
  expect(here.state().autosave.offered).toBe(run);
  const [other, kept] = [here.id(), await here.saves(here.id())];
  await here.actions.resume(run);
  expect([here.id(), here.step()]).toEqual([run, further[0]]);
  await here.trainTo(here.step() + 1);
  await here.trainTo(here.step() + 1);
  expect((await here.saves(run))[0]).toBe(here.step());
  expect(new Set(await here.saves(other))).toEqual(new Set(kept));
  const step = here.step();
  here.crash();
  await until(() => here.workers.length === 2 && here.state().session === 'ready');
  expect(here.step()).toBe(step);
});

it.each([
  'a run of a few seconds',
  'one of an hour',
])('%s goes there and back and costs no other its place', async (which) => {
  const checkpoints = memoryCheckpoints();
  const others = await hours(checkpoints, maxRuns - 1);
  if (which === 'one of an hour') asHours(checkpoints);
  const { here, run, further } = await thereAndBack({ checkpoints });
  here.lock.give(true);
  await here.settled();
  expect(new Set(await here.kept())).toEqual(new Set([run, here.id(), ...others]));
  expect(await here.saves(run)).toEqual(further);
});

/** The other tab is closed, and this one trains on: what the other has kept of the run stays. */
async function goesOverNothing(here: Tab, there: Tab, run: string): Promise<void> {
  const further = await there.saves(run);
  there.close();
  here.lock.give(true);
  await here.settled();
  await here.trainTo(here.step() + 1);
  expect(await here.saves(run)).toEqual(further);
}

it('a run that the other trains, taken up where it is not to be kept, goes over nothing later', async () => {
  const checkpoints = memoryCheckpoints();
  const there = await open({ checkpoints });
  await there.trainTo(2);
  const run = there.id();
  const here = await open({ checkpoints, lock: new FakeLock(false) });
  await here.actions.resume(run);
  await there.trainTo(there.step() + 4);
  await goesOverNothing(here, there, run);
});

it('a run that the other has deleted, and trained on, is not written over either', async () => {
  const checkpoints = memoryCheckpoints();
  const here = await open({ checkpoints });
  for (let i = 0; i < 6; i++) await here.trainTo(here.step() + 1);
  const run = here.id();
  here.lock.give(false);
  const there = await open({ checkpoints });
  await there.actions.resume(run);
  await there.actions.train();
  await there.autosave.delete(run);
  await there.trainTo(here.step() + 3);
  await goesOverNothing(here, there, run);
});

it('the record of a run that was handed over is the other’s to write', async () => {
  const archive = new FakeArchive();
  const { here, run } = await thereAndBack({ archive });
  const steps = async () => (await archive.all()).records.find(({ runId }) => runId === run)?.steps;
  const before = await steps();
  await here.runs.save();
  expect(await steps()).toBe(before);
});

it('handing over while the worker is lost is no error of the page', async () => {
  const page = await open();
  await page.actions.train();
  await until(() => page.step() > 0);
  const asked = page.lock.ask();
  page.crash();
  await expect(asked).resolves.toBeUndefined();
});
