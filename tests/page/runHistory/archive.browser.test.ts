// Kept runs in a real IndexedDB: in place, bounded, whatever lies beside them, and from two tabs at once.
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { archive } from '../../../src/page/runHistory/archive.ts';
import { limits } from '../../../src/page/runHistory/eviction.ts';
import { storedForm } from '../../../src/page/runHistory/readRecord.ts';
import { bytesOf } from '../../../src/page/state/runRecord.ts';
import { sampleRecord } from './sampleRecord.ts';

beforeEach(() => archive.deleteAll());

const ids = async (): Promise<string[]> => (await archive.all()).records.map(({ runId }) => runId);

/** Past the archive, as another tab, an older page or a broken disk would. */
const putRaw = async (value: object): Promise<void> => {
  const database = await openDB('ganvas-runs');
  await database.put('runs', value);
  database.close();
};

describe('the archive', () => {
  it('gives back what was kept, newest first', async () => {
    await archive.keep(sampleRecord({ runId: 'old', started: 1 }));
    await archive.keep(sampleRecord({ runId: 'new', started: 2 }));
    expect(await archive.count()).toBe(2);
    expect(await archive.all()).toEqual({
      records: [sampleRecord({ runId: 'new', started: 2 }), sampleRecord({ runId: 'old', started: 1 })],
      damaged: 0,
    });
  });

  it('keeps a run in one place, as it was last', async () => {
    for (const steps of [3, 4, 5]) await archive.keep(sampleRecord({ steps }));
    const { records } = await archive.all();
    expect(records.map(({ steps }) => steps)).toEqual([5]);
  });

  it('forgets one, or all', async () => {
    for (const runId of ['a', 'b', 'c']) await archive.keep(sampleRecord({ runId }));
    await archive.delete('b');
    expect((await ids()).sort()).toEqual(['a', 'c']);
    await archive.deleteAll();
    expect(await archive.count()).toBe(0);
  });

  it('lets the oldest go when there are too many, never the one just kept', async () => {
    for (let i = 0; i < limits.runs; i++) await archive.keep(sampleRecord({ runId: `${i}`, started: 10 + i }));
    expect(await archive.keep(sampleRecord({ runId: 'ancient', started: 1 }))).toEqual(['0']);
    expect(await archive.count()).toBe(limits.runs);
    expect(await archive.keep(sampleRecord({ runId: 'next', started: 99 }))).toEqual(['ancient']);
    expect((await ids()).slice(0, 2)).toEqual(['next', `${limits.runs - 1}`]);
  });

  it('makes so much room that something fits, by the oldest, and none goes in vain', async () => {
    for (const [i, runId] of ['oldest', 'older', 'mine', 'old'].entries())
      await archive.keep(sampleRecord({ runId, started: i }));
    const each = bytesOf(sampleRecord({ runId: 'oldest', started: 0 }));
    expect(await archive.makeRoom(3.5 * each, 'mine')).toEqual([]);
    expect(await archive.count()).toBe(4);
    expect(await archive.makeRoom(1.5 * each, 'oldest')).toEqual(['older', 'mine']);
    expect(await ids()).toEqual(['old', 'oldest']);
  });

  it('skips and counts what is damaged, and lets that go first', async () => {
    await archive.keep(sampleRecord({ runId: 'whole' }));
    await putRaw({ id: 'broken', grid: 'none' });
    await putRaw({ ...storedForm(sampleRecord({ runId: 'later' })), version: 2, bytes: 10 });
    expect(await archive.all()).toEqual({ records: [sampleRecord({ runId: 'whole' })], damaged: 2 });
    expect(await archive.count()).toBe(3);
    for (let i = 0; i < limits.runs - 2; i++) await archive.keep(sampleRecord({ runId: `${i}`, started: 2e12 + i }));
    expect((await archive.all()).damaged).toBe(1);
  });

  it('takes what two tabs keep at once', async () => {
    const other = async (): Promise<void> => {
      for (let i = 0; i < 5; i++) await putRaw({ ...storedForm(sampleRecord({ runId: `theirs-${i}` })), bytes: 10 });
    };
    const ours = async (): Promise<void> => {
      for (let i = 0; i < 5; i++) await archive.keep(sampleRecord({ runId: `ours-${i}` }));
    };
    await Promise.all([other(), ours()]);
    expect(await archive.all()).toMatchObject({ records: { length: 10 }, damaged: 0 });
  });

  it('makes way for a newer version of the page, and says then that there is one', async () => {
    await archive.keep(sampleRecord());
    const newer = await openDB('ganvas-runs', 2);
    await expect(archive.count()).rejects.toMatchObject({ name: 'VersionError' });
    newer.close();
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase('ganvas-runs');
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error);
    });
    await archive.keep(sampleRecord());
    expect(await archive.count()).toBe(1);
  });
});
