// What the page remembers: earlier digits while a run goes on, and the run itself after the page was closed.
import type { Locator, Page } from 'playwright';
import { describe, expect, inject } from 'vitest';
import { nightly } from '../support/long.ts';
import {
  type Opened,
  openPage,
  pause,
  pixelsOf,
  ready,
  setUp,
  small,
  status,
  stepOf,
  train,
  untilStep,
} from './openPage.ts';

const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const runs = (page: Page): Locator => region(page, 'Runs');
const rows = (page: Page): Locator => runs(page).getByRole('listitem').filter({ hasText: 'Use these settings' });
const overlays = (page: Page): Promise<number> =>
  region(page, 'Loss curves').locator('svg g[class*="overlays"] path[d]').count();
const setting = (page: Page, name: string): Promise<string> =>
  page.getByRole('textbox', { name, exact: true }).inputValue();

async function openRuns(page: Page): Promise<void> {
  await runs(page).locator('summary').click();
}

/** Trains until a step, and pauses. @returns the step that it has come to, half of it perhaps */
async function trainTo(page: Page, step: number): Promise<number> {
  await train(page).click();
  await untilStep(page, step);
  await pause(page).click();
  await ready(page);
  return stepOf(page);
}

/** A page with one kept run of the small settings. */
async function withOneRun(options: Parameters<typeof openPage>[0] = {}): Promise<Opened> {
  const opened = await openPage(options);
  await setUp(opened.page, small, { Dataset: 'built-in' });
  await trainTo(opened.page, 6);
  return opened;
}

describe('the story of a run', () => {
  nightly('is gone through backwards while it goes on, and outlasts the page', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    await train(page).click();
    await untilStep(page, 6);
    const slider = page.getByRole('slider', { name: 'Training time' });
    await slider.press('Home');
    const gone = await stepOf(page);
    await region(page, 'Generated digits').getByText('Untrained: noise').waitFor();
    const noise = await pixelsOf(page, 'Generated digits');
    await untilStep(page, gone + 3);
    expect(await pixelsOf(page, 'Generated digits')).toBe(noise);
    // Over the curve’s end, and away: the newest digits, and again those of then.
    const chart = await page.locator('svg[aria-label^="Losses of"]').boundingBox();
    if (chart === null) throw new Error('There is no chart.');
    await page.mouse.move(chart.x + 0.65 * chart.width, chart.y + 0.4 * chart.height);
    await expect.poll(() => pixelsOf(page, 'Generated digits')).not.toBe(noise);
    await page.mouse.move(0, 0);
    await expect.poll(() => pixelsOf(page, 'Generated digits')).toBe(noise);
    await region(page, 'Generated digits').getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/^live/);
    expect(await pixelsOf(page, 'Generated digits')).not.toBe(noise);

    // Left in the middle of training: what it was until then is kept.
    const left = await stepOf(page);
    await page.reload();
    await ready(page);
    await openRuns(page);
    await expect.poll(() => runs(page).locator('summary').textContent()).toBe('1 run kept');
    await expect.poll(() => rows(page).count()).toBe(1);
    const row = (await rows(page).first().textContent()) ?? '';
    expect(row).toMatch(/Your own settings, Built-in digits, WASM/);
    const kept = Number(/([\d,]+) steps in/.exec(row)?.[1]?.replaceAll(',', ''));
    expect(kept).toBeGreaterThanOrEqual(Math.floor(left));
    expect(row).toMatch(/discriminator\d\.\d{3} nats/);

    // Compared before anything is trained: its curves alone, its digits beside the untrained ones.
    await rows(page)
      .getByRole('checkbox', { name: /Compare/ })
      .check();
    await expect.poll(() => overlays(page)).toBe(4);
    const beside = region(page, 'Side by side');
    expect(await beside.textContent()).toMatch(/filters \d+ → 4/);
    await expect.poll(() => beside.getByRole('img').count()).toBe(2);
    expect(await region(page, 'Loss curves').textContent()).toContain('run 1 g');

    // Nothing is lost by its settings here: it does not ask.
    await rows(page)
      .getByRole('button', { name: /Use these settings/ })
      .click();
    await status(page).getByText('Untrained').waitFor();
    expect(await setting(page, 'Filters')).toBe('4');
    expect(await setting(page, 'Batch')).toBe('8');
    expect(await page.getByRole('combobox', { name: 'Dataset' }).inputValue()).toBe('built-in');
    expect(await beside.textContent()).toContain('Made of the same as this run.');

    // Beside a run in training its curves stay.
    const second = await trainTo(page, 3);
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(await overlays(page)).toBe(4);
    await expect
      .poll(() => rows(page).first().textContent())
      .toMatch(new RegExp(`this run.*${Math.ceil(second)} steps`));
    expect(await rows(page).first().getByRole('checkbox').isDisabled()).toBe(true);

    // There is something to lose where another tab keeps its run.
    const other = await page.context().newPage();
    await other.goto(inject('pageUrl'));
    await other.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('Ganvas is open in another tab, too.').waitFor();
    await rows(page)
      .last()
      .getByRole('button', { name: /Use these settings/ })
      .click();
    const question = page.getByRole('dialog', { name: /End the run/ });
    expect(await question.textContent()).toMatch(/weights of its last [\d.]+ steps are nowhere else/);
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await stepOf(page)).toBe(second);
    await rows(page)
      .last()
      .getByRole('button', { name: /Use these settings/ })
      .click();
    await question.getByRole('button', { name: /^End it/ }).click();
    await status(page).getByText('Untrained').waitFor();
    await other.close();

    await rows(page)
      .last()
      .getByRole('button', { name: /Delete/ })
      .click();
    await runs(page)
      .getByRole('button', { name: /Delete for good/ })
      .click();
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(await overlays(page)).toBe(0);
    await runs(page).getByRole('button', { name: 'Delete all' }).click();
    await runs(page).getByRole('button', { name: 'Delete them' }).click();
    await expect.poll(() => runs(page).locator('summary').textContent()).toBe('None kept yet');
    await page.reload();
    await ready(page);
    expect(await runs(page).locator('summary').textContent()).toBe('None kept yet');
    expect(opened.misfortunes).toEqual([]);
  });
});

describe('kept runs', () => {
  nightly('that are damaged are left out, said, and no harm to the others', async () => {
    await using opened = await withOneRun();
    const { page } = opened;
    await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('ganvas-runs');
        request.onsuccess = () => resolve(request.result);
      });
      const store = database.transaction('runs', 'readwrite').objectStore('runs');
      await new Promise((resolve) => {
        store.put({ id: 'broken', started: 'once', curves: null }).onsuccess = resolve;
      });
      database.close();
    });
    await openRuns(page);
    await runs(page).getByText('One kept run is damaged and is left out.').waitFor();
    expect(await rows(page).count()).toBe(1);
    expect(opened.misfortunes).toEqual([]);
  });

  nightly('are none where the browser keeps nothing: the panel says so, and training goes on', async () => {
    await using opened = await withOneRun({
      before: (context) =>
        context.addInitScript(() => {
          IDBFactory.prototype.open = () => {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          };
        }),
    });
    const { page } = opened;
    await openRuns(page);
    await runs(page)
      .getByText(/keeps nothing for this page/)
      .waitFor();
    expect(
      await page
        .getByRole('alert')
        .filter({ hasText: /keep|storage|insecure/ })
        .count(),
    ).toBe(0);
    await trainTo(page, (await stepOf(page)) + 2);
    expect(opened.misfortunes).toEqual([]);
  });
});
