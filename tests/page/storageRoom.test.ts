// What the browser says of its storage: numbers, or nothing where it has none to say; what is a fault of ours comes
// out.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { freeStorage, usedStorage } from '../../src/page/device/storageRoom.ts';

afterEach(() => vi.unstubAllGlobals());

const says = (estimate: () => Promise<StorageEstimate>) => vi.stubGlobal('navigator', { storage: { estimate } });

describe('the room that the browser gives', () => {
  it('is what it allots less what is used, and never less than none', async () => {
    says(async () => ({ quota: 10, usage: 4 }));
    expect([await usedStorage(), await freeStorage()]).toEqual([4, 6]);
    says(async () => ({ quota: 10, usage: 12 }));
    expect(await freeStorage()).toBe(0);
  });

  it('is not known where it says nothing, has no storage, or refuses', async () => {
    says(async () => ({}));
    expect([await usedStorage(), await freeStorage()]).toEqual([null, 0]);
    vi.stubGlobal('navigator', {});
    expect([await usedStorage(), await freeStorage()]).toEqual([null, 0]);
    says(() => Promise.reject(new TypeError('not for this page')));
    expect([await usedStorage(), await freeStorage()]).toEqual([null, 0]);
    says(() => Promise.reject(new RangeError('of ours')));
    await expect(freeStorage()).rejects.toThrow('of ours');
  });
});
