// The page behind its parts: carries out the actions by asking the workers, and keeps the store true to what they
// answer.
import { GanvasError } from '../config/errors.ts';
import { presets } from '../config/presets.ts';
import { History } from '../files/history.ts';
import { decodeError, encodeError } from '../protocol/errors.ts';
import type { EventMessage, Events, Requests } from '../protocol/messages.ts';
import { isGpu } from '../protocol/pace.ts';
import { isAllowed } from '../protocol/states.ts';
import { type Autosave, type AutosaveParts, createAutosave } from './autosave/autosave.ts';
import { Client, roles, type WorkerPorts } from './client/client.ts';
import { saveFile } from './device/saveFile.ts';
import { createDrawing } from './explore/drawing.ts';
import { followShown, shownOf } from './explore/pretrained.ts';
import { createChoices } from './lifecycle/choices.ts';
import { learningRates } from './lifecycle/learningRates.ts';
import { createLifecycle, type Lifecycle } from './lifecycle/lifecycle.ts';
import { createOwnImages } from './lifecycle/ownImages.ts';
import { createRecovery } from './lifecycle/recovery.ts';
import { greetWorker } from './lifecycle/startWorker.ts';
import { keepCalibration } from './preferences/rememberedCalibration.ts';
import type { Archive } from './runHistory/archive.ts';
import { createRunHistory, type RunHistory } from './runHistory/runHistory.ts';
import type { Actions } from './state/actions.ts';
import { addProblem, isQuiet, type Place, problemOf } from './state/problems.ts';
import { rateNames } from './state/rates.ts';
import type { PageServices } from './state/services.ts';
import { applyEvent, createPageStore, type PageStore } from './state/store.ts';
import { undoable } from './state/undo.ts';

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
      if (!lifecycle.withhold(event) && (event.workerRun === null || event.workerRun === get().workerRun))
        receive(event);
    },
    onLost(error) {
      if (recovery.takes(error)) return;
      lifecycle.fail();
      show(error, 'page');
    },
  });
  const drawing = createDrawing(ports.renderer, {
    store,
    connect: (send) => client.request('connect', send),
    onLost: (error) => report(error, 'explore'),
    onFailed: (error) => report(error, 'explore'),
  });
  const request: PageServices['request'] = (...asked) => client.request(...asked);
  const rates = learningRates(
    store,
    (send) => request('setLearningRates', send, { expects: get().workerRun }),
    (error) => report(error, 'settings'),
  );
  const services: PageServices = { store, history, runs, rates, request, report, dismiss };
  const autosave = createAutosave(services, storage, async () => {
    await lifecycle.press('pause');
  });
  const images = createOwnImages(services);
  const lifecycle: Lifecycle = createLifecycle({
    services,
    receive,
    autosave,
    startClient() {
      drawing.stop();
      client.start();
      images.readAgain();
    },
    greet: (checked) => greetWorker({ services, drawing, pageUrl, choices, greet }, checked),
  });
  function greet(): void {
    void autosave.greet();
    // The worker before may have saved something, and not lived to say so.
    if (get().autosave.list !== null) void autosave.look();
  }
  const choices = createChoices(services, lifecycle, images);
  const recovery = createRecovery({
    store,
    lifecycle,
    report: (error) => report(error, 'training'),
    now: () => performance.now(),
  });

  function receive(event: EventMessage): void {
    autosave.receive(event);
    // The worker goes down with what it says; what is done about it is the recovery's.
    if (event.name === 'problem' && recovery.takes(decodeError(event.payload))) return;
    set(applyEvent(get(), event, history));
    if (event.name === 'state') {
      if (event.payload.state === 'failed') lifecycle.ended();
      rates.send();
    }
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

  /** A file of the run as it is. null when there is none; why is reported. */
  async function fileOf<Name extends 'exportWeights' | 'saveRun'>(name: Name): Promise<Requests[Name]['reply'] | null> {
    dismiss('weights');
    try {
      const { workerRun, trainingStatus } = get();
      const file = await request(name, null, { expects: workerRun });
      if (get().workerRun === workerRun) set({ savedStep: trainingStatus?.step ?? null });
      return file;
    } catch (error) {
      report(error, 'weights');
      return null;
    }
  }

  const actions: Actions = {
    async start() {
      recovery.forget();
      await lifecycle.wantWorker();
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
    async train() {
      const { wrongSettings } = get();
      if (wrongSettings.length > 0) {
        return report(new GanvasError('settings-wrong', { settings: wrongSettings }), 'settings');
      }
      await lifecycle.press('train');
    },
    async pause() {
      await lifecycle.press('pause');
    },
    async cancel() {
      lifecycle.takeBackPress();
    },
    async reset() {
      lifecycle.takeBackPress();
      set({ isReset: true });
      await lifecycle.wantSettings();
    },
    async undo() {
      const kept = undoable(get());
      if (kept !== null) await actions.resume(kept.runId);
    },
    takePresetRates() {
      const { config } = presets[get().preset];
      for (const name of rateNames) actions.setSetting(name, config[name]);
    },
    async halfStep(network, count) {
      await lifecycle.press(network, count);
    },
    ...choices.actions,
    noteWrongSetting(name, isWrong) {
      const { wrongSettings, problems } = get();
      if (isWrong === wrongSettings.includes(name)) return;
      const others = wrongSettings.filter((each) => each !== name);
      set({ wrongSettings: isWrong ? [...others, name] : others });
      // What Train has said of them is no longer true.
      if (get().wrongSettings.length > 0) return;
      set({ problems: problems.filter(({ code }) => code !== 'settings-wrong') });
    },
    nearestReal: (picture) => request('nearestReal', { picture }, { expects: get().workerRun }),
    async retryDataset() {
      const { unavailable, workerRun } = get();
      if (unavailable === null) return;
      // First the data, then the new run: the one in progress goes on until there is something better.
      const error = await request('fetchDataset', { dataset: unavailable.wanted }).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (get().workerRun !== workerRun) return;
      if (error !== null) {
        set({ unavailable: { ...unavailable, error: encodeError(error) } });
        return;
      }
      set({ dataset: unavailable.wanted });
      void lifecycle.wantSettings();
      await actions.train();
    },
    previewImages: images.preview,
    closeImages: images.close,
    async openFile(file, only) {
      await lifecycle.want({ kind: 'file', file, only });
    },
    async resume(runId) {
      autosave.dismiss();
      lifecycle.takeBackPress();
      await lifecycle.want({ kind: 'checkpoint', runId, keepsRates: false });
    },
    async trainFrom({ runId, step }) {
      autosave.dismiss();
      lifecycle.takeBackPress();
      await lifecycle.want({ kind: 'waypoint', runId, step }, { thenTrain: true });
    },
    async continuePretrained() {
      const { pretrained } = get();
      if (pretrained === null) return;
      await lifecycle.want({ kind: 'file', file: pretrained.file }, { thenTrain: true });
    },
    exportWeights: () => fileOf('exportWeights'),
    async saveRun() {
      if (isAllowed('saveRun', get().session)) return fileOf('saveRun');
      dismiss('weights');
      try {
        const kept = await autosave.lastSave();
        if (kept === null) throw new GanvasError('nothing-saved', {});
        return { zip: kept.bytes, fileName: kept.fileName };
      } catch (error) {
        report(error, 'weights');
        return null;
      }
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
        return await drawing.render(shown.workerRun, latent);
      } catch (error) {
        // Another run may have taken over on the way: what it thinks of this latent is nobody’s business.
        throw shownOf(get()) === shown && !lifecycle.isOpening ? error : stale;
      }
    },
    explore: (change) => set(change(get())),
    report,
    dismiss,
    dismissStandIn: () => set({ unavailable: null }),
  };
  return { store, history, actions, runs, autosave };
}
