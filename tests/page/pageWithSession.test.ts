// The page and its worker together, where what one does crosses what the other does: neither is left with a run of its
// own, and no
// run is lost.
import { describe, expect, it, vi } from 'vitest';
import { maxRuns } from '../../src/config/checkpoint.ts';
import { GanvasError } from '../../src/config/errors.ts';
import type { PageState } from '../../src/page/state/store.ts';
import { origin } from '../../src/ui/words/en/progress.ts';
import { npy, npyHeader, samplePixels } from '../data/samples.ts';
import { FakeArchive } from '../support/fakeArchive.ts';
import { FakeLock } from '../support/fakeStorage.ts';
import { type MemoryCheckpoints, memoryCheckpoints } from '../support/memoryCheckpoints.ts';
import { asHours, hours, pagesOfEachTest, until } from '../support/pageWithSession.ts';
import { sentenceOf } from '../support/sentence.ts';

const originOf = ({ loaded }: PageState): string | null => loaded && origin(loaded.info.origin);

// As in worker/session.test.ts: Node takes no turns between messages and the rest by itself.
vi.mock('../../src/worker/shared/yieldToMessages.ts', () => ({
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
}));

const open = pagesOfEachTest();

/** The browser is slow to write. */
function slowly(checkpoints: MemoryCheckpoints): MemoryCheckpoints {
  const write = checkpoints.write.bind(checkpoints);
  checkpoints.write = async (...parts) => {
    await new Promise((resolve) => setTimeout(resolve, 40));
    return write(...parts);
  };
  return checkpoints;
}

it('a file that comes to nothing late leaves no run that only looks alive', async () => {
  const page = await open();
  await page.trainTo(3);
  const [file, run, step] = [await page.file(), page.id(), page.step()];
  page.mischief.accelerator = new GanvasError('internal', { message: 'The accelerator does not start.' });
  await page.actions.openFile(file);
  page.mischief.accelerator = null;
  expect(page.state()).toMatchObject({
    session: 'failed',
    problems: [{ facts: { message: 'The accelerator does not start.' } }],
  });
  await page.actions.restart('page');
  expect(page.state()).toMatchObject({ session: 'ready', autosave: { offered: run } });
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
    session.fail(new GanvasError('gpu-lost', {}));
  };
  await page.actions.openFile(file);
  await until(() => page.state().session === 'ready');
  expect(page.workers).toHaveLength(2);
  expect([page.id(), page.step()]).toEqual([run, step]);
  expect(page.state().problems).toMatchObject([{ kind: 'recovered' }]);
  expect(page.state().problems.map(sentenceOf)).toEqual([expect.stringMatching(/waits at step/)]);
});

