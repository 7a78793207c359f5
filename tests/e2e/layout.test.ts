// The page keeps still: nothing scrolls sideways at any width, nothing jumps while it trains, and reduced motion is
// none.
import { strToU8 } from 'fflate';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { idxImages } from '../data/samples.ts';
import { nightly } from '../support/long.ts';
import { drop } from './handOver.ts';
import { alerts, noMnist, openPage, ready, setUp, small, train, untilStep } from './openPage.ts';

/** What makes the page wider than its window, for each width at which it is; what clips it is taken off first. */
async function tooWide(page: Page): Promise<Record<number, string[]>> {
  await page.evaluate(() => {
    for (const { style } of [document.documentElement, document.body])
      style.setProperty('overflow-x', 'visible', 'important');
  });
  const found: Record<number, string[]> = {};
  for (const width of [360, 390, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    // Two frames: sizes that follow the window's have followed.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const culprits = await page.evaluate(() => {
      const over = document.documentElement.scrollWidth - window.innerWidth;
      if (over <= 0) return [];
      const beyond = [...document.querySelectorAll('body *')].filter(
        (element) => element.getBoundingClientRect().right > window.innerWidth,
      );
      return [`${over} px`, ...beyond.slice(-3).map(({ outerHTML }) => outerHTML.slice(0, 120))];
    });
    if (culprits.length > 0) found[width] = culprits;
  }
  return found;
}

/** In the page: puts a block where none belongs. The page's policy allows sizes set in this way, and none in HTML. */
function addBlock({ where, width, height }: { where: InsertPosition; width: string; height: string }): void {
  const block = document.createElement('p');
  Object.assign(block.style, { width, height });
  document.body.insertAdjacentElement(where, block);
}

describe('sideways', () => {
  it('nothing scrolls at 360, 390, 768 and 1440 px: idle, training, with errors, a sheet or a dialog open', async () => {
    await using opened = await openPage({ expected: noMnist });
    const { page } = opened;
    await setUp(page, small);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(await tooWide(page), 'idle').toEqual({});
    // MNIST cannot be fetched here, so the stand-in's message is among what must fit.
    await train(page).click();
    await untilStep(page, 3);
    expect(await tooWide(page), 'training').toEqual({});
    const name = `${'a_rather_long_name_'.repeat(6)}.zip`;
    await drop(page, { name, bytes: strToU8('These are no weights.') });
    await page.getByRole('textbox', { name: 'Generator learning rate' }).fill('abc');
    await expect.poll(() => alerts(page).count()).toBe(3);
    expect(await tooWide(page), 'with errors').toEqual({});
    await drop(page, { name: name.replace('.zip', '-idx3-ubyte'), bytes: idxImages(63) });
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await tooWide(page), 'with a dialog').toEqual({});
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    expect(await tooWide(page), 'with the sheet').toEqual({});
    // It would be noticed.
    await page.evaluate(addBlock, { where: 'beforeend', width: '1000px', height: '20px' } as const);
    expect(Object.keys(await tooWide(page))).toEqual(['360', '390', '768']);
  });
});

interface Shifts {
  readonly sum: number;
  readonly what: readonly string[];
}

const watchShifts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const shifts: { sum: number; what: string[] } = { sum: 0, what: [] };
    Object.assign(window, { shifts });
    interface LayoutShift extends PerformanceEntry {
      readonly value: number;
      readonly sources: readonly { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
    }
    // Right after a press, too: what a press moves without being asked to is no better.
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as LayoutShift[]) {
        // Another text in the middle of the same place has moved for the browser, and not for the eye.
        const moved = sources.filter(({ previousRect: a, currentRect: b }) => Math.hypot(a.x - b.x, a.y - b.y) >= 1);
        if (sources.length > 0 && moved.length === 0) continue;
        shifts.sum += value;
        for (const { node, previousRect: a, currentRect: b } of moved) {
          const text = node?.textContent?.slice(0, 40) ?? '';
          const rects = [a, b].map(({ x, y, width, height }) => `${x},${y} ${width}×${height}`);
          shifts.what.push(`${node?.nodeName} “${text}” ${rects.join(' → ')}`);
        }
      }
    }).observe({ type: 'layout-shift' });
  });
const shifts = (page: Page): Promise<Shifts> =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return (window as unknown as { shifts: Shifts }).shifts;
  });

async function trainAt(width: number): Promise<void> {
  await using opened = await openPage({ viewport: { width, height: 900 }, expected: noMnist });
  const { page } = opened;
  await ready(page);
  await page.getByRole('region', { name: 'Explore a digit' }).getByRole('slider').first().waitFor();
  await page.waitForLoadState('networkidle');
  await watchShifts(page);
  const dataset = page.getByRole('combobox', { name: 'Dataset' });
  // Where it is in the sheet, MNIST is asked for and not to be had, and the built-in digits stand in.
  if (await dataset.isVisible()) await dataset.selectOption('built-in');
  const pressed = Date.now();
  await train(page).click();
  await untilStep(page, 1);
  const curves = page.getByRole('region', { name: 'Loss curves' }).locator('svg path.recharts-line-curve');
  await curves.first().waitFor({ state: 'attached' });
  await page.waitForTimeout(Math.max(0, 10_000 - (Date.now() - pressed)));
  await untilStep(page, 4);
  const still = await shifts(page);
  expect(still.what, `${width} px`).toEqual([]);
  expect(still.sum, `${width} px`).toBeLessThan(0.001);
  // It would be noticed.
  await page.evaluate(addBlock, { where: 'afterbegin', width: 'auto', height: '120px' } as const);
  await expect.poll(async () => (await shifts(page)).sum).toBeGreaterThan(0.01);
}

describe('while it trains', () => {
  nightly(
    'nothing shifts at 390, 768 and 1440 px, from the choice of the data to ten seconds of training',
    async () => {
      // Side by side: what takes the time is looking on.
      await Promise.all([390, 768, 1440].map(trainAt));
    },
  );
});

/** Elements whose look takes time to change, and animations that run. */
const motions = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const long = (durations: string) => durations.split(',').some((each) => Number.parseFloat(each) > 0);
    const elements = [...document.querySelectorAll('body, body *')].filter((element) => {
      const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
      return long(transitionDuration) || (animationName !== 'none' && long(animationDuration));
    });
    const running = document.getAnimations().filter(({ playState }) => playState === 'running');
    return [...elements.map((element) => element.outerHTML.slice(0, 80)), ...running.map(String)];
  });

describe('reduced motion', () => {
  nightly('leaves no transition and no animation, whatever is looked at', async () => {
    await using opened = await openPage({ reducedMotion: 'reduce' });
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    await train(page).click();
    await untilStep(page, 2);
    await page.getByRole('button', { name: /^Digit 1:/ }).hover();
    await page.getByText(/^Digit 1: the discriminator/).waitFor();
    expect(await motions(page)).toEqual([]);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect((await motions(page)).length).toBeGreaterThan(5);
  });
});
