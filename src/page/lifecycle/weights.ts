// Runs and weights from a file or from the browser's own keeping, and to a file: a run of their own that takes over once it stands.
import { newRunId } from '../../config/runId.ts';
import { checkOpened } from '../../files/limits.ts';
import type { EventMessage, Requests } from '../../protocol/messages.ts';
import type { Autosave } from '../autosave/autosave.ts';
import type { Actions } from '../state/actions.ts';
import type { Place } from '../state/problems.ts';
import type { PageServices } from '../state/services.ts';
import type { CurrentRun } from './currentRun.ts';

interface Opening {
  /** What is waited for first: a run that is being made would else take over from this one. */
  readonly after?: () => Promise<unknown>;
  /** See the request. */
  readonly thenTrain?: boolean;
  /** The learning rates on the page are newer than its save. */
  readonly keepsRates?: boolean;
}

export interface Weights {
  readonly isOpening: boolean;
  /** Resolves when the file that the worker was asked for stands or has failed; at once while there is none. */
  opened(): Promise<unknown>;
  /** Reset was pressed: what the worker has not been asked for yet is not wanted any more. */
  callOff(): void;
  /** Keeps an event of a run that is being opened until the reply says whether it becomes the current one. */
  withhold(event: EventMessage): boolean;
  open: Actions['openFile'];
  /** Takes up a run that the browser keeps. @returns whether it stands */
  resume(kept: string, how?: Opening): Promise<boolean>;
  export: Actions['exportWeights'];
  saveRun: Actions['saveRun'];
  /** What was being opened, no worker will answer any more. */
  forget(): void;
}

export function createWeights(
  { store, request, report, dismiss }: PageServices,
  current: CurrentRun,
  receive: (event: EventMessage) => void,
  keeping: Pick<Autosave, 'leave' | 'opened'>,
): Weights {
  const get = store.getState;
  const set = store.setState;
  /** The runs that the worker is asked to open, each with its events until the reply: it may be asked for two at once. */
  const opening = new Map<string, EventMessage[]>();
  /** The run on the page that the worker has ended for one of them: no name while none stands. */
  let ended: { readonly run: string | null } | null = null;
  /** The newest opening of a file. */
  let last: Promise<unknown> = Promise.resolve();
  let calledOff = 0;

  /** @returns whether the run stands; what was amiss is reported at `place` */
  async function open(
    from: () => Promise<Requests['open']['send']['from']>,
    place: Place,
    { after = async () => {}, thenTrain = false, keepsRates = false }: Opening,
  ): Promise<boolean> {
    dismiss('weights');
    dismiss('images');
    const run = newRunId();
    const events: EventMessage[] = [];
    const since = calledOff;
    let stay = (): void => {};
    try {
      const source = await from();
      await after();
      stay = await keeping.leave('kept' in source ? source.kept : null);
      // A worker that was started meanwhile makes a run first.
      await after();
      if (calledOff !== since) return false;
      const { asked } = current;
      const { accelerator, dataset } = get();
      opening.set(run, events);
      const description = await request('open', { run, from: source, accelerator, dataset, thenTrain });
      // Reset was pressed when the worker had finished with this one already: that is what it has made next.
      if (current.asked !== asked) return false;
      current.replaceBy(run);
      const { resumed } = description;
      const { discriminatorLearningRate, generatorLearningRate } = get().config;
      const config = { ...description.config, ...(keepsRates && { discriminatorLearningRate, generatorLearningRate }) };
      set({ touched: true, config, ...(resumed && { dataset: resumed.dataset }) });
      if ('zip' in source) keeping.opened(description.runId);
      current.adopt(description);
      for (const event of events) receive(event);
      set({ savedStep: get().trainingStatus?.step ?? null });
      return true;
    } catch (error) {
      report(error, place);
      opening.delete(run);
      if (!isOver()) stay();
      else if (opening.size === 0) fail(events);
      return false;
    } finally {
      opening.delete(run);
    }
  }

  /** Whether the run on the page is the worker's no more. */
  const isOver = (): boolean => ended !== null && ended.run === get().workerRun;

  /** What had the place of the run before has come to nothing: neither stands. */
  function fail(events: readonly EventMessage[]): void {
    // Where it is the device that was lost, another worker takes up the one before.
    for (const event of events) if (event.name === 'problem') receive(event);
    if (isOver()) set({ session: 'failed', intent: null, progress: null });
  }

  /** Asks for a file of the run as it is. null when there is none; why is reported. */
  async function made<Name extends 'exportWeights' | 'saveRun'>(name: Name): Promise<Requests[Name]['reply'] | null> {
    dismiss('weights');
    try {
      const { workerRun, trainingStatus } = get();
      const file = await request(name, null);
      if (get().workerRun === workerRun) set({ savedStep: trainingStatus?.step ?? null });
      return file;
    } catch (error) {
      report(error, 'weights');
      return null;
    }
  }

  return {
    get isOpening() {
      return opening.size > 0;
    },
    opened: () => (opening.size > 0 ? last : Promise.resolve()),
    callOff() {
      calledOff += 1;
    },
    withhold(event) {
      const events = event.run === null ? undefined : opening.get(event.run);
      events?.push(event);
      if (events !== undefined && event.name === 'state') ended = { run: get().workerRun };
      return events !== undefined;
    },
    async open(file) {
      const read = async () => {
        checkOpened(file);
        return { zip: new Uint8Array(await file.arrayBuffer()), fileName: file.name };
      };
      // One after the other: it is the file chosen last that stays.
      const before = last;
      const mine = open(read, 'weights', { after: () => before.then(() => current.made()) });
      last = mine;
      await mine;
    },
    resume: (kept, how = {}) => open(async () => ({ kept }), 'page', how),
    export: () => made('exportWeights'),
    saveRun: () => made('saveRun'),
    forget() {
      opening.clear();
      ended = null;
    },
  };
}
