// Keeps a worker's entry from running twice: two sessions in one worker would both answer every request.

const mark = Symbol.for('ganvas-entry-has-run');

/** For the first line of an entry. @throws Error when an entry has already run in this thread */
export function refuseSecondRun(): void {
  if (Reflect.has(globalThis, mark)) throw new Error('This worker’s entry has already run. No chunk may import it.');
  Reflect.set(globalThis, mark, true);
}
