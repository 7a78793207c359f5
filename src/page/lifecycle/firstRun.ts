// How the page gets under way: what the worker says of this device, the worker that draws, and the first run.
import type { Checked } from '../../protocol/messages.ts';
import type { Drawing } from '../explore/drawing.ts';
import { openPretrained } from '../explore/pretrained.ts';
import { recallCalibration } from '../preferences/rememberedCalibration.ts';
import type { PageServices } from '../state/services.ts';
import type { Choices } from './choices.ts';
import type { CurrentRun } from './currentRun.ts';

/** How long the first run waits at most for the worker that draws to have loaded, where it would be in the way. */
const loadingMs = 1_500;

export interface FirstRun {
  /**
   * Greets a worker that has just been started, and asks it for a run: of the settings, unless told otherwise. `checked`: what need
   * not be checked again. @returns whether it stands
   */
  begin(make?: () => Promise<boolean>, checked?: Checked): Promise<boolean>;
}

interface Parts {
  readonly services: PageServices;
  readonly current: CurrentRun;
  readonly drawing: Drawing;
  readonly pageUrl: string;
  readonly choices: Choices;
  readonly greet: () => unknown;
}

export function createFirstRun({ services, current, drawing, pageUrl, choices, greet }: Parts): FirstRun {
  const { store, request, report } = services;
  const get = store.getState;
  const set = store.setState;
  /** Something to see before anything is trained. */
  async function showExhibit(): Promise<void> {
    if (get().touched || get().pretrained !== null) return;
    try {
      set({ pretrained: await openPretrained(drawing.drawPretrained, pageUrl) });
    } catch (error) {
      report(error, 'explore');
    }
  }

  return {
    async begin(make = () => current.create(), checked) {
      const isFirst = get().browser === null;
      try {
        choices.tell();
        const hello = await request('hello', { pageUrl, remembered: recallCalibration(), ...(checked && { checked }) });
        const { offers, automatic, calibration } = hello;
        set({ browser: { offers, automatic }, calibration, ...(isFirst && choices.setOut(hello)) });
        void greet();
        services.dismiss('explore');
        const canDraw = drawing.start().then(showExhibit);
        // What is measured next shall not have to share the processor with what loads.
        if (automatic === null) await Promise.race([canDraw, new Promise((resolve) => setTimeout(resolve, loadingMs))]);
        return await make();
      } catch (error) {
        report(error, 'page');
        return false;
      }
    },
  };
}
