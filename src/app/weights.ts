// Weights from a file and to a file: a run of their own that takes over once it stands, and the zip to take home.
import { checkWeightsFile } from '../files/limits.ts';
import type { EventMessage } from '../protocol/messages.ts';
import type { Actions } from './actions.ts';
import type { Behind } from './behind.ts';
import { type CurrentRun, newRunId } from './currentRun.ts';

export interface Weights {
  readonly isOpening: boolean;
  /** Keeps an event of a run that is being opened until the reply says whether it becomes the current one. */
  withhold(event: EventMessage): boolean;
  open: Actions['openWeights'];
  export: Actions['exportWeights'];
  /** What was being opened, no worker will answer any more. */
  forget(): void;
}

export function createWeights(
  { store, request, report, dismiss }: Behind,
  current: CurrentRun,
  receive: (event: EventMessage) => void,
): Weights {
  const get = store.getState;
  const set = store.setState;
  let opening: { run: string; events: EventMessage[] } | null = null;
  return {
    get isOpening() {
      return opening !== null;
    },
    withhold(event) {
      if (opening === null || event.run !== opening.run) return false;
      opening.events.push(event);
      return true;
    },
    async open(file) {
      dismiss('weights');
      dismiss('images');
      const { accelerator, dataset } = get();
      const mine: typeof opening = { run: newRunId(), events: [] };
      const { run } = mine;
      opening = mine;
      try {
        checkWeightsFile(file);
        const zip = new Uint8Array(await file.arrayBuffer());
        const description = await request('openWeights', { run, zip, fileName: file.name, accelerator, dataset });
        current.replaceBy(run);
        set({ touched: true, config: description.config });
        for (const event of mine.events) receive(event);
        set({ savedStep: get().standing?.step ?? null });
        current.adopt(description);
      } catch (error) {
        report(error, 'weights');
      } finally {
        if (opening === mine) opening = null;
      }
    },
    async export() {
      dismiss('weights');
      try {
        const savedStep = get().standing?.step ?? null;
        const exported = await request('exportWeights', null);
        set({ savedStep });
        return exported;
      } catch (error) {
        report(error, 'weights');
        return null;
      }
    },
    forget() {
      opening = null;
    },
  };
}
