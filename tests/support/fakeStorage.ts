// What outlasts a visit, in the test's memory; and a lock that the test gives and takes.
import type { TabLock } from '../../src/page/autosave/tabLock.ts';
import type { PageStorage } from '../../src/page/page.ts';
import { FakeArchive } from './fakeArchive.ts';
import { memoryCheckpoints } from './memoryCheckpoints.ts';

export class FakeLock implements TabLock {
  give: (mine: boolean) => void = () => {};
  /** As another tab asks for it. */
  ask: () => Promise<unknown> = async () => {};
  taken = 0;
  /** What `begin` says at once. */
  readonly atFirst: boolean;

  constructor(atFirst = true) {
    this.atFirst = atFirst;
  }

  begin(onChange: (mine: boolean) => void, onAsked: () => Promise<unknown>): void {
    this.give = onChange;
    this.ask = onAsked;
    onChange(this.atFirst);
  }

  takeOver(): void {
    this.taken += 1;
  }
}

export const fakeStorage = (archive = new FakeArchive()): PageStorage => ({
  openArchive: async () => archive,
  openCheckpoints: async () => memoryCheckpoints(),
  lock: new FakeLock(),
  persist: async () => true,
  free: async () => 0,
});
