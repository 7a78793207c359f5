// The page as a visitor in any browser uses it: what is pressed, what is seen, and what was noted of it.
import { inject, onTestFailed } from 'vitest';
import { type Browser, until } from './driver.ts';
import type { Installed } from './installed.ts';

interface Noted {
  readonly errors: readonly string[];
  readonly answeredTwice: readonly string[];
  /** How many replies came from workers. */
  readonly replies: number;
}

/** What went wrong since the page was loaded. */
export const noted = (browser: Browser): Promise<Noted> =>
  browser.evaluate(() => (window as unknown as { noted: Noted }).noted);

/** Opens a browser on the page. When the test fails, what the page said last is printed. */
export async function visit({ open }: Pick<Installed, 'open'>, path = ''): Promise<Browser> {
  const browser = await open();
  let last = 'It was not open yet.';
  onTestFailed(() => console.error(`The page in the end:\n${last}`));
  const close = async (): Promise<void> => {
    last = await textOf(browser).catch(String);
    await browser[Symbol.asyncDispose]();
  };
  try {
    await browser.open(inject('builtUrl') + path);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...browser, [Symbol.asyncDispose]: close };
}

/** All that is written on the page. */
export const textOf = (browser: Browser): Promise<string> => browser.evaluate(() => document.body.innerText);

/** Presses a button with the pointer as soon as it can be pressed. */
export async function press(browser: Browser, name: string): Promise<void> {
  const at = await until(`the button ${name} can be pressed`, () =>
    browser.evaluate((wanted) => {
      for (const button of document.querySelectorAll('button')) {
        const says = (button.getAttribute('aria-label') ?? button.innerText).trim();
        if (says !== wanted || button.disabled || button.ariaDisabled === 'true' || !button.checkVisibility()) continue;
        button.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = button.getBoundingClientRect();
        return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
      }
      return null;
    }, name),
  );
  const pointer = [
    { type: 'pointerMove', duration: 0, origin: 'viewport', ...at },
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  await browser.perform([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: pointer }]);
}

/** Puts a value into the field with this label, as typing or choosing it would. */
export async function fill(browser: Browser, label: string, value: string): Promise<void> {
  await until(`the field ${label} can be changed`, () =>
    browser.evaluate(
      (wanted, text) => {
        const isWanted = (each: HTMLLabelElement): boolean => each.innerText.trim() === wanted;
        const field = [...document.querySelectorAll('label')].find(isWanted)?.control;
        if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || field.disabled) return false;
        const kind = field instanceof HTMLInputElement ? HTMLInputElement : HTMLSelectElement;
        // React hears of a value that was set past its own setter.
        Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, text);
        field.dispatchEvent(new Event(field instanceof HTMLInputElement ? 'input' : 'change', { bubbles: true }));
        return true;
      },
      label,
      value,
    ),
  );
}

const arrowRight = '\uE014';

/** Moves the slider with this label by keys. */
export async function slide(browser: Browser, label: string, presses: number): Promise<void> {
  await browser.evaluate((wanted) => {
    const found = [...document.querySelectorAll('label')].find((each) => each.innerText.trim() === wanted);
    found?.control?.focus();
  }, label);
  const keys = Array.from({ length: presses }, () => [
    { type: 'keyDown', value: arrowRight },
    { type: 'keyUp', value: arrowRight },
  ]).flat();
  await browser.perform([{ type: 'key', id: 'keyboard', actions: keys }]);
}

export const statusOf = (browser: Browser): Promise<string> =>
  browser.evaluate(() => document.querySelector('output[aria-label="Training status"]')?.textContent ?? '');

export async function stepOf(browser: Browser): Promise<number> {
  const [, whole = '', half = ''] = /step\s*([\d,]*)(½?)\s*of/.exec(await statusOf(browser)) ?? [];
  return Number(whole.replaceAll(',', '')) + (half === '' ? 0 : 0.5);
}

export const untilStatus = (browser: Browser, words: RegExp): Promise<string> =>
  until(`the status says ${words}`, async () => {
    const status = await statusOf(browser);
    return words.test(status) && status;
  });

export const untilStep = (browser: Browser, step: number): Promise<true> =>
  until(`step ${step}`, async () => (await stepOf(browser)) >= step, 120);

/** The pixels of a region's first canvas, or of the picture with this name. */
export const pixelsOf = (browser: Browser, name: string): Promise<string> =>
  browser.evaluate((wanted) => {
    const named = `[aria-label="${wanted}"]`;
    const headed = [...document.querySelectorAll('section')].find(
      (each) => each.querySelector('h2')?.textContent === wanted,
    );
    const canvas = document.querySelector(`canvas${named}, ${named} canvas`) ?? headed?.querySelector('canvas');
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error(`There is no picture ${wanted}.`);
    return canvas.toDataURL();
  }, name);

export const untilChanged = (browser: Browser, name: string, before: string): Promise<string> =>
  until(`the picture ${name} changes`, async () => {
    const now = await pixelsOf(browser, name);
    return now !== before && now;
  });

/** The picture once it has stood for a second: the last grid of a run that pauses comes after the pause. */
export async function untilStill(browser: Browser, name: string): Promise<string> {
  let before = '';
  return until(`the picture ${name} stands still`, async () => {
    const last = before;
    before = await pixelsOf(browser, name);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return before === last && before;
  });
}

/** Whether the loss curves have a line. */
export const hasCurves = (browser: Browser): Promise<boolean> =>
  browser.evaluate(() => document.querySelector('.recharts-line path, path.recharts-line-curve') !== null);

/** The smallest run on digits that no network is needed for. */
export async function setUpSmall(browser: Browser): Promise<void> {
  await untilStatus(browser, /Untrained/);
  await fill(browser, 'Dataset', 'built-in');
  await fill(browser, 'Preset', 'light');
  for (const [label, value] of [
    ['Filters', '4'],
    ['Batch', '8'],
    ['Latent size', '8'],
  ] as const) {
    await fill(browser, label, value);
  }
  // A run of some of the settings may stand for a moment before that of all.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await untilStatus(browser, /Untrained/);
}
