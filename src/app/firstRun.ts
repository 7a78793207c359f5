// How the page gets under way: what the worker says of this device, the worker that draws, and the first run.
import { type PresetName, presets } from '../config/presets.ts';
import type { RunConfig } from '../config/run.ts';
import type { SettingName } from '../config/settings.ts';
import { noStopRules } from '../config/stopping.ts';
import type { Requests } from '../protocol/messages.ts';
import type { Behind } from './behind.ts';
import type { CurrentRun } from './currentRun.ts';
import type { Drawing } from './drawing.ts';
import { openExhibit } from './exhibit.ts';
import { recallCalibration } from './remembered.ts';
import { recallChoices } from './rememberedChoices.ts';
import type { PageState } from './store.ts';

/** How long the first run waits at most for the worker that draws to have loaded, where it would be in the way. */
const loadingMs = 1_500;

export interface FirstRun {
  /** Greets a worker that has just been started, and asks it for a run: of the settings, unless told otherwise. @returns whether it stands */
  begin(make?: () => Promise<boolean>): Promise<boolean>;
  /** Before the worker has said which preset suits this device: what is set and chosen stays all the same. */
  keepSetting(name: SettingName, value: number): void;
  keepPreset(name: PresetName): void;
}

interface Parts {
  readonly behind: Behind;
  readonly current: CurrentRun;
  readonly drawing: Drawing;
  readonly pageUrl: string;
  /** Tell a worker what the visitor has chosen for all runs. */
  readonly sendPace: () => unknown;
  readonly sendStopRules: () => unknown;
  readonly greet: () => unknown;
}

export function createFirstRun({ behind, current, drawing, pageUrl, sendPace, sendStopRules, greet }: Parts): FirstRun {
  const { store, request, report } = behind;
  const get = store.getState;
  const set = store.setState;
  const { preset: lastVisits = null, ...choices } = recallChoices();
  set({ ...choices, ...(lastVisits !== null && { preset: lastVisits, config: presets[lastVisits].config }) });
  let kept: { preset: PresetName | null; settings: Partial<RunConfig> } = { preset: lastVisits, settings: {} };

  /** The preset for this device or the visitor's own, and an accelerator that this browser has. */
  function setOut({ hasGpu, offers }: Requests['hello']['reply']): Partial<PageState> {
    const preset = kept.preset ?? (hasGpu ? 'tutorial' : 'quick');
    const { accelerator } = get();
    const isHere = offers.some(({ name, available }) => name === accelerator && available);
    return {
      preset,
      config: { ...presets[preset].config, ...kept.settings },
      accelerator: isHere ? accelerator : 'automatic',
    };
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

  return {
    async begin(make = () => current.create()) {
      const isFirst = get().browser === null;
      try {
        if (get().pace !== null) void sendPace();
        if (get().stopRules !== noStopRules) void sendStopRules();
        const hello = await request('hello', { pageUrl, remembered: recallCalibration() });
        const { offers, automatic, calibration } = hello;
        set({ browser: { offers, automatic }, calibration, ...(isFirst && setOut(hello)) });
        void greet();
        const canDraw = drawing.start().then(showExhibit);
        // What is measured next shall not have to share the processor with what loads.
        if (automatic === null) await Promise.race([canDraw, new Promise((resolve) => setTimeout(resolve, loadingMs))]);
        return await make();
      } catch (error) {
        report(error, 'page');
        return false;
      }
    },
    keepSetting(name, value) {
      if (get().browser === null) kept = { ...kept, settings: { ...kept.settings, [name]: value } };
    },
    keepPreset(name) {
      if (get().browser === null) kept = { preset: name, settings: { seed: get().config.seed } };
    },
  };
}
