// The page and its worker together, where what one does crosses what the other does: neither is left with a run of its own, and no
// run is lost.
import { afterEach, expect, it, vi } from 'vitest';
import { GanvasError } from '../../src/config/errors.ts';
import { maxRuns } from '../../src/config/kept.ts';
import { FakeLock } from '../support/fakeStorage.ts';
import { type MemoryCheckpoints, memoryCheckpoints } from '../support/memoryCheckpoints.ts';
import { pageWithSession, until } from '../support/pageWithSession.ts';

// As in worker/session.test.ts: Node takes no turns between messages and the rest by itself.
vi.mock('../../src/worker/yieldToMessages.ts', () => ({
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
}));
vi.stubGlobal('fetch', () => Promise.reject(new Error('There is no network here.')));

const pages: { close(): void }[] = [];
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});
const open: typeof pageWithSession = async (...parts) => {
  const page = await pageWithSession(...parts);
  pages.push(page);
  return page;
};

/** Runs of an hour each, the newest first. */
async function hours(checkpoints: MemoryCheckpoints, count = maxRuns): Promise<string[]> {
  const names = Array.from({ length: count }, (_, i) => `hour ${i}`);
  for (const [i, run] of names.entries()) {
    const head = { run, savedAt: 1_000 - i, step: 9_000, half: false, seconds: 3_600, dataset: 'MNIST' };
    await checkpoints.write(head, new Uint8Array(3), 0);
  }
  return names;
}

/** The browser is slow to write. */
function slowly(checkpoints: MemoryCheckpoints): MemoryCheckpoints {
  const write = checkpoints.write.bind(checkpoints);
  checkpoints.write = async (...parts) => {
    await new Promise((resolve) => setTimeout(resolve, 40));
    return write(...parts);
  };
  return checkpoints;
}

it('what another tab has made of a run stays, and is offered, when this tab has the lock again', async () => {
  const checkpoints = memoryCheckpoints();
  const here = await open(checkpoints);
  await here.trainTo(3);
  const run = here.id();
  const there = await open(checkpoints, new FakeLock(false));
  await here.lock.ask();
  here.lock.give(false);
  there.lock.give(true);
  await there.settled();
  await there.actions.resume(run);
  await there.trainTo(here.step() + 5);
  const further = await there.saves(run);
  there.close();
  here.lock.give(true);
  await here.settled();
  await here.keeping.save();
  await here.trainTo(here.step() + 1);
  expect(await here.saves(run)).toEqual(further);
  // What this tab has is kept under another name.
  expect(here.id()).not.toBe(run);
  expect((await here.saves(here.id()))[0]).toBe(here.step());
  expect(here.state().keeping.list?.map((head) => head.run)).toEqual([here.id(), run]);
});

it('… as the one to continue', async () => {
  const checkpoints = memoryCheckpoints();
  const here = await open(checkpoints);
  await here.trainTo(2);
  const run = here.id();
  here.lock.give(false);
  const there = await open(checkpoints, new FakeLock(true));
  await there.actions.resume(run);
  await there.trainTo(here.step() + 2);
  const further = there.step();
  there.close();
  here.lock.give(true);
  await here.settled();
  expect(here.state().keeping.offered).toBe(run);
  await here.actions.resume(run);
  expect(here.step()).toBe(further);
  expect(here.id()).toBe(run);
});

it('a file that comes to nothing late leaves no run that only looks alive', async () => {
  const page = await open();
  await page.trainTo(3);
  const [file, run, step] = [await page.file(), page.id(), page.step()];
  page.mischief.accelerator = new GanvasError('internal', 'The accelerator does not start.');
  await page.actions.openFile(file);
  page.mischief.accelerator = null;
  expect(page.state()).toMatchObject({ session: 'failed', problems: [{ message: 'The accelerator does not start.' }] });
  await page.actions.restart('page');
  expect(page.state()).toMatchObject({ session: 'ready', keeping: { offered: run } });
  await page.actions.resume(run);
  expect(page.step()).toBe(step);
});

