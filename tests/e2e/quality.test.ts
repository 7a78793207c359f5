// What the page says of the digits: the meters, the words, the nearest real image, the stop rules; and without digits,
// what is left.
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { nightly } from '../support/long.ts';
import { bytesOf, openPage, pause, setUp, small, status, stepOf, train, untilStep } from './openPage.ts';

const panel = (page: Page) => page.getByRole('region', { name: 'How good are they?' });
const scoreOf = (page: Page, name: string) =>
  panel(page)
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd');

/** Training time passes, and a measurement with it. */
async function untilMeasured(page: Page): Promise<void> {
  await panel(page)
    .getByText(/fresh samples at step [\d,]+\.|^Recognisable after/)
    .first()
    .waitFor({ timeout: 60_000 });
}

describe('the quality of the digits', () => {
  it('is measured while it trains, beside that of real images, and goes into the CSV', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    expect(await panel(page).textContent()).toMatch(/512 fresh samples are measured/);
    await train(page).click();
    await untilMeasured(page);
    const shares = await panel(page)
      .getByRole('list', { name: 'Share of each digit' })
      .getByRole('listitem')
      .allTextContents();
    expect(shares).toHaveLength(10);
    const generated = shares.map((text) => Number(/(\d+)% of the generated/.exec(text)?.[1]));
    expect(generated.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(94);
    expect(shares.every((text) => /, (9|10|11)% of the real/.test(text))).toBe(true);
    expect(await scoreOf(page, 'Classes covered').textContent()).toMatch(/^\d+ of 10real: 10 of 10$/);
    const [, distance, floor] =
      /^([\d.]+)real: ([\d.]+)$/.exec((await scoreOf(page, 'Fréchet distance').textContent()) ?? '') ?? [];
    expect(Number(distance)).toBeGreaterThan(5 * Number(floor));
    expect(Number(floor)).toBeGreaterThan(0);
    // A sentence, and not the one that stands there before.
    const words = panel(page).getByRole('status', { name: 'What is going on' });
    await expect.poll(() => words.getByRole('listitem').count()).toBeGreaterThan(0);
    expect(await words.textContent()).not.toMatch(/undefined|NaN/);

    await pause(page).click();
    await train(page).waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const lines = (await bytesOf(await downloading)).toString('utf8').trim().split('\n');
    const column = (lines[0] ?? '').split(',').indexOf('frechet_distance');
    const measured = lines.slice(1).filter((line) => line.split(',')[column] !== '');
    expect(measured.length).toBeGreaterThan(0);
    expect(measured.length).toBeLessThan(lines.length / 2);

    // Learnt by heart? The real image that the explored digit is nearest to.
    await page.getByRole('button', { name: 'Nearest real image' }).click();
    await page.getByRole('img', { name: 'Nearest real image' }).waitFor();
    await page.getByText(/its distance is \d+\.\d\d times/).waitFor();
    expect(opened.misfortunes).toEqual([]);
  });

  nightly(
    'ends training by itself: after the minutes, and for as many again; a value out of range changes nothing',
    {
      timeout: 300_000,
    },
    async () => {
      await using opened = await openPage();
      const { page } = opened;
      await setUp(page, small, { Dataset: 'built-in' });
      const minutes = page.getByRole('textbox', { name: 'Stop after, minutes' });
      await minutes.fill('-1');
      await page
        .getByRole('alert')
        .getByText(/from 0\.1 to 1440, or empty, not -1\. In use: off\./)
        .waitFor();
      await minutes.fill('0.1');
      await train(page).click();
      await expect.poll(() => status(page).textContent(), { timeout: 60_000 }).toMatch(/Time is up/);
      await train(page).waitFor();
      // What came out of it was measured once more.
      await page.getByText(`fresh samples at step ${(await stepOf(page)).toLocaleString('en')}.`).waitFor();
      await minutes.fill('');
      await train(page).click();
      await untilStep(page, 2);
      await page.waitForTimeout(7_000);
      expect(await pause(page).count()).toBe(1);
      // While it trains, too; and what hardly learns gets no better.
      for (const network of ['Generator', 'Discriminator']) {
        await page.getByRole('textbox', { name: `${network} learning rate` }).fill('0.000001');
        await page.keyboard.press('Tab');
      }
      await page.getByRole('textbox', { name: 'Stop without progress for, measurements' }).fill('2');
      await expect.poll(() => status(page).textContent(), { timeout: 180_000 }).toMatch(/No better for 2 measurements/);
      expect(opened.misfortunes).toEqual([]);
    },
  );

  nightly(
    'keeps nobody waiting: it trains and pauses while the classifier is on its way, says that it cannot be had, and trains on',
    async () => {
      let asked = false;
      let refuse = () => {};
      const refused = new Promise<void>((resolve) => {
        refuse = resolve;
      });
      await using opened = await openPage({
        before: (context) =>
          context.route('**/classifier.safetensors', async (route) => {
            asked = true;
            await refused;
            await route.fulfill({ status: 404 });
          }),
      });
      const { page } = opened;
      await setUp(page, small, { Dataset: 'built-in' });
      await train(page).click();
      await expect.poll(() => asked, { timeout: 60_000 }).toBe(true);
      await untilStep(page, (await stepOf(page)) + 2);
      await pause(page).click();
      await train(page).click();
      refuse();
      await panel(page)
        .getByText(/classifier that judges the digits could not be fetched: the server answered 404/)
        .waitFor({ timeout: 60_000 });
      await untilStep(page, (await stepOf(page)) + 2);
    },
  );
});
