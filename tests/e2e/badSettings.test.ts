// Settings that are no numbers or out of range, and a run that diverges: one sentence each, and a way on.
import { describe, expect, it } from 'vitest';
import { packWeights } from '../../src/files/weightsZip.ts';
import { randomWeights, saved, smallConfig } from '../files/samples.ts';
import { nightly } from '../support/long.ts';
import { choose } from './handOver.ts';
import { alerts, openPage, ready, setUp, small, status, stepOf, train, untilStep } from './openPage.ts';
import { stillTraining, theSentence } from './sentence.ts';

describe('settings', () => {
  it('that are no numbers or out of range: one sentence with the range, and the run goes on with the ones in use', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    const wrong: readonly [string, string, RegExp][] = [
      [
        'Filters',
        'abc',
        /^Filters must be an even whole number from 2 to 256, and this is not a number\. In use: 4\.$/,
      ],
      ['Filters', '5', /^Filters .*, not 5\. In use: 4\.$/],
      ['Batch', '0', /^Batch must be an even whole number from 2 to 1024, not 0\. In use: 8\.$/],
      ['Batch', '1e9', /^Batch .*, not 1000000000\. In use: 8\.$/],
      ['Latent size', '2.5', /^Latent size must be a whole number from 1 to 512, not 2\.5\. In use: 8\.$/],
      ['Epochs', '-1', /^Epochs must be a whole number from 1 to 1000, not -1\./],
      ['Dropout', '1', /^Dropout must be a number from 0 to 0\.9, not 1\./],
      ['Seed', '', /^Seed must be a whole number from 0 to 4294967295, and this is not a number\./],
    ];
    for (const [name, typed, sentence] of wrong) {
      const field = page.getByRole('textbox', { name, exact: true });
      await field.fill(typed);
      expect(await theSentence(page)).toMatch(sentence);
      await field.press('Escape');
      expect(await alerts(page).count()).toBe(0);
    }
    // A decimal comma is no mistake.
    await page.getByRole('textbox', { name: 'Dropout', exact: true }).fill('0,35');
    await page.getByRole('region', { name: 'How it works' }).getByText('Dropout 0.35').first().waitFor();
    expect(await alerts(page).count()).toBe(0);
    // Left standing wrong, they keep training from starting: the page names all of them, and the first has the focus.
    const filters = page.getByRole('textbox', { name: 'Filters', exact: true });
    const batch = page.getByRole('textbox', { name: 'Batch', exact: true });
    await batch.fill('0');
    await filters.fill('1000');
    await train(page).click();
    const both = alerts(page).getByText('Training has not started: Batch and Filters have no right value.');
    await both.waitFor();
    expect(await stepOf(page)).toBe(0);
    expect(await batch.evaluate((field) => field === document.activeElement)).toBe(true);
    await filters.press('Escape');
    await batch.press('Escape');
    expect(await alerts(page).count()).toBe(0);
    await train(page).click();
    await untilStep(page, 2);
    expect(await page.getByRole('region', { name: 'How it works' }).textContent()).toMatch(/7, 7, 4/);

    // A learning rate can change while it trains; a wrong one does not.
    const rate = page.getByRole('textbox', { name: 'Generator learning rate' });
    for (const typed of ['abc', '', '0', '1e9', '-0.0002']) {
      await rate.fill(typed);
      expect(await theSentence(page)).toMatch(
        /^Generator learning rate must be a number from 0\.000001 to 0\.1, .* In use: 0\.0005\.$/,
      );
      expect(await rate.getAttribute('aria-invalid')).toBe('true');
      await stillTraining(page);
      await rate.press('Escape');
      expect(await rate.inputValue()).toBe('0.0005');
      expect(await alerts(page).count()).toBe(0);
    }
    expect(opened.misfortunes).toEqual([]);
  });
});

describe('weights that diverge', () => {
  nightly(
    'a loss that is not finite: the run goes back and pauses, the sentence names the loss and the step, and Reset recovers',
    async () => {
      await using opened = await openPage();
      const { page } = opened;
      await setUp(page, small, { Dataset: 'built-in' });
      const huge = randomWeights(smallConfig);
      for (const { data } of Object.values(huge)) for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) * 1e38;
      const zip = { name: 'huge.zip', bytes: packWeights({ ...saved(), weights: huge }) };
      await choose(page, page.getByRole('button', { name: 'Open weights' }), zip);
      await status(page).getByText('Weights from a file').waitFor();
      await ready(page);
      await train(page).click();
      expect(await theSentence(page)).toMatch(
        /^The (discriminator|generator)’s loss became (not a number|infinite) at step 1241\. The run is back at step 1,?240, where all was well, and paused\. /,
      );
      expect(await status(page).textContent()).toMatch(/Paused/);
      expect(await page.getByRole('button', { name: 'Lower the learning rates and go on' }).count()).toBe(1);
      const halted = await stepOf(page);
      await page.getByRole('button', { name: 'Reset' }).click();
      await ready(page);
      expect(await alerts(page).count()).toBe(0);
      await train(page).click();
      await untilStep(page, 3);
      expect(await stepOf(page)).toBeLessThan(halted);
      expect(await status(page).textContent()).toMatch(/d=\d\.\d{3}, g=\d\.\d{3}/);
      expect(opened.misfortunes).toEqual([]);
    },
  );
});
