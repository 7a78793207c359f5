// Where the browser keeps runs, in a real browser: saves of an earlier version of the page stay, images go with their
// run.
import { beforeAll, expect, it } from 'vitest';
import { maxRuns } from '../../src/config/checkpoint.ts';
import { maxWaypoints } from '../../src/config/waypoints.ts';
import { type NewHead, openCheckpoints } from '../../src/files/checkpoints.ts';

const head = (runId: string, step = 1): NewHead => ({ runId, savedAt: step, step, half: false, dataset: 'Squares' });
const squares = { from: 'files', names: ['squares.npy'], more: 0 } as const;
const images = { images: new Uint8Array(2 * 784).fill(7), labels: null, origin: squares };

// Other files' tests have kept runs in the same browser.
beforeAll(
  () =>
    new Promise<void>((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase('ganvas-checkpoints');
      deleting.onsuccess = () => resolve();
      deleting.onerror = () => reject(deleting.error);
    }),
);

/** As the first version of the page left it, which called the run id `run`. */
function firstVersion(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('ganvas-checkpoints', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('heads');
      opening.result.createObjectStore('saves');
    };
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const writing = database.transaction(['heads', 'saves'], 'readwrite');
      const { runId: run, ...rest } = head('old');
      writing.objectStore('heads').put({ ...rest, run, slot: 0, sequence: 1, bytes: 3 }, ['old', 0]);
      writing.objectStore('saves').put(Uint8Array.of(1, 2, 3), ['old', 0]);
      writing.oncomplete = () => {
        database.close();
        resolve();
      };
    };
  });
}

it('keeps what an earlier version of the page has kept, and images beside it', async () => {
  await firstVersion();
  const checkpoints = await openCheckpoints();
  const [old] = await checkpoints.list();
  expect(old).toMatchObject({ runId: 'old', step: 1 });
  expect(old).not.toHaveProperty('run');
  expect(old && (await checkpoints.read(old))).toEqual(Uint8Array.of(1, 2, 3));
  expect(await checkpoints.images('old')).toBeNull();
  await checkpoints.keepImages('old', images);
  expect(await checkpoints.images('old')).toEqual(images);
  expect([await checkpoints.hasImages('old'), await checkpoints.hasImages('another')]).toEqual([true, false]);
  await checkpoints.delete('old');
  expect(await checkpoints.list()).toEqual([]);
  expect(await checkpoints.images('old')).toBeNull();
});

it('lets images go with the run that has to make room', async () => {
  const checkpoints = await openCheckpoints();
  for (let i = 1; i <= maxRuns + 1; i++) {
    await checkpoints.write(head(`run ${i}`, i), Uint8Array.of(i), 0);
    await checkpoints.keepImages(`run ${i}`, images);
  }
  const [newest] = await checkpoints.list();
  expect(newest && (await checkpoints.letGo(newest, 'run 1'))).toEqual(['run 2']);
  expect((await checkpoints.list()).map(({ runId }) => runId)).toEqual(['run 6', 'run 5', 'run 4', 'run 3', 'run 1']);
  expect(await checkpoints.images('run 2')).toBeNull();
  expect(await checkpoints.images('run 1')).toEqual(images);
});

it('keeps what another tab has saved since, and no images beside what was deleted', async () => {
  const checkpoints = await openCheckpoints();
  await checkpoints.write(head('both', 1), Uint8Array.of(1), 0);
  await checkpoints.write(head('both', 5), Uint8Array.of(5), 1);
  expect(await checkpoints.write(head('both', 2), Uint8Array.of(2), 1)).toBeNull();
  expect((await checkpoints.saves('both')).map(({ step, sequence }) => [step, sequence])).toEqual([
    [5, 2],
    [1, 1],
  ]);
  expect(await checkpoints.write(head('both', 6), Uint8Array.of(6), 2)).toMatchObject({ slot: 0, sequence: 3 });
  await checkpoints.delete('both');
  await checkpoints.keepImages('both', images);
  expect(await checkpoints.hasImages('both')).toBe(false);
  // Deleted by the visitor, and trained on: still later than what another tab knows.
  expect(await checkpoints.write(head('both', 7), Uint8Array.of(7), 3)).toMatchObject({ sequence: 4 });
});

it('keeps a run that is larger than any value may be', async () => {
  const checkpoints = await openCheckpoints();
  const large = new Uint8Array(140 * 2 ** 20).fill(7, -9);
  const written = await checkpoints.write(head('large'), large, 0);
  const read = written && (await checkpoints.read(written));
  expect([read?.length, ...(read?.subarray(-10) ?? [])]).toEqual([large.length, 0, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
  await checkpoints.keepImages('large', { ...images, images: large.subarray(0, 784 * 180_000) });
  expect((await checkpoints.images('large'))?.images.length).toBe(784 * 180_000);
  await checkpoints.delete('large');
});

it('reads where images came from as earlier versions of the page stored it: in words', async () => {
  const checkpoints = await openCheckpoints();
  await checkpoints.write(head('run'), Uint8Array.of(1), 0);
  await checkpoints.keepImages('run', { ...images, origin: 'squares.npy' as never });
  expect(await checkpoints.images('run')).toEqual(images);
});

it('takes damaged images for none', async () => {
  const checkpoints = await openCheckpoints();
  await checkpoints.write(head('run'), Uint8Array.of(1), 0);
  await checkpoints.keepImages('run', images);
  expect(await checkpoints.images('run')).toEqual(images);
  for (const damaged of [
    { ...images, images: images.images.subarray(1) },
    { ...images, images: new Uint8Array() },
    { ...images, labels: new Uint8Array(3) },
    { ...images, origin: 4 },
    { ...images, images: 'nothing of the kind' },
  ]) {
    await checkpoints.keepImages('run', damaged as typeof images);
    expect(await checkpoints.images('run')).toBeNull();
  }
});

it('keeps waypoints of a run that is kept, in the order of their steps, and lets them go with it', async () => {
  const checkpoints = await openCheckpoints();
  const waypoint = (step: number) => ({ runId: 'way', step, half: false, savedAt: step });
  expect(await checkpoints.keepWaypoint(waypoint(0), Uint8Array.of(0))).toBeNull();
  await checkpoints.write(head('way'), Uint8Array.of(1), 0);
  for (const step of [0, 10, 9_000, 200]) await checkpoints.keepWaypoint(waypoint(step), Uint8Array.of(step % 256));
  // What came after a step that the run takes again is over.
  const steps = async () => (await checkpoints.waypoints('way')).map(({ step }) => step);
  expect(await steps()).toEqual([0, 10, 200]);
  expect(await checkpoints.readWaypoint('way', 200)).toEqual(Uint8Array.of(200));
  await expect(checkpoints.readWaypoint('way', 9_000)).rejects.toMatchObject({ code: 'run-not-kept' });
  for (let step = 201; step < 230; step++) await checkpoints.keepWaypoint(waypoint(step), Uint8Array.of(1));
  expect((await steps()).length).toBe(maxWaypoints);
  await checkpoints.delete('way');
  expect(await steps()).toEqual([]);
  await expect(checkpoints.readWaypoint('way', 0)).rejects.toMatchObject({ code: 'run-not-kept' });
  expect(await checkpoints.dropWaypoints()).toBe(false);
});
