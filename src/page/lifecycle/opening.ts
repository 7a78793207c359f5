// A run from a file or from the browser's saves takes over once it stands: until then the run before stays on the page.
import { GanvasError } from '../../config/errors.ts';
import { newRunId } from '../../config/runId.ts';
import { checkOpened } from '../../files/limits.ts';
import type { EventMessage, Requests } from '../../protocol/messages.ts';
import type { PageServices } from '../state/services.ts';
import type { RunOnPage } from './runOnPage.ts';
import type { RunSource } from './wanted.ts';

type OpenedSource = Exclude<RunSource, { kind: 'settings' }>;
type Sent = Requests['open']['send']['from'];

export interface OpeningParts {
  readonly services: PageServices;
  readonly runOnPage: RunOnPage;
  /** What an event of the current run does to the page. */
  readonly receive: (event: EventMessage) => void;
  readonly autosave: {
    /**
     * Saves or drops the run on the page, whose place is about to be taken. @returns what undoes that should it stay
     */
    leave(next: string | null): Promise<() => void>;
    opened(runId: string): void;
  };
}

export interface Opening {
  /** Whether the worker has been asked for a run whose reply has not come. */
  readonly isUnderWay: boolean;
  /** Keeps an event of the run that is being opened until the reply says whether it becomes the current one. */
  withhold(event: EventMessage): boolean;
  /**
   * Asks the worker for the run, and puts it on the page. What goes wrong is reported.
   * `onSent`: the worker has been asked. @returns 'stands', 'failed' (the run before stays) or 'ended' (neither stands)
   */
  open(source: OpenedSource, how: { thenTrain: boolean; signal: AbortSignal; onSent: () => void }): Promise<Opened>;
}

export type Opened = 'stands' | 'failed' | 'ended';

/** @throws GanvasError 'cancelled' as soon as `signal` aborts */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new GanvasError('not-wanted-any-more', {}));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
  return Promise.race([work, aborted]);
}

async function read(source: OpenedSource): Promise<Sent> {
  if (source.kind === 'checkpoint') return { runId: source.runId };
  if (source.kind === 'waypoint') return { runId: source.runId, waypoint: source.step };
  const { file, only } = source;
  checkOpened(file);
  const zip = new Uint8Array(await file.arrayBuffer());
  if (only === 'run') {
    // Loaded when it is needed: the page is seen before that.
    const { holdsRun } = await import('../../files/runFile.ts');
    if (!holdsRun(zip, file.name)) throw new GanvasError('weights-and-no-run', { file: file.name });
  }
  return { zip, fileName: file.name };
}

export function createOpening({ services, runOnPage, receive, autosave }: OpeningParts): Opening {
  const { store, request, report, dismiss } = services;
  const get = store.getState;
  /**
   * The run that is being opened, with its events until the reply. `hasEnded`: the worker has ended the run before for
   * it.
   */
  let underWay: { readonly workerRun: string; readonly events: EventMessage[]; hasEnded: boolean } | null = null;

  function putOnPage(source: OpenedSource, workerRun: string, description: Requests['open']['reply']): void {
    runOnPage.begin(workerRun);
    const { resumed } = description;
    const { discriminatorLearningRate, generatorLearningRate } = get().config;
    const keepsRates = source.kind === 'checkpoint' && source.keepsRates;
    const config = { ...description.config, ...(keepsRates && { discriminatorLearningRate, generatorLearningRate }) };
    store.setState({ touched: true, config, ...(resumed && { dataset: resumed.dataset }) });
    if (source.kind !== 'checkpoint') autosave.opened(description.runId);
    runOnPage.describe(description);
  }

  return {
    get isUnderWay() {
      return underWay !== null;
    },
    withhold(event) {
      if (underWay === null || event.workerRun !== underWay.workerRun) return false;
      underWay.events.push(event);
      if (event.name === 'state') underWay.hasEnded = true;
      return true;
    },
    async open(source, { thenTrain, signal, onSent }) {
      dismiss('weights');
      dismiss('images');
      const opening = { workerRun: newRunId(), events: [] as EventMessage[], hasEnded: false };
      let stay = (): void => {};
      try {
        const from = await unlessAborted(read(source), signal);
        stay = await unlessAborted(autosave.leave(source.kind === 'file' ? null : source.runId), signal);
        const { accelerator, dataset } = get();
        underWay = opening;
        onSent();
        const asked = { workerRun: opening.workerRun, from, accelerator, dataset, thenTrain };
        const description = await request('open', asked, { signal });
        underWay = null;
        putOnPage(source, opening.workerRun, description);
        for (const event of opening.events) receive(event);
        store.setState({ savedStep: get().trainingStatus?.step ?? null });
        return 'stands';
      } catch (error) {
        underWay = null;
        if (signal.aborted) return opening.hasEnded ? 'ended' : 'failed';
        report(error, source.kind === 'file' ? 'weights' : 'page');
        if (!opening.hasEnded) {
          stay();
          return 'failed';
        }
        // Where it is the device that was lost, another worker takes up the run before.
        for (const event of opening.events) if (event.name === 'problem') receive(event);
        return 'ended';
      }
    },
  };
}
