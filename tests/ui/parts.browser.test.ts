// Parts of the page alone, in a real browser, on a page whose actions are counted.
import { type ComponentType, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page as browser } from 'vitest/browser';
import { presets } from '../../src/config/presets.ts';
import type { Page } from '../../src/page/page.ts';
import type { Actions } from '../../src/page/state/actions.ts';
import { createPageStore, type PageStore } from '../../src/page/state/store.ts';
import { PageContext } from '../../src/ui/components/pageContext.ts';
import { StopRuleField } from '../../src/ui/controls/StopRuleField.tsx';
import { usePicture } from '../../src/ui/explore/usePicture.ts';
import { Gallery } from '../../src/ui/gallery/Gallery.tsx';
import { SavedHere } from '../../src/ui/runs/SavedHere.tsx';
import { english } from '../../src/ui/words/en/index.ts';

let place: HTMLElement;
let root: Root;

beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});

afterEach(() => {
  root.unmount();
  place.remove();
  vi.restoreAllMocks();
});

const latent = new Float32Array(4);

/** Draws a part on a page with these actions; `store` is the page's. */
function draw<Props extends object>(
  part: ComponentType<Props>,
  props: Props,
  actions: Partial<Actions> = {},
  store: PageStore = createPageStore(),
): PageStore {
  const page = { store, actions, autosave: {}, runs: {}, history: { frames: { length: 0 } } } as unknown as Page;
  root.render(createElement(PageContext, { value: page }, createElement(part, props)));
  return store;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('what is saved here', () => {
  it('is measured once while the list of runs is not there yet', async () => {
    const estimate = vi.spyOn(navigator.storage, 'estimate');
    draw(SavedHere, {});
    await expect.poll(() => place.textContent).toContain('of this browser’s disk');
    await pause(300);
    expect(estimate).toHaveBeenCalledTimes(1);
  });
});

describe('a picture that follows the weights now and then', () => {
  function Followed() {
    return createElement('p', {}, usePicture(latent, 300)?.step ?? 'none');
  }

  it('follows the newest weights after the last of a quick row, too', async () => {
    const store = createPageStore();
    const { config } = presets.tutorial;
    store.setState({
      workerRun: 'run',
      description: {
        workerRun: 'run',
        runId: 'run',
        config: { ...config, latent: latent.length },
        gridLatents: new Float32Array(64 * latent.length),
        backend: { name: 'cpu', detail: { on: 'javascript' }, reason: null },
      } as never,
      weights: { workerRun: 'run', step: 1 },
    });
    const render: Actions['render'] = async () => ({
      pixels: new Float32Array(28 * 28),
      realness: 0.5,
      step: store.getState().weights?.step ?? 0,
    });
    draw(Followed, {}, { render, report: (error) => expect.fail(String(error)) }, store);
    await expect.poll(() => place.textContent).toBe('1');
    // The first of these comes within the rest after the first picture; after the last there is a pause.
    for (const step of [2, 3]) store.setState({ weights: { workerRun: 'run', step } });
    await expect.poll(() => place.textContent, { timeout: 3_000 }).toBe('3');
  });
});

describe('the gallery', () => {
  it('fits its digits to the window’s new height', async () => {
    await browser.viewport(1200, 1000);
    draw(Gallery, {});
    const side = (): number => {
      const empty = [...place.querySelectorAll('p')].find(({ textContent }) => textContent === english.gallery.empty);
      return empty?.parentElement?.clientWidth ?? 0;
    };
    await expect.poll(side).toBeGreaterThan(400);
    const before = side();
    await browser.viewport(1200, 500);
    await expect.poll(side).toBeLessThan(before);
  });
});

describe('a number with a decimal comma', () => {
  it('is one in the field of a stop rule, too', async () => {
    const chooseStopRule = vi.fn();
    draw(StopRuleField, { name: 'minutes' }, { chooseStopRule });
    await browser.getByRole('textbox').fill('0,5');
    expect(chooseStopRule).toHaveBeenCalledWith('minutes', 0.5);
    expect(place.querySelector('input')?.getAttribute('aria-invalid')).toBe('false');
  });
});
