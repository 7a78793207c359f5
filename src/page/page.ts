// The page behind its parts: carries out the actions by asking the workers, and keeps the store true to what they answer.
import { GanvasError } from '../config/errors.ts';
import { History } from '../files/history.ts';
import { decodeError, encodeError } from '../protocol/errors.ts';
import type { Checked, EventMessage, Events, Requests } from '../protocol/messages.ts';
import { isGpu } from '../protocol/pace.ts';
import { isAllowed } from '../protocol/states.ts';
import { type Autosave, type AutosaveParts, createAutosave } from './autosave/autosave.ts';
import { Client, roles, type WorkerPorts } from './client/client.ts';
import { saveFile } from './device/saveFile.ts';
import { createDrawing } from './explore/drawing.ts';
import { followShown, shownOf } from './explore/pretrained.ts';
import { createChoices } from './lifecycle/choices.ts';
import { createCurrentRun } from './lifecycle/currentRun.ts';
import { createFirstRun } from './lifecycle/firstRun.ts';
import { learningRates } from './lifecycle/learningRates.ts';
import { createOwnImages } from './lifecycle/ownImages.ts';
import { createRecovery } from './lifecycle/recovery.ts';
import { createWeights } from './lifecycle/weights.ts';
import { keepCalibration } from './preferences/rememberedCalibration.ts';
import type { Archive } from './runHistory/archive.ts';
import { createRunHistory, type RunHistory } from './runHistory/runHistory.ts';
import type { Actions } from './state/actions.ts';
import { addProblem, isQuiet, type Place, problemOf } from './state/problems.ts';
import type { PageServices } from './state/services.ts';
import { applyEvent, createPageStore, type PageState, type PageStore } from './state/store.ts';

/** What every part of the page works with. */
export interface Page {
  readonly store: PageStore;
  readonly history: History;
  readonly actions: Actions;
  readonly runs: RunHistory;
  readonly autosave: Autosave;
}

/** Where the browser keeps what outlasts a visit. */
export interface PageStorage extends AutosaveParts {
  readonly openArchive: () => Promise<Archive>;
}