it('Reset pressed while a file’s last digits are drawn is what stands then, on both sides', async () => {
  const page = await open();
  await page.trainTo(3);
  const file = await page.file();
  page.mischief.onEvent = ({ name, workerRun }) => {
    if (name !== 'grid' || workerRun === page.state().workerRun) return;
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
  const page = await open({ lock: new FakeLock(which === 'a run that is kept') });
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
  const page = await open({ checkpoints });
  await page.actions.openFile(file);
  await page.settled();
  expect(await page.kept()).toEqual([page.id(), ...before]);
  expect(page.state().autosave.list?.map(({ runId }) => runId)).toEqual([page.id(), ...before]);
  await page.trainTo(page.step() + 1);
  expect(await page.kept()).toEqual([page.id(), ...before.slice(0, -1)]);
  expect(page.state().autosave.list?.map(({ runId }) => runId)).toEqual([page.id(), ...before.slice(0, -1)]);
});

it('the oldest run is continued, and makes no place for the one that it takes over from', async () => {
  const checkpoints = memoryCheckpoints();
  const maker = await open({ checkpoints });
  await maker.trainTo(4);
  const [oldest, step] = [maker.id(), maker.step()];
  maker.close();
  for (const each of checkpoints.kept) Object.assign(each.head, { savedAt: 1, seconds: 3_600 });
  const others = await hours(checkpoints, maxRuns - 1);
  const page = await open({ checkpoints });
  await page.actions.train();
  await until(() => page.step() > 1);
  await page.actions.resume(oldest);
  expect([page.id(), page.step()]).toEqual([oldest, step]);
  await page.settled();
  expect(await page.kept()).toEqual(expect.arrayContaining([oldest, ...others.slice(0, -1)]));
});

it('a file that another takes the place of goes, though its save was still on its way', async () => {
  const page = await open({ checkpoints: slowly(memoryCheckpoints()) });
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
  expect(page.state().autosave.list?.some(({ runId }) => runId === first)).toBe(false);
});

it('a file that is still being read when a worker is replaced stands in the end', async () => {
  const page = await open();
  await page.trainTo(3);
  const file = await page.file();
  const bytes = await file.arrayBuffer();
  let read = (_: ArrayBuffer): void => {};
  const reading = new Promise<ArrayBuffer>((resolve) => {
    read = resolve;
  });
  const opened = page.actions.openFile(Object.assign(new File([bytes], file.name), { arrayBuffer: () => reading }));
  await page.settled();
  page.crash();
  await until(() => page.workers.length === 2 && page.state().session === 'ready');
  const before = page.id();
  read(bytes);
  await opened;
  expect(page.state().session).toBe('ready');
  expect(page.id()).not.toBe(before);
  expect(page.step()).toBeGreaterThanOrEqual(3);
});

it('a file that is dropped before there is a worker stands in the end', async () => {
  const maker = await open();
  await maker.trainTo(2);
  const file = await maker.file();
  const page = await open({ early: (actions) => actions.openFile(file) });
  await until(() => page.state().touched && page.state().session === 'ready');
  expect(page.step()).toBe(maker.step());
});

it('a file that fails late, while a kept run cannot be read, leaves no run that only looks alive', async () => {
  const page = await open();
  await page.trainTo(3);
  const file = await page.file();
  let start = (): void => {};
  page.mischief.starting = new Promise<void>((resolve) => {
    start = resolve;
  });
  page.mischief.accelerator = new GanvasError('webgl-absent', {});
  const opened = page.actions.openFile(file);
  await page.settled();
  const resumed = page.actions.resume('nobody');
  start();
  await opened;
  await resumed;
  expect(page.state().session).toBe('failed');
});

it('a learning rate that was changed just before the worker is lost is still what the visitor wants', async () => {
  const page = await open();
  await page.trainTo(3);
  await page.actions.train();
  await until(() => page.state().session === 'training');
  page.actions.setSetting('generatorLearningRate', 0.00123);
  page.crash();
  await until(() => page.workers.length === 2 && page.state().session === 'training');
  expect(page.state().config.generatorLearningRate).toBe(0.00123);
  await page.actions.pause();
  expect((await page.checkpoints.list())[0]?.runId).toBe(page.id());
});

it('and one that is changed while the worker is replaced', async () => {
  const page = await open();
  await page.trainTo(3);
  await page.actions.train();
  await until(() => page.state().session === 'training');
  let start = (): void => {};
  page.mischief.starting = new Promise<void>((resolve) => {
    start = resolve;
  });
  page.crash();
  await page.settled();
  page.actions.setSetting('generatorLearningRate', 0.00123);
  start();
  await until(() => page.workers.length === 2 && page.state().session === 'training');
  await page.actions.pause();
  expect(page.state().config.generatorLearningRate).toBe(0.00123);
});

it('Reset pressed while a worker is replaced trains nothing, though its successor is lost, too', async () => {
  const page = await open();
  await page.trainTo(3);
  await page.actions.train();
  await until(() => page.state().session === 'training');
  page.crash();
  void page.actions.reset();
  page.crash();
  await until(() => page.workers.length === 3 && page.state().session === 'ready');
  await page.settled();
  expect(page.state()).toMatchObject({ session: 'ready', touched: false });
});

it('Train pressed while a file is being opened trains it', async () => {
  const page = await open();
  await page.trainTo(3);
  const [file, before] = [await page.file(), page.id()];
  page.mischief.starting = new Promise((resolve) => setTimeout(resolve, 200));
  const opened = page.actions.openFile(file);
  await page.settled();
  await page.actions.train();
  await opened;
  await until(() => page.state().session === 'training');
  expect(page.id()).not.toBe(before);
});

describe('Continue', () => {
  /** A page with a run, and another that is kept; `slow`: so long takes each save. */
  async function withAnother(slow = { ms: 0 }) {
    const checkpoints = memoryCheckpoints();
    const write = checkpoints.write.bind(checkpoints);
    checkpoints.write = async (...parts) => {
      if (slow.ms > 0) await new Promise((resolve) => setTimeout(resolve, slow.ms));
      return write(...parts);
    };
    const page = await open({ checkpoints });
    await page.trainTo(3);
    const [other, step] = [page.id(), page.step()];
    await page.actions.reset();
    return { page, other, step };
  }

  it('stands in the end where the worker is lost while the run before is saved', async () => {
    const slow = { ms: 0 };
    const { page, other, step } = await withAnother(slow);
    await page.trainTo(2);
    slow.ms = 300;
    const resumed = page.actions.resume(other);
    await page.settled();
    slow.ms = 0;
    page.crash();
    await resumed;
    await until(() => page.workers.length === 2 && page.state().session === 'ready');
    await page.settled();
    await page.settled();
    expect([page.id(), page.step()]).toEqual([other, step]);
  });

  it('stands in the end where a setting was changed just before', async () => {
    const { page, other, step } = await withAnother();
    page.actions.setSetting('seed', 5);
    page.mischief.starting = new Promise((resolve) => setTimeout(resolve, 600));
    await page.actions.resume(other);
    await page.settled();
    expect([page.id(), page.step()]).toEqual([other, step]);
  });

  it('gives way to a Reset that is pressed before it has begun', async () => {
    const slow = { ms: 0 };
    const { page, other } = await withAnother(slow);
    await page.trainTo(2);
    slow.ms = 200;
    const resumed = page.actions.resume(other);
    await page.settled();
    await page.actions.reset();
    await resumed;
    await page.settled();
    expect(page.id()).not.toBe(other);
    expect(page.state().touched).toBe(false);
  });
});

it.each([
  'own',
  'mnist',
] as const)('images looked at while a worker is lost are those that are used, in place of %s', async (before) => {
  const images = (name: string) => [new File([npy(npyHeader('(70, 28, 28)'), samplePixels(70))], name)];
  const page = await open();
  if (before === 'own') {
    await page.actions.previewImages(images('old.npy'));
    page.actions.takeImages();
    await page.settled();
  }
  await page.trainTo(2);
  await page.actions.previewImages(images('new.npy'));
  page.crash();
  await until(() => page.workers.length === 2 && page.state().session === 'ready');
  page.actions.takeImages();
  page.actions.closeImages();
  await until(() => page.state().dataset === 'own' && page.state().session === 'ready');
  await page.actions.train();
  await until(() => originOf(page.state()) === 'new.npy');
});

it('images that can not be read again when a worker is replaced are not used, nor others in their place', async () => {
  const page = await open();
  await page.trainTo(2);
  let reads = 0;
  const bytes = npy(npyHeader('(70, 28, 28)'), samplePixels(70));
  const moved = Object.assign(new File([bytes], 'moved.npy'), {
    arrayBuffer: async () => {
      if (reads++ > 0) throw new GanvasError('file-unreadable', { file: 'moved.npy' });
      return bytes.buffer;
    },
  });
  await page.actions.previewImages([moved]);
  page.crash();
  await until(() => page.workers.length === 2 && page.state().session === 'ready');
  page.actions.takeImages();
  page.actions.closeImages();
  await page.settled();
  expect(page.state()).toMatchObject({
    dataset: 'mnist',
    problems: expect.arrayContaining([expect.objectContaining({ place: 'dataset' })]),
  });
});

it('storage that is there only after a while is looked into then', async () => {
  const checkpoints = memoryCheckpoints();
  const [newest] = await hours(checkpoints);
  const list = vi.spyOn(checkpoints, 'list').mockRejectedValueOnce(new Error('Still locked.'));
  const page = await open({ checkpoints });
  await until(() => page.state().autosave.offered !== null);
  expect(page.state().autosave.offered).toBe(newest);
  expect(list.mock.calls.length).toBeGreaterThan(1);
});

it('Cancel, and Reset, end the wait for this site’s own copy of the images', async () => {
  const page = await open();
  page.mischief.local = new Promise(() => {});
  await page.actions.reset();
  void page.actions.train();
  await until(() => page.state().session === 'loading');
  await page.actions.cancel();
  await until(() => page.state().session === 'ready');
  void page.actions.train();
  await until(() => page.state().session === 'loading');
  await page.actions.reset();
  expect(page.state()).toMatchObject({ session: 'ready', intent: null });
});

it('Cancel of a fetch that crosses the opening of a file ends the fetch, and not the file', async () => {
  const maker = await open();
  await maker.trainTo(1);
  const file = await maker.file();
  const page = await open();
  page.mischief.local = Promise.resolve(null);
  page.mischief.fetched = new Promise(() => {});
  await page.actions.reset();
  void page.actions.train();
  await until(() => page.state().session === 'loading');
  page.mischief.onEvent = ({ name, workerRun, payload }) => {
    if (name !== 'state' || workerRun === page.state().workerRun || payload.state !== 'loading') return;
    page.mischief.onEvent = () => {};
    page.mischief.starting = page.settled();
    void page.actions.cancel();
  };
  await page.actions.openFile(file);
  expect(page.state()).toMatchObject({ session: 'ready', touched: true, trainingStatus: { step: maker.step() } });
});

it('a save that is told of when Reset was pressed is in the list', async () => {
  const page = await open();
  page.mischief.onEvent = ({ name }) => {
    if (name !== 'saved') return;
    page.mischief.onEvent = () => {};
    void page.actions.reset();
  };
  const run = page.id();
  await page.trainTo(1);
  await page.settled();
  expect(page.state().description?.runId).not.toBe(run);
  expect(page.state().autosave.list?.map((head) => head.runId)).toEqual([run]);
});

it('a record that was deleted does not come back with the worker’s successor', async () => {
  const archive = new FakeArchive();
  const page = await open({ archive });
  await page.trainTo(3);
  await page.actions.train();
  await page.runs.deleteAll();
  page.crash();
  await until(() => page.workers.length === 2 && page.state().session === 'training');
  await page.actions.pause();
  await page.settled();
  expect((await archive.all()).records).toEqual([]);
});

it('a file that was only looked at, in a tab that was closed then, takes no other run’s place, and is not offered', async () => {
  const maker = await open();
  await maker.trainTo(2);
  const file = await maker.file();
  const checkpoints = asHours(memoryCheckpoints());
  const others = await hours(checkpoints);
  const first = await open({ checkpoints });
  await first.actions.openFile(file);
  await first.settled();
  first.close();
  const second = await open({ checkpoints });
  await second.settled();
  expect(second.state().autosave.offered).toBe(others[0]);
  await second.trainTo(2);
  expect(await second.kept()).toEqual([second.id(), ...others.slice(0, -1)]);
});
