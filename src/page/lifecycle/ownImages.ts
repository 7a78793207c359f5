// The visitor's own images, from the look at them to their use: a worker that is lost in between takes what it has read
// with it, and
// its successor reads the same files again.
import type { Actions } from '../state/actions.ts';
import type { PageServices } from '../state/services.ts';

export interface OwnImages {
  preview: Actions['previewImages'];
  /** They are looked at no more. */
  close(): void;
  /** Has a worker that was just started read what is looked at. */
  readAgain(): void;
  /**
   * What was read last is used from now on: told to the worker once it has that, and `then` called; neither where it
   * cannot be read again.
   */
  use(then: () => void): void;
}

export function createOwnImages({ request, report, dismiss }: PageServices): OwnImages {
  /** What is looked at. */
  let files: readonly File[] | null = null;
  /** The reading of it by another worker than the one that was asked first: whether it has it. */
  let again: Promise<boolean> | null = null;
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
      again = request('readImages', { files }).then(
        () => true,
        (error: unknown) => {
          report(error, 'dataset');
          return false;
        },
      );
    },
    use(then) {
      const use = (): void => {
        // Before the run is asked for, as requests are answered in their order. A worker that is gone is told of by
        // that.
        request('takeImages', null).catch(() => {});
        then();
      };
      if (again === null) use();
      else void again.then((isRead) => isRead && use());
    },
  };
}
