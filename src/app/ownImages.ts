// The visitor's own images, from the look at them to their use: a worker that is lost in between takes what it has read with it, and
// its successor reads the same files again.
import type { Actions } from './actions.ts';
import type { Behind } from './behind.ts';

export interface OwnImages {
  preview: Actions['previewImages'];
  /** They are looked at no more. */
  close(): void;
  /** Has a worker that was just started read what is looked at. */
  readAgain(): void;
  /** What was read last is used from now on: told to the worker once it has that. Calls `then` when it is told. */
  use(then: () => void): void;
}

export function createOwnImages({ request, report, dismiss }: Behind): OwnImages {
  /** What is looked at. */
  let files: readonly File[] | null = null;
  /** The reading of it by another worker than the one that was asked first. */
  let again: Promise<unknown> | null = null;
  return {
    async preview(chosen) {
      dismiss('images');
      dismiss('weights');
      files = chosen;
      again = null;
      try {
        return await request('readImages', { files: chosen });
      } catch (error) {
        report(error, 'images');
        return null;
      }
    },
    close() {
      dismiss('images');
      files = null;
      again = null;
    },
    readAgain() {
      if (files === null) return;
      again = request('readImages', { files }).catch((error: unknown) => report(error, 'images'));
    },
    use(then) {
      const use = (): void => {
        // Before the run is asked for, as requests are answered in their order. A worker that is gone is told of by that.
        request('takeImages', null).catch(() => {});
        then();
      };
      if (again === null) use();
      else void again.then(use);
    },
  };
}
