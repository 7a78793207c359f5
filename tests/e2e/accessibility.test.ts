// For everybody: axe-core finds nothing to complain of in any state, theme or width, and the keyboard alone does it
// all.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AxeResults } from 'axe-core';
import { strToU8 } from 'fflate';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { idxImages } from '../data/samples.ts';
import { nightly } from '../support/long.ts';
import { drop } from './handOver.ts';
import { alerts, noMnist, openPage, pause, setUp, small, stepOf, train, untilStep } from './openPage.ts';
import { stillTraining } from './sentence.ts';

const axe = readFileSync(resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

/** What axe finds with all its rules, in lines that say where. */
async function violations(page: Page): Promise<string[]> {
  // Colours on their way from one theme to the other are nobody's contrast.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  await page.evaluate(axe);
  const found = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } };
    return axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
  });
  expect(found.passes.length).toBeGreaterThan(20);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

const themes = ['light', 'dark'] as const;
const widths = [1440, 390] as const;

async function findNothing(page: Page, at: readonly number[] = widths): Promise<void> {
  for (const width of at) {
    await page.setViewportSize({ width, height: 1000 });
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), `${width} px, ${colorScheme}`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1440, height: 1000 });
}

describe('axe-core', () => {
  it('finds no violation idle, training, after errors, in the dialog and in the sheet of settings', async () => {
    await using opened = await openPage({ expected: noMnist });
    const { page } = opened;
    await setUp(page, small);
    await findNothing(page);
    // Whatever axe is asked, it would find something if there were something.
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<button id="bare"></button>'));
    expect((await violations(page)).join()).toMatch(/button-name at #bare/);
    await page.evaluate(() => document.getElementById('bare')?.remove());

    // No network: the built-in digits stand in, with a message and Retry.
    await train(page).click();
    await untilStep(page, 2);
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(1);
    await findNothing(page, [390]);

    await drop(page, { name: 'words.zip', bytes: strToU8('These are no weights.') });
    await page.getByRole('textbox', { name: 'Generator learning rate' }).fill('abc');
    await expect.poll(() => alerts(page).count()).toBe(3);
    await findNothing(page, [1440]);

    await drop(page, { name: 'few-idx3-ubyte', bytes: idxImages(63) });
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await findNothing(page, [390]);
    await page.keyboard.press('Escape');

    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: 'What is this?' }).first().click();
    expect(await violations(page)).toEqual([]);
    await stillTraining(page);
  });
});

interface Stop {
  readonly what: string;
  /** Nothing lies over it and it is in the window. */
  readonly seen: boolean;
  /** It looks focused. */
  readonly marked: boolean;
}

/** Where the focus is; null when it is nowhere. */
const focused = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const { left, top, width, height } = element.getBoundingClientRect();
    const onTop = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const label = element.getAttribute('aria-label') ?? (element as Partial<HTMLInputElement>).labels?.[0]?.textContent;
    return {
      what: `${element.tagName.toLowerCase()} ${label ?? element.textContent}`.trim(),
      seen: onTop !== null && (element.contains(onTop) || onTop.contains(element)) && onTop !== document.body,
      marked: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
    };
  });

/** Presses Tab until the focus is on what is wanted. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    if (wanted.test((await focused(page))?.what ?? '')) return;
  }
  throw new Error(`Tab never came to ${wanted}.`);
}

describe('the keyboard alone', () => {
  nightly.each(widths)('at %i px: every stop of Tab is in sight and marked, there and back', async (width) => {
    await using opened = await openPage({ viewport: { width, height: 844 } });
    const { page } = opened;
    await setUp(page, {}, {});
    // What comes late (the pretrained digits, the explored one, the curves) brings stops of its own.
    await page.getByRole('button', { name: 'Continue from these weights' }).waitFor();
    await page.getByText('says the discriminator').waitFor();
    await page.locator('svg[aria-label^="Losses of"]').waitFor();
    const walk = async (key: string, most = 150): Promise<Stop[]> => {
      const stops: Stop[] = [];
      while (stops.length < most) {
        await page.keyboard.press(key);
        const stop = await focused(page);
        if (stop === null) break;
        stops.push(stop);
      }
      expect(stops.length).toBeLessThan(150);
      expect(stops.filter(({ seen }) => !seen)).toEqual([]);
      expect(stops.filter(({ marked }) => !marked)).toEqual([]);
      return stops;
    };
    const there = await walk('Tab');
    expect(there.slice(0, 3).map(({ what }) => what)).toContain('button Train');
    expect(there.length).toBeGreaterThan(15);
    const back = await walk('Shift+Tab', there.length);
    expect(back.map(({ what }) => what)).toEqual(there.map(({ what }) => what).reverse());

    const settings = page.getByRole('button', { name: 'Settings', exact: true });
    if (!(await settings.isVisible())) return;
    await settings.focus();
    await page.keyboard.press('Enter');
    const more = await walk('Tab');
    expect(more.map(({ what }) => what)).toContain('input Latent size');
  });

  it('starts training, chooses a tile, turns a number, morphs, and pauses', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    await tabTo(page, /^button Train$/);
    await page.keyboard.press('Enter');
    await untilStep(page, 1);
    expect((await focused(page))?.what).toBe('button Pause');

    await tabTo(page, /^button Digit 1:/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect((await focused(page))?.what).toMatch(/^button Digit 10: the discriminator is \d+% sure this is real$/);
    await page.getByText(/^Digit 10: the discriminator is \d+% sure/).waitFor();
    // The grid is drawn anew, and the focus stays.
    const step = await stepOf(page);
    await untilStep(page, step + 3);
    expect((await focused(page))?.what).toMatch(/^button Digit 10:/);
    await page.keyboard.press('Enter');
    await page.getByText(/^A is .*10/).waitFor();

    for (const name of ['Latent value', 'Morph']) {
      await tabTo(page, new RegExp(`^input ${name}`));
      const slider = page.getByRole('slider', { name });
      const before = Number(await slider.inputValue());
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
      expect(Number(await slider.inputValue())).toBeGreaterThan(before);
      await page.keyboard.press('Home');
      expect(Number(await slider.inputValue())).toBe(Number(await slider.getAttribute('min')));
    }

    for (let i = 0; i < 150 && (await focused(page))?.what !== 'button Pause'; i++)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.press(' ');
    await train(page).waitFor();
    expect(await pause(page).count()).toBe(0);
    expect(await alerts(page).count()).toBe(0);
    expect(opened.misfortunes).toEqual([]);
  });
});
