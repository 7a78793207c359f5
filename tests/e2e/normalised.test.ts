// Networks that the tutorial does not have: switched on with a checkbox, trained, taken home and opened again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { nightly } from '../support/long.ts';
import { openPage, pause, ready, setUp, small, status, train, untilStep } from './openPage.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ganvas-normalised-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

nightly(
  'tapered networks with batch normalisation: switched on, trained, kept, and there again when opened',
  async () => {
    const file = join(folder, 'weights.zip');
    {
      await using opened = await openPage();
      const { page } = opened;
      // The preset by name: which one is chosen at first depends on the machine.
      await setUp(page, { ...small, 'Output kernel': 5 }, { Dataset: 'built-in', Preset: 'light' });
      const normalisation = page.getByRole('checkbox', { name: 'Batch normalisation' });
      const tapered = page.getByRole('checkbox', { name: 'Tapered' });
      const layers = page.getByRole('region', { name: 'Generator, layer by layer' });
      expect(await normalisation.isChecked()).toBe(false);
      expect(await layers.textContent()).not.toContain('BatchNormalization');
      await normalisation.check();
      // By keyboard, and there and back: the button that a changed setting has.
      await tapered.press('Space');
      expect(await tapered.isChecked()).toBe(true);
      await page.getByRole('button', { name: 'Back to the default, off' }).first().click();
      expect(await tapered.isChecked()).toBe(false);
      await tapered.check();
      expect(await layers.textContent()).toMatch(/5×5.*\(None, 28, 28, 1\)/);
      expect((await layers.textContent())?.match(/BatchNormalization/g)).toHaveLength(3);
      expect(await page.getByRole('combobox', { name: 'Preset' }).inputValue()).toBe('own');

      await train(page).click();
      await untilStep(page, 4);
      expect(await status(page).textContent()).toMatch(/d=\d\.\d{3}, g=\d\.\d{3}/);
      expect(await normalisation.isDisabled()).toBe(true);
      await pause(page).click();
      await ready(page);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download weights' }).click();
      await (await download).saveAs(file);
      expect(opened.misfortunes).toEqual([]);
    }
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in', Preset: 'light' });
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open weights' }).click();
    await (await chooser).setFiles(file);
    await status(page).getByText('Weights from a file').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Batch normalisation' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Tapered' }).isChecked()).toBe(true);
    expect(await page.getByRole('textbox', { name: 'Output kernel' }).inputValue()).toBe('5');
    await ready(page);
    await train(page).click();
    await untilStep(page, 6);
    expect(opened.misfortunes).toEqual([]);
  },
);