it('a GPU that is lost while a file is opened brings the run before back', async () => {
  const page = await open();
  await page.trainTo(3);
  const [file, run, step] = [await page.file(), page.id(), page.step()];
  page.mischief.onEvent = ({ name, payload }, session) => {
    if (name !== 'progress' || payload?.stage !== 'building') return;
    page.mischief.onEvent = () => {};
    session.fail(new GanvasError('accelerator-lost', 'The GPU is gone.'));
  };
  await page.actions.openFile(file);
  await until(() => page.state().session === 'ready');
  expect(page.workers).toHaveLength(2);
  expect([page.id(), page.step()]).toEqual([run, step]);
  expect(page.state().problems).toMatchObject([{ code: 'recovered', message: expect.stringMatching(/waits at step/) }]);
});

it('Reset pressed while a file’s last digits are drawn is what stands then, on both sides', async () => {
  const page = await open();
  await page.trainTo(3);
  const file = await page.file();
  page.mischief.onEvent = ({ name, run }) => {
    if (name !== 'grid' || run === page.state().run) return;
    page.mischief.onEvent = () => {};
    void page.actions.reset();
  };
  await page.actions.openFile(file);
  await until(() => page.state().session === 'ready');
  expect(page.step()).toBe(0);
  await page.trainTo(2);
  expect(page.state().session).toBe('paused');
});

it.each([
  'a run that is kept',
  'one that is not',
])('Reset pressed while a worker is replaced ends %s', async (which) => {
  const page = await open(memoryCheckpoints(), new FakeLock(which === 'a run that is kept'));
  await page.trainTo(3);
  const run = page.id();
  await page.actions.train();
  page.crash();
  await page.actions.reset();
  await page.settled();
  expect(page.state()).toMatchObject({ session: 'ready', touched: false, intent: null, problems: [] });
  expect(page.id()).not.toBe(run);
});

it('a file that is only looked at takes no other run’s place, and one that is trained takes the oldest’s', async () => {
  const maker = await open();
  await maker.trainTo(2);
  const file = await maker.file();
  const checkpoints = memoryCheckpoints();
  const before = await hours(checkpoints);
  const page = await open(checkpoints);
  await page.actions.openFile(file);
  await page.settled();
  expect(await page.kept()).toEqual([page.id(), ...before]);
  expect(page.state().keeping.list?.map(({ run }) => run)).toEqual([page.id(), ...before]);
  await page.trainTo(page.step() + 1);
  expect(await page.kept()).toEqual([page.id(), ...before.slice(0, -1)]);
  expect(page.state().keeping.list?.map(({ run }) => run)).toEqual([page.id(), ...before.slice(0, -1)]);
});

it('the oldest run is continued, and makes no place for the one that it takes over from', async () => {
  const checkpoints = memoryCheckpoints();
  const maker = await open(checkpoints);
  await maker.trainTo(4);
  const [oldest, step] = [maker.id(), maker.step()];
  maker.close();
  for (const each of checkpoints.kept) Object.assign(each.head, { savedAt: 1, seconds: 3_600 });
  const others = await hours(checkpoints, maxRuns - 1);
  const page = await open(checkpoints);
  await page.actions.train();
  await until(() => page.step() > 1);
  await page.actions.resume(oldest);
  expect([page.id(), page.step()]).toEqual([oldest, step]);
  await page.settled();
  expect(await page.kept()).toEqual(expect.arrayContaining([oldest, ...others.slice(0, -1)]));
});

it('a file that another takes the place of goes, though its save was still on its way', async () => {
  const page = await open(slowly(memoryCheckpoints()));
  await page.trainTo(2);
  const file = await page.file();
  await page.settled();
  await page.actions.openFile(file);
  const first = page.id();
  await page.actions.openFile(file);
  await page.settled();
  await page.settled();
  expect(page.id()).not.toBe(first);
  expect(await page.saves(first)).toEqual([]);
  expect(page.state().keeping.list?.some(({ run }) => run === first)).toBe(false);
});

it('a run that another tab trains, taken up where it was never to be kept, goes over nothing later', async () => {
  const checkpoints = memoryCheckpoints();
  const there = await open(checkpoints);
  await there.trainTo(2);
  const run = there.id();
  const here = await open(checkpoints, new FakeLock(false));
  await here.actions.resume(run);
  await there.trainTo(there.step() + 4);
  const further = await there.saves(run);
  there.close();
  here.lock.give(true);
  await here.settled();
  await here.trainTo(here.step() + 1);
  expect(await here.saves(run)).toEqual(further);
});
