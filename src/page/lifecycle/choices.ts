// What the visitor chooses: settings and preset, dataset, accelerator, pace, stop rules; told to the worker and
// remembered.
import type { DatasetId } from '../../config/datasets.ts';
import { type PresetName, presetOf, presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import { type SettingName, settingNames, settingProblem, settings } from '../../config/settings.ts';
import { noStopRules, stopRuleProblem } from '../../config/stopping.ts';
import type { Requests } from '../../protocol/messages.ts';
import { recallChoices, rememberChoice } from '../preferences/rememberedChoices.ts';
import type { Actions } from '../state/actions.ts';
import type { PageServices } from '../state/services.ts';
import type { PageState } from '../state/store.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { OwnImages } from './ownImages.ts';

export interface Choices {
  readonly actions: Pick<
    Actions,
    | 'setSetting'
    | 'choosePreset'
    | 'chooseDataset'
    | 'takeImages'
    | 'takeSettings'
    | 'chooseAccelerator'
    | 'choosePace'
    | 'chooseStopRule'
    | 'chooseDrawnWith'
    | 'measureAccelerators'
    | 'cancelMeasuring'
  >;
  /** Tells a new worker what has been chosen for all runs. */
  tell(): void;
  /**
   * Where a visit sets out, by what the worker says: the preset for this device or the visitor's own, and an
   * accelerator that this browser has.
   */
  setOut(hello: Requests['hello']['reply']): Partial<PageState>;
}

/** Puts the choices of the last visit into the store. */
export function createChoices(
  { store, runs, rates, request, report, dismiss }: PageServices,
  lifecycle: Pick<Lifecycle, 'wantSettings' | 'takeBackPress'>,
  images: Pick<OwnImages, 'use'>,
): Choices {
  const get = store.getState;
  const set = store.setState;
  const { preset: lastVisits = null, ...recalled } = recallChoices();
  set({ ...recalled, ...(lastVisits !== null && { preset: lastVisits, config: presets[lastVisits].config }) });
  /** What was chosen before the worker had said which preset suits this device: it stays all the same. */
  let early: { preset: PresetName | null; settings: Partial<RunConfig> } = { preset: lastVisits, settings: {} };

  function keepSetting(name: SettingName, value: number): void {
    if (get().browser === null) early = { ...early, settings: { ...early.settings, [name]: value } };
  }

  function keepPreset(name: PresetName): void {
    if (get().browser === null) early = { preset: name, settings: { seed: get().config.seed } };
  }

  /**
   * A run of the settings when they have rested. Before the worker has answered its first run is made of them anyway.
   */
  function settle(): void {
    if (get().browser === null) return;
    // Said at once: the run that stands is not the one that will be trained.
    set({ progress: { stage: 'building' } });
    void lifecycle.wantSettings({ resting: true });
  }

  function sendStopRules(): Promise<unknown> {
    return request('setStopRules', { rules: get().stopRules }).catch((error: unknown) => report(error, 'settings'));
  }

  function sendDrawnWith(): void {
    const { drawnWith } = get();
    request('setDrawnWith', { weights: drawnWith }).catch((error: unknown) => report(error, 'training'));
  }

  function chooseDataset(dataset: DatasetId): void {
    dismiss('dataset');
    rememberChoice('dataset', dataset);
    set({ dataset });
    void lifecycle.wantSettings();
  }

  async function sendPace(): Promise<void> {
    const { pace } = get();
    if (pace === null) return;
    await request('setPace', { pace }).catch((error: unknown) => report(error, 'accelerator'));
  }

  return {
    tell() {
      if (get().pace !== null) void sendPace();
      if (get().stopRules !== noStopRules) void sendStopRules();
      if (get().drawnWith !== 'averaged') sendDrawnWith();
    },
    setOut({ hasGpu, offers }) {
      const preset = early.preset ?? (hasGpu ? 'tutorial' : 'quick');
      const { accelerator } = get();
      const isHere = offers.some(({ name, available }) => name === accelerator && available);
      return {
        preset,
        config: { ...presets[preset].config, ...early.settings },
        accelerator: isHere ? accelerator : 'automatic',
      };
    },
    actions: {
      setSetting(name, value) {
        const { config, touched } = get();
        if (settingProblem(name, value) !== null || config[name] === value) return;
        if (touched && !settings[name].live) return;
        keepSetting(name, value);
        set({ config: { ...config, [name]: value } });
        if (settings[name].live) rates.send();
        else settle();
      },
      choosePreset(name) {
        if (get().touched) return;
        keepPreset(name);
        rememberChoice('preset', name);
        set({ preset: name, config: { ...presets[name].config, seed: get().config.seed } });
        settle();
      },
      chooseDataset,
      takeImages: () => images.use(() => chooseDataset('own')),
      takeSettings(config, dataset) {
        dismiss('dataset');
        // As it was, and not with the settings of the next one.
        runs.end();
        const preset = presetOf(config) ?? get().preset;
        keepPreset(preset);
        for (const name of settingNames) keepSetting(name, config[name]);
        rememberChoice('dataset', dataset);
        lifecycle.takeBackPress();
        set({ config, preset, dataset, isReset: false });
        if (get().browser !== null) void lifecycle.wantSettings();
      },
      chooseAccelerator(accelerator) {
        set({ accelerator, movedBecause: null, switching: true });
        void lifecycle.wantSettings();
      },
      choosePace(pace) {
        set({ pace });
        rememberChoice('pace', pace);
        if (get().browser !== null) void sendPace();
      },
      chooseDrawnWith(weights) {
        if (get().drawnWith === weights) return;
        set({ drawnWith: weights });
        if (get().browser !== null) sendDrawnWith();
      },
      chooseStopRule(name, value) {
        if (stopRuleProblem(name, value) !== null) return;
        set({ stopRules: { ...get().stopRules, [name]: value } });
        if (get().browser !== null) void sendStopRules();
      },
      async measureAccelerators(measure) {
        if (get().touched) return;
        set({ switching: true });
        await lifecycle.wantSettings({ measure });
      },
      async cancelMeasuring() {
        if (get().progress?.stage === 'measuring') await lifecycle.wantSettings({ measure: 'none' });
      },
    },
  };
}
