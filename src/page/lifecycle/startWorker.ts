// Greets a worker that was just started: what this browser can do, what was chosen, and the worker that draws beside it.
import type { Checked, Requests } from '../../protocol/messages.ts';
import type { Drawing } from '../explore/drawing.ts';
import { openPretrained } from '../explore/pretrained.ts';
import { recallCalibration } from '../preferences/rememberedCalibration.ts';
import type { PageServices } from '../state/services.ts';
import type { PageState } from '../state/store.ts';

/** How long the first run waits at most for the worker that draws to have loaded, where it would be in the way. */
const loadingMs = 1_500;

export interface StartParts {
  readonly services: PageServices;
  readonly drawing: Drawing;
  readonly pageUrl: string;
  readonly choices: {
    /** Tells a new worker what was chosen for all runs. */
    tell(): void;
    /** What a visit begins with on this device. */
    setOut(hello: Requests['hello']['reply']): Partial<PageState>;
  };
  /** Tells the worker whether to save runs by itself. */
  readonly greet: () => unknown;
}

/**
 * `checked`: a backend that need not pass the self-test again.
 * @throws GanvasError when the worker cannot say what this browser has
 */
export async function greetWorker(parts: StartParts, checked: Checked | null): Promise<void> {
  const { services, drawing, pageUrl, choices, greet } = parts;
  const { store, request, report, dismiss } = services;
  const isFirst = store.getState().browser === null;
  choices.tell();
  const hello = await request('hello', { pageUrl, remembered: recallCalibration(), ...(checked && { checked }) });
  const { offers, automatic, calibration } = hello;
  store.setState({ browser: { offers, automatic }, calibration, ...(isFirst && choices.setOut(hello)) });
  void greet();
  dismiss('explore');

  /** Something to see before anything is trained. */
  async function showPretrained(): Promise<void> {
    if (store.getState().touched || store.getState().pretrained !== null) return;
    try {
      store.setState({ pretrained: await openPretrained(drawing.drawPretrained, pageUrl) });
    } catch (error) {
      report(error, 'explore');
    }
  }
  const canDraw = drawing.start().then(showPretrained);
  // What is measured next does not have to share the processor with what loads.
  if (automatic === null) await Promise.race([canDraw, new Promise((resolve) => setTimeout(resolve, loadingMs))]);
}
