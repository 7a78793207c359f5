// The page behind its parts: carries out the actions by asking the workers, and keeps the store true to what they answer.
import { GanvasError } from '../config/errors.ts';
import { type PresetName, presetOf, presets } from '../config/presets.ts';
import { type RunConfig, settingProblem, settings } from '../config/run.ts';
import { noStopRules, stopRuleProblem } from '../config/stopping.ts';
import type { Measure } from '../protocol/devices.ts';
import { encodeError } from '../protocol/errors.ts';
import type { EventMessage, Events, Requests, RunDescription } from '../protocol/messages.ts';
import type { Pace } from '../protocol/pace.ts';
import { isAllowed } from '../protocol/states.ts';
import type { Actions } from './actions.ts';
import { Client, roles, type WorkerPorts } from './client.ts';
import { createDrawing } from './drawing.ts';
import { followShown, openExhibit, shownOf } from './exhibit.ts';
import { History } from './history.ts';
import { learningRates } from './learningRates.ts';
import { addProblem, isQuiet, type Place, problemOf } from './problems.ts';
import { nothingMeasured } from './quality/quality.ts';
import { keepCalibration, recallCalibration } from './remembered.ts';
import { rememberedPace, rememberPace } from './rememberedPace.ts';
import type { Archive } from './runs/archive.ts';
import { createRuns } from './runs/runs.ts';
import { applyEvent, createPageStore, type Page, type PageState } from './store.ts';
import { atNow } from './timeMachine/moment.ts';

/** How long the first run waits at most for the worker that draws to have loaded, where it would be in the way. */
const loadingMs = 1_500;
/** How long the settings must rest before a new run is made of them. */
const settleMs = 350;

let made = 0;
const newRunId = (): string => `${Date.now().toString(36)}-${(made++).toString(36)}`;

