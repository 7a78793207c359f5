// Back through a run while it goes on: the slider, playing, the curves that point at digits, and the room they all
// stand in.
import { createHash } from 'node:crypto';
import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { nightly } from '../support/long.ts';
import { bytesOf, openPage, pause, pixelsOf, ready, setUp, small, stepOf, train, untilStep } from './openPage.ts';

const gallery = (page: Page): Locator => page.getByRole('region', { name: 'Generated digits' });
const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Training time' });
const press = (page: Page, name: string): Promise<void> => gallery(page).getByRole('button', { name }).click();
/** What the grid looks like, short enough to be read in a failure. */
const digits = async (page: Page): Promise<string> =>
  createHash('sha256')
    .update(await pixelsOf(page, 'Generated digits'))
    .digest('hex');
const verdict = (page: Page): Promise<string | null> =>
  gallery(page)
    .getByRole('button', { name: /^Digit 1:/ })
    .getAttribute('aria-label');
/** Where the slider stands, in each of the charts. */
const lines = (page: Page): Promise<number> =>
  page.getByRole('region', { name: 'Loss curves' }).locator('svg g[class*="held"] line').count();

/** The step whose digits are seen. */
async function seenStep(page: Page): Promise<number> {
  const text = (await gallery(page).textContent()) ?? '';
  if (text.includes('Untrained')) return 0;
  // A pause may come between the halves of a step: 137½ is in the midst of step 138.
  const [, whole, half] = /After step ([\d,]*)(½?)/.exec(text) ?? [];
  return Number(whole?.replaceAll(',', '')) + (half === '½' ? 1 : 0);
}

/** The same in the page's words: '137½'. */
async function said(page: Page): Promise<string> {
  const text = (await gallery(page).textContent()) ?? '';
  return /After step ([\d,]*½?)/.exec(text)?.[1] ?? '0';
}

/** The first chart, with its cursor brought to a share of its width by the pointer. */
async function pointAt(page: Page, share: number): Promise<void> {
  const box = await page.locator('.recharts-wrapper').first().boundingBox();
  if (box === null) throw new Error('There is no chart.');
  await page.mouse.move(box.x + share * box.width, box.y + 0.4 * box.height);
}

describe('training time', () => {
  it('goes back while training goes on, is tied to the curves, plays, and ends with the run', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    // At first those of a generator trained before, with a note where the slider will be.
    await gallery(page).getByText('By a generator trained before').waitFor();
    expect(await slider(page).count()).toBe(0);
    const exhibit = await digits(page);

    await train(page).click();
    await untilStep(page, 6);
    await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toMatch(/^live, step [\d½]+$/);
    expect(await lines(page)).toBe(0);

    // By keyboard to the beginning: the digits of then, and what was thought of them then.
    await slider(page).press('Home');
    await gallery(page).getByText('Untrained: noise').waitFor();
    const noise = await digits(page);
    const verdictOfNoise = await verdict(page);
    expect(noise).not.toBe(exhibit);
    expect(await slider(page).getAttribute('aria-valuetext')).toMatch(/^step 0 of [\d½]+$/);
    expect(await gallery(page).textContent()).toContain('Showing step 0');
    await expect.poll(() => lines(page)).toBe(2);
    await gallery(page)
      .getByRole('button', { name: /^Digit 1:/ })
      .hover();
    expect(await gallery(page).locator('[class*="lens"]').textContent()).toBe(verdictOfNoise);

    // Training goes on meanwhile, and what is seen stays.
    await untilStep(page, (await stepOf(page)) + 5);
    expect(await digits(page)).toBe(noise);
    await press(page, 'Back to live');
    await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toMatch(/^live/);
    expect(await digits(page)).not.toBe(noise);
    expect(await lines(page)).toBe(0);
    expect(await slider(page).evaluate((element) => element === document.activeElement)).toBe(true);

    await pause(page).click();
    await ready(page);
    const last = Math.ceil(await stepOf(page));
    await expect.poll(() => seenStep(page)).toBe(last);
    expect(await slider(page).getAttribute('aria-valuetext')).toBe(`newest, step ${await said(page)}`);
    const newest = await digits(page);
    const newestSaid = await said(page);

    // The curves' cursor, of the pointer and of the arrow keys, for as long as it is there.
    await pointAt(page, 0.25);
    await expect.poll(() => seenStep(page)).toBeLessThan(last / 2);
    expect(await digits(page)).not.toBe(newest);
    expect(await gallery(page).textContent()).toMatch(/Showing step [\d½]+, as in the curves/);
    await page.mouse.move(0, 0);
    await expect.poll(() => digits(page)).toBe(newest);
    const chart = page.locator('.recharts-wrapper svg').first();
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => seenStep(page)).toBeLessThan(last / 2);
    // Through the other chart, which has a cursor of its own, and out.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => digits(page)).toBe(newest);

    // Played from the end it begins at the start, and ends where the run is; stopped, it stays.
    await press(page, 'Play');
    await expect.poll(() => seenStep(page), { interval: 20 }).toBeLessThan(last);
    await gallery(page).getByRole('button', { name: 'Play' }).waitFor();
    expect(await seenStep(page)).toBe(last);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await press(page, 'Play');
    await expect.poll(() => seenStep(page), { interval: 20 }).toBe(0);
    await expect.poll(() => seenStep(page), { interval: 20 }).toBeGreaterThan(0);
    await press(page, 'Stop');
    const stopped = await seenStep(page);
    expect(stopped).toBeLessThan(last);
    expect(await slider(page).getAttribute('aria-valuetext')).toBe(`step ${await said(page)} of ${newestSaid}`);

    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => slider(page).count()).toBe(0);
    await expect.poll(() => digits(page)).toBe(exhibit);
    expect(await lines(page)).toBe(0);
  });
});

/** Where the real digits and the curves begin and end: they stand below and beside. */
const places = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('section')]
      .filter((section) => /^(Real digits|Loss curves)/.test(section.textContent ?? ''))
      .map((section) => section.getBoundingClientRect())
      .flatMap(({ top, bottom }) => [top, bottom]),
  );

describe('the room for training time', () => {
  nightly(
    'is the same for the note on the generator trained before, for what is to come and for the slider',
    async () => {
      await using opened = await openPage();
      const { page } = opened;
      await setUp(page, small, { Dataset: 'built-in' });
      await page.getByRole('button', { name: 'Step discriminator' }).click();
      await ready(page);
      await page.getByRole('button', { name: 'Step generator' }).click();
      await untilStep(page, 1);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download weights' }).click();
      const zip = await bytesOf(await download);

      await page.route('**/pretrained.zip', (route) => route.fulfill({ body: zip, contentType: 'application/zip' }));
      await page.reload();
      await setUp(page, small, { Dataset: 'built-in' });
      const note = gallery(page).getByRole('button', { name: 'Continue from these weights' });
      const widths = [360, 390, 700, 768, 1199, 1440];
      const measure = async (): Promise<Record<number, number[]>> => {
        const found: Record<number, number[]> = {};
        for (const width of widths) {
          await page.setViewportSize({ width, height: 1000 });
          await page.evaluate(() => scrollTo(0, 0));
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
          found[width] = await places(page);
        }
        return found;
      };
      await note.waitFor();
      const withNote = await measure();
      expect(withNote[1440]).toHaveLength(4);
      await train(page).click();
      await untilStep(page, 4);
      await slider(page).waitFor();
      expect(await note.count()).toBe(0);
      expect(await measure()).toEqual(withNote);
    },
  );
});
