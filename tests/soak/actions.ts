// What a restless visitor does while it trains: every control that does not end the run.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { choose } from '../e2e/handOver.ts';

export interface Action {
  readonly name: string;
  readonly act: () => Promise<void>;
}

/** `random` gives numbers in [0, 1). Each leaves the page such that the next can follow. */
export function actionsOf(page: Page, random: () => number): readonly Action[] {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  /** Presses what can be pressed; where it cannot, that is how it is at this moment. */
  const press = async (name: string): Promise<void> => {
    const found = button(name);
    if (await found.isEnabled({ timeout: 1_000 }).catch(() => false)) await found.click({ timeout: 10_000 });
  };
  const slide = (name: string, from: number, to: number) => async (): Promise<void> => {
    const slider = page.getByRole('slider', { name });
    if (await slider.isEnabled({ timeout: 1_000 }).catch(() => false)) {
      await slider.fill((from + (to - from) * random()).toFixed(2));
    }
  };
  const select = (name: string, values: readonly string[]) => async (): Promise<void> => {
    await page.getByRole('combobox', { name }).selectOption({ label: pick(values) });
  };
  const look = (hidden: boolean) =>
    page.evaluate((now) => {
      const value = now ? 'hidden' : 'visible';
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const rate = (name: string) => async (): Promise<void> => {
    await page.getByRole('textbox', { name, exact: true }).fill((2e-4 + 8e-4 * random()).toFixed(5));
    await page.keyboard.press('Tab');
  };
  return [
    { name: 'pause', act: () => press('Pause') },
    {
      name: 'half-steps',
      async act() {
        await press('Pause');
        await button('Train').waitFor({ timeout: 30_000 });
        for (let i = 0; i < 3; i++) await press(pick(['Step discriminator', 'Step generator']));
      },
    },
    { name: 'latent value', act: slide('Latent value', -3, 3) },
    { name: 'morph', act: slide('Morph', 0, 1) },
    { name: 'random digit', act: () => press('Random digit') },
    {
      name: 'training time',
      async act() {
        const slider = page.getByRole('slider', { name: 'Training time' });
        if ((await slider.count()) > 0) await slider.press(pick(['Home', 'End', 'ArrowLeft', 'PageDown']));
      },
    },
    { name: 'play', act: () => press('Play') },
    { name: 'learning rate, discriminator', act: rate('Discriminator learning rate') },
    { name: 'learning rate, generator', act: rate('Generator learning rate') },
    { name: 'smoothing', act: select('Smoothing', ['none', 'over 10 steps', 'over 50 steps', 'over 200 steps']) },
    {
      name: 'log scale',
      act: () => page.getByRole('checkbox', { name: 'Log scale' }).click(),
    },
    { name: 'pace', act: () => page.getByRole('radio', { name: pick(['Smooth', 'Full speed']) }).check() },
    {
      name: 'theme',
      act: () => page.getByRole('button', { name: /^Switch to the (light|dark) theme$/ }).click(),
    },
    {
      name: 'tab hidden and shown',
      async act() {
        await look(true);
        await page.waitForTimeout(1_500 * random());
        await look(false);
      },
    },
    {
      name: 'a tile',
      act: () =>
        page
          .getByRole('group', { name: /^Tiles/ })
          .getByRole('button')
          .nth(Math.floor(64 * random()))
          .click(),
    },
    {
      name: 'pointer over the curves',
      async act() {
        const box = await page.locator('.recharts-wrapper').first().boundingBox();
        for (let i = 0; box !== null && i < 10; i++) {
          await page.mouse.move(box.x + box.width * random(), box.y + box.height * random());
        }
      },
    },
    { name: 'runs opened and closed', act: () => page.locator('summary', { hasText: /kept/i }).first().click() },
    {
      name: 'run saved and opened',
      async act() {
        const saving = page.waitForEvent('download', { timeout: 60_000 });
        await button('Save run').click();
        const bytes = readFileSync(await (await saving).path());
        await choose(page, button('Open run'), { name: 'mine.zip', bytes });
        await page.getByText('Ready to go on').first().waitFor({ timeout: 60_000 });
      },
    },
    {
      name: 'weights downloaded',
      async act() {
        const saving = page.waitForEvent('download', { timeout: 60_000 });
        await button('Download weights').click();
        await saving;
      },
    },
  ];
}