/** `pageUrl`: beside which the worker looks for the host’s own copies of the data. `openArchive`: where runs are kept. */
export function createPage(ports: WorkerPorts, pageUrl: string, openArchive: () => Promise<Archive>): Page {
  const store = createPageStore();
  store.setState({ pace: rememberedPace() });
  followShown(store);
  const history = new History();
  const runs = createRuns(store, history, openArchive);
  const get = store.getState;
  const set = store.setState;

  const rates = learningRates(
    store,
    (send) => client.request('setLearningRates', send),
    (error) => report(error, 'settings'),
  );
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** What the visitor has chosen and set before the worker has said which preset suits this device: it stays. */
  let early: { preset: PresetName | null; settings: Partial<RunConfig> } = { preset: null, settings: {} };
  /** Until the workers are started, what is pressed waits for that. */
  let started: (ok: boolean) => void = () => {};
  let creating = new Promise<boolean>((resolve) => {
    started = resolve;
  });
  /** Events of a run that is being opened wait here: whether it becomes the current one, the reply says. */
  let opening: { run: string; events: EventMessage[] } | null = null;

  const client = new Client<Requests, Events>(ports.trainer, roles.trainer, {
    onEvent(event) {
      if (opening !== null && event.run === opening.run) opening.events.push(event);
      else if (event.run === null || event.run === get().run) receive(event);
    },
    onLost(error) {
      set({ session: 'failed', intent: null, progress: null });
      report(error, 'page');
    },
  });
  const drawing = createDrawing(ports.renderer, {
    store,
    connect: (send) => client.request('connect', send),
    onLost: (error) => report(error, 'explore'),
    onFailed: (error) => report(error, 'explore'),
  });

  function receive(event: EventMessage): void {
    set(applyEvent(get(), event, history));
    if (event.name === 'state') rates.send();
    if (event.name === 'calibration') keepCalibration(event.payload.keep ? event.payload.calibration : null);
  }

  function report(error: unknown, here: Place): void {
    if (!isQuiet(error)) set({ problems: addProblem(get().problems, problemOf(error, here)) });
  }

  const dismiss = (place: Place): void =>
    set({ problems: get().problems.filter((problem) => problem.place !== place) });

  // --- A run: its beginning ---

  function begin(run: string): void {
    runs.end();
    history.clear();
    set((state) => ({
      // The worker answers when the run before has stopped, which may take it a chunk of work.
      progress: state.session === 'training' ? { stage: 'starting', text: 'Stopping the run before' } : null,
      run,
      session: 'loading',
      finished: null,
      quality: nothingMeasured,
      moment: atNow,
      touched: false,
      savedStep: null,
      standing: null,
      machineUse: null,
      last: null,
      historyVersion: state.historyVersion + 1,
      unavailable: null,
      loaded: state.loaded?.info.id === state.dataset ? state.loaded : null,
    }));
  }

  function adopt(description: RunDescription): void {
    set({ description });
    rates.send();
  }

  function create(measure?: Measure): Promise<boolean> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const { config, accelerator, dataset } = get();
    const run = newRunId();
    begin(run);
    for (const place of ['settings', 'accelerator', 'training'] as const) dismiss(place);
    const mine = client.request('create', { run, config, accelerator, dataset, ...(measure && { measure }) }).then(
      (description) => {
        if (get().run === run) adopt(description);
        return true;
      },
      (error: unknown) => {
        if (get().run === run) {
          set({ session: 'failed' });
          report(error, 'settings');
        }
        return false;
      },
    );
    creating = mine;
    return mine;
  }

  const sendStopRules = (): Promise<unknown> =>
    client.request('setStopRules', { rules: get().stopRules }).catch((error: unknown) => report(error, 'settings'));

  const sendPace = (pace: Pace): Promise<unknown> =>
    client.request('setPace', { pace }).catch((error: unknown) => report(error, 'accelerator'));

  /** The preset for this device, with what the visitor has set before anything was known of it. */
  function setOut(hasGpu: boolean): Pick<PageState, 'preset' | 'config'> {
    const preset = early.preset ?? (hasGpu ? 'tutorial' : 'quick');
    return { preset, config: { ...presets[preset].config, ...early.settings } };
  }

  /** Something to see before anything is trained. */
  async function showExhibit(): Promise<void> {
    if (get().touched || get().exhibit !== null) return;
    try {
      set({ exhibit: await openExhibit(drawing, pageUrl) });
    } catch (error) {
      report(error, 'explore');
    }
  }

  /** The worker's hello, and the first run. */
  async function begun(): Promise<boolean> {
    const first = get().browser === null;
    const { pace } = get();
    try {
      if (pace !== null) void sendPace(pace);
      if (get().stopRules !== noStopRules) void sendStopRules();
      const hello = { pageUrl, remembered: recallCalibration() };
      const { offers, automatic, hasGpu, calibration } = await client.request('hello', hello);
      const browser = { offers, automatic };
      set(first ? { browser, calibration, ...setOut(hasGpu) } : { browser, calibration });
      const canDraw = drawing.start().then(showExhibit);
      // What is measured next shall not have to share the processor with what loads.
      if (automatic === null) await Promise.race([canDraw, new Promise((resolve) => setTimeout(resolve, loadingMs))]);
      return await create();
    } catch (error) {
      report(error, 'page');
      return false;
    }
  }

  /** A new run when the settings have rested: nobody wants ten of them while a number is typed. */
  function createSoon(): void {
    if (get().browser === null) return;
    if (timer !== null) clearTimeout(timer);
    // Said at once: the run that stands is not the one that will be trained.
    set({ progress: { stage: 'building', text: 'Building the networks' } });
    timer = setTimeout(() => void create(), settleMs);
  }

  /** Whether the run of the settings as they are now stands. */
  async function settled(): Promise<boolean> {
    for (;;) {
      if (timer !== null) void create();
      const waitedFor = creating;
      const ok = await waitedFor;
      if (timer === null && creating === waitedFor) return ok;
    }
  }

  async function ask(intent: NonNullable<PageState['intent']>, work: () => Promise<unknown>): Promise<void> {
    dismiss('training');
    set({ intent });
    try {
      if (intent === 'pause' || ((await settled()) && get().intent === intent)) await work();
    } catch (error) {
      report(error, 'training');
    } finally {
      if (get().intent === intent) set({ intent: null });
    }
  }

  const actions: Actions = {
    async start() {
      opening = null;
      rates.forget();
      drawing.stop();
      // What was pressed before there was a worker is still wanted.
      const intent = get().session === 'empty' ? get().intent : null;
      set({ problems: [], session: 'empty', intent, progress: null, run: null });
      client.start();
      // Whoever presses Train before this is done waits for it.
      creating = begun();
      started(await creating);
    },
    stop() {
      client.stop();
      drawing.stop();
    },
    async restart(lost) {
      if (lost !== 'explore') return actions.start();
      dismiss('explore');
      await drawing.start();
    },
    train: () => ask('train', () => client.request('train', null)),
    pause: () => ask('pause', () => client.request('pause', null)),
    async cancel() {
      const { session, run, description } = get();
      set({ intent: null });
      // While the run is still being made there is only the press of Train to take back.
      if (!isAllowed('cancel', session) || description?.run !== run) return;
      await client.request('cancel', null).catch((error: unknown) => report(error, 'dataset'));
    },
    async reset() {
      set({ intent: null });
      await create();
    },
    halfStep: (network) => ask(network, () => client.request('halfStep', { network })),
    setSetting(name, value) {
      const { config, touched } = get();
      if (settingProblem(name, value) !== null || config[name] === value) return;
      if (touched && !settings[name].live) return;
      if (get().browser === null) early.settings = { ...early.settings, [name]: value };
      set({ config: { ...config, [name]: value } });
      if (settings[name].live) rates.send();
      else createSoon();
    },
    choosePreset(name) {
      if (get().touched) return;
      if (get().browser === null) early = { preset: name, settings: { seed: get().config.seed } };
      set({ preset: name, config: { ...presets[name].config, seed: get().config.seed } });
      createSoon();
    },
    chooseDataset(dataset) {
      dismiss('dataset');
      set({ dataset });
      void create();
    },
    takeSettings(config, dataset) {
      dismiss('dataset');
      // As it was, and not with the settings of the next one.
      runs.end();
      const preset = presetOf(config) ?? get().preset;
      if (get().browser === null) early = { preset, settings: config };
      set({ intent: null, config, preset, dataset });
      if (get().browser !== null) void create();
    },
    chooseAccelerator(accelerator) {
      set({ accelerator });
      void create();
    },
    choosePace(pace) {
      set({ pace });
      rememberPace(pace);
      if (get().browser !== null) void sendPace(pace);
    },
    chooseStopRule(name, value) {
      if (stopRuleProblem(name, value) !== null) return;
      set({ stopRules: { ...get().stopRules, [name]: value } });
      if (get().browser !== null) void sendStopRules();
    },
    nearestReal: (picture) => client.request('nearestReal', { picture }),
    async measureAccelerators(measure) {
      if (get().touched) return;
      await create(measure);
    },
    async retryDataset() {
      const { unavailable, run } = get();
      if (unavailable === null) return;
      // First the data, then the new run: the one in progress goes on until there is something better.
      const error = await client.request('fetchDataset', { dataset: unavailable.wanted }).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (get().run !== run) return;
      if (error !== null) {
        set({ unavailable: { ...unavailable, error: encodeError(error) } });
        return;
      }
      set({ dataset: unavailable.wanted });
      void create();
      await actions.train();
    },
    async previewImages(files) {
      dismiss('images');
      dismiss('weights');
      try {
        return await client.request('readImages', { files });
      } catch (error) {
        report(error, 'images');
        return null;
      }
    },
    async openWeights(file) {
      dismiss('weights');
      dismiss('images');
      const { accelerator, dataset } = get();
      const mine: typeof opening = { run: newRunId(), events: [] };
      const { run } = mine;
      opening = mine;
      try {
        const zip = new Uint8Array(await file.arrayBuffer());
        const send = { run, zip, fileName: file.name, accelerator, dataset };
        const description = await client.request('openWeights', send);
        if (timer !== null) clearTimeout(timer);
        timer = null;
        creating = Promise.resolve(true);
        begin(run);
        set({ touched: true, config: description.config });
        for (const event of mine.events) receive(event);
        set({ savedStep: get().standing?.step ?? null });
        adopt(description);
      } catch (error) {
        report(error, 'weights');
      } finally {
        if (opening === mine) opening = null;
      }
    },
    async continueExhibit() {
      const { exhibit } = get();
      if (exhibit === null) return;
      await actions.openWeights(exhibit.file);
      if (get().problems.every(({ place }) => place !== 'weights')) await actions.train();
    },
    async exportWeights() {
      dismiss('weights');
      try {
        const savedStep = get().standing?.step ?? null;
        const exported = await client.request('exportWeights', null);
        set({ savedStep });
        return exported;
      } catch (error) {
        report(error, 'weights');
        return null;
      }
    },
    async render(latent) {
      const shown = shownOf(get());
      const stale = new GanvasError('not-now', 'This latent belongs to another run.');
      if (shown === null || shown.latent !== latent.length) throw stale;
      try {
        return await drawing.render(shown.run, latent);
      } catch (error) {
        // Another run may have taken over on the way: what it thinks of this latent is nobody's business.
        throw shownOf(get()) === shown && opening === null ? error : stale;
      }
    },
    explore: (change) => set(change(get())),
    report,
    dismiss,
    dismissStandIn: () => set({ unavailable: null }),
  };
  return { store, history, actions, runs };
}