/** `pageUrl`: beside which the worker looks for the host’s own copies of the data. */
export function createPage(ports: WorkerPorts, pageUrl: string, storage: PageStorage): Page {
  const store = createPageStore();
  followShown(store);
  const history = new History();
  const runs = createRunHistory(store, history, storage.openArchive);
  const get = store.getState;
  const set = store.setState;

  const client = new Client<Requests, Events>(ports.trainer, roles.trainer, {
    onEvent(event) {
      if (event.name === 'progress') client.expectCompiling(event.payload?.stage === 'compiling' && trainsOnGpu());
      if (!weights.withhold(event) && (event.run === null || event.run === get().workerRun)) receive(event);
    },
    onLost(error) {
      if (recovery.takes(error)) return;
      fail();
      show(error, 'page');
    },
  });
  const drawing = createDrawing(ports.renderer, {
    store,
    connect: (send) => client.request('connect', send),
    onLost: (error) => report(error, 'explore'),
    onFailed: (error) => report(error, 'explore'),
  });
  const rates = learningRates(
    store,
    (send) => client.request('setLearningRates', send),
    (error) => report(error, 'settings'),
  );
  const request: PageServices['request'] = (...asked) => client.request(...asked);
  const services: PageServices = { store, history, runs, rates, request, report, dismiss };
  const current = createCurrentRun(services);
  const images = createOwnImages(services);
  const choices = createChoices(services, current, images);
  const autosave = createAutosave(services, storage);
  const weights = createWeights(services, current, receive, autosave);
  /** The kept run that a recovery is about to take up: the next goes on with it where that one is lost, too. */
  let takenUp: string | null = null;
  const recovery = createRecovery({
    store,
    async restart(accelerator, thenTrain) {
      const { description, workerRun, autosave: keeps } = get();
      // Where another run was asked for already, it is that one which is wanted; where none was, the one that was being taken up.
      const wanted = description?.workerRun === workerRun ? description?.runId : workerRun === null ? takenUp : null;
      const kept = keeps.list?.find((each) => each.run === wanted)?.run;
      takenUp = kept ?? null;
      set({ accelerator });
      // It has trained on that device until now: those seconds are better spent on training.
      const checked = description && { backend: description.backend, config: description.config };
      const make = async (): Promise<boolean> => {
        // Reset was pressed meanwhile: that run is wanted, and no other.
        if (get().workerRun !== null) return false;
        if (kept === undefined) return current.create();
        return weights.resume(kept, { thenTrain, keepsRates: wanted === description?.runId });
      };
      return begin(make, checked ?? undefined);
    },
    // A file that is being opened is not what was trained.
    train: async () => (weights.isOpening ? undefined : actions.train()),
    report: (error) => report(error, 'training'),
    now: () => performance.now(),
  });
  const firstRun = createFirstRun({
    services,
    current,
    drawing,
    pageUrl,
    choices,
    greet: () => autosave.greet(),
  });

  /** Until the workers are started, what is pressed waits for that. */
  let started: (ok: boolean) => void = () => {};
  current.waitFor(
    new Promise((resolve) => {
      started = resolve;
    }),
  );

  /** The newest beginning. */
  let beginning: Promise<boolean> | null = null;

  /** A worker is started and begins with a run that `make` asks it for. `checked`: see `FirstRun.begin`. @returns whether that stands */
  async function begin(make?: () => Promise<boolean>, checked?: Checked): Promise<boolean> {
    weights.forget();
    rates.forget();
    drawing.stop();
    // What was pressed before there was a worker is still wanted.
    const intent = get().session === 'empty' ? get().intent : null;
    set({ problems: [], session: 'empty', intent, progress: null, workerRun: null });
    client.start();
    images.readAgain();
    // Whoever presses Train before this is done waits for it.
    const making = firstRun.begin(make, checked);
    beginning = making;
    current.waitFor(making);
    const ok = await making;
    // Said already is why; unless another worker was started meanwhile, nothing comes of it any more.
    if (!ok && beginning === making && get().session === 'empty') fail();
    started(ok);
    return ok;
  }

  /** Nothing goes on without a new beginning. */
  function fail(): void {
    set({ session: 'failed', intent: null, progress: null });
  }

  function receive(event: EventMessage): void {
    autosave.receive(event);
    // The worker goes down with what it says; what is done about it is the recovery's.
    if (event.name === 'problem' && recovery.takes(decodeError(event.payload))) return;
    set(applyEvent(get(), event, history));
    if (event.name === 'state') rates.send();
    if (event.name === 'calibration') keepCalibration(event.payload.keep ? event.payload.calibration : null);
  }

  function trainsOnGpu(): boolean {
    const { description } = get();
    return description !== null && isGpu(description.backend.name);
  }

  function report(error: unknown, here: Place): void {
    if (!isQuiet(error) && !recovery.covers(error)) show(error, here);
  }

  function show(error: unknown, here: Place): void {
    set({ problems: addProblem(get().problems, problemOf(error, here)) });
  }

  function dismiss(place: Place): void {
    set({ problems: get().problems.filter((problem) => problem.place !== place) });
  }

  async function ask(intent: NonNullable<PageState['intent']>, work: () => Promise<unknown>): Promise<void> {
    dismiss('training');
    set({ intent });
    try {
      // Not otherwise: a run of settings that still rest is asked for at once.
      if (intent !== 'pause' && weights.isOpening) await weights.opened();
      if (intent === 'pause' || ((await current.settled()) && get().intent === intent)) await work();
    } catch (error) {
      report(error, 'training');
    } finally {
      if (get().intent === intent) set({ intent: null });
    }
  }

  const actions: Actions = {
    async start() {
      recovery.forget();
      takenUp = null;
      await begin();
    },
    stop() {
      client.stop();
      drawing.stop();
    },
    async restart(lost) {
      if (lost !== 'explore') {
        const before = get().description?.runId ?? null;
        await actions.start();
        // What stands now is a new run: the one before may be gone on with.
        return autosave.offer(before);
      }
      dismiss('explore');
      await drawing.start();
    },
    train: () => ask('train', () => client.request('train', null)),
    pause: () => ask('pause', () => client.request('pause', null)),
    async cancel() {
      const { session, workerRun, description } = get();
      set({ intent: null });
      // While the run is still being made there is only the press of Train to take back.
      if (!isAllowed('cancel', session) || description?.workerRun !== workerRun) return;
      await client.request('cancel', null).catch((error: unknown) => report(error, 'dataset'));
    },
    async reset() {
      recovery.callOff();
      weights.callOff();
      set({ intent: null });
      await current.create();
    },
    halfStep: (network) => ask(network, () => client.request('halfStep', { network })),
    ...choices.actions,
    nearestReal: (picture) => client.request('nearestReal', { picture }),
    async retryDataset() {
      const { unavailable, workerRun } = get();
      if (unavailable === null) return;
      // First the data, then the new run: the one in progress goes on until there is something better.
      const error = await client.request('fetchDataset', { dataset: unavailable.wanted }).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (get().workerRun !== workerRun) return;
      if (error !== null) {
        set({ unavailable: { ...unavailable, error: encodeError(error) } });
        return;
      }
      set({ dataset: unavailable.wanted });
      void current.create();
      await actions.train();
    },
    previewImages: images.preview,
    closeImages: images.close,
    openFile: weights.open,
    async resume(kept) {
      autosave.dismiss();
      set({ intent: null });
      const before = current.made();
      // Or for what is made instead, where the worker is replaced meanwhile.
      const after = () => (current.made() === making ? before : current.made());
      const making: Promise<boolean> = weights.resume(kept, { after });
      current.waitFor(making);
      await making;
    },
    async continuePretrained() {
      const { pretrained } = get();
      if (pretrained === null) return;
      await actions.openFile(pretrained.file);
      if (get().problems.every(({ place }) => place !== 'weights')) await actions.train();
    },
    exportWeights: weights.export,
    async saveRun() {
      if (isAllowed('saveRun', get().session)) return weights.saveRun();
      const kept = await autosave.lastSave();
      return kept && { zip: kept.bytes, fileName: kept.fileName };
    },
    async downloadRun() {
      const file = await actions.saveRun();
      if (file !== null) saveFile(file.fileName, new Blob([file.zip], { type: 'application/zip' }));
    },
    async lowerRatesAndTrain() {
      const { discriminatorLearningRate, generatorLearningRate } = get().config;
      actions.setSetting('discriminatorLearningRate', discriminatorLearningRate / 2);
      actions.setSetting('generatorLearningRate', generatorLearningRate / 2);
      await actions.train();
    },
    async render(latent) {
      const shown = shownOf(get());
      const stale = new GanvasError('latent-of-another-run', {});
      if (shown === null || shown.latent !== latent.length) throw stale;
      try {
        return await drawing.render(shown.run, latent);
      } catch (error) {
        // Another run may have taken over on the way: what it thinks of this latent is nobody's business.
        throw shownOf(get()) === shown && !weights.isOpening ? error : stale;
      }
    },
    explore: (change) => set(change(get())),
    report,
    dismiss,
    dismissStandIn: () => set({ unavailable: null }),
  };
  return { store, history, actions, runs, autosave };
}
