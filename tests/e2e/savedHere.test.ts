// The lists of what is kept and the note beside them: they take no focus that was not given, say things again, and bear
// a refusal.
import type { Page } from 'playwright';
import { describe, expect, inject } from 'vitest';
import { nightly } from '../support/long.ts';
import { openPage, ready, setUp, small, stepOf, train, untilStep } from './openPage.ts';

const runs = (page: Page) => page.getByRole('region', { name: 'Runs', exact: true });
const keptHere = (page: Page) =>
  runs(page)
    .getByRole('listitem')
    .filter({ hasText: /^Step .* saved/ });

/** As if the page went out of sight: it saves then. */
const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

/** What the button with the focus says, or the line with it. */
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('a question whether to delete', () => {
  nightly('one or all: has the focus once, lets it go, and gives it back', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await setUp(page, { ...small, Epochs: 1000 }, { Dataset: 'built-in' });
    await train(page).click();
    await untilStep(page, 2);
    // A run beside the one that trains: that cannot be deleted, since it is saved again and again.
    await page.getByRole('button', { name: 'Reset' }).click();
    await train(page).click();
    await untilStep(page, 2);
    const summary = runs(page).locator('summary');
    await summary.click();
    await hide(page);
    const mine = keptHere(page).filter({ hasText: 'this run, saved again and again' });
    await mine.waitFor();
    // A button that was never asked takes no focus.
    expect(await focused(page)).toMatch(/kept/);

    const questions = [
      { ask: /^Delete what is kept/, no: /^Keep what is kept/ },
      { ask: /^Delete all$/, no: /^Keep them$/ },
    ];
    for (const { ask, no } of questions) {
      await runs(page).getByRole('button', { name: ask }).click();
      expect(await focused(page)).toMatch(no);
      await summary.focus();
      const before = await mine.textContent();
      await untilStep(page, (await stepOf(page)) + 2);
      await hide(page);
      await expect.poll(() => mine.textContent()).not.toBe(before);
      expect(await focused(page)).toBe(await summary.textContent());

      await runs(page).getByRole('button', { name: no }).press('Enter');
      expect(await focused(page)).toMatch(ask);
    }
    expect(opened.misfortunes).toEqual([]);
  });
});

describe('that another tab has the run', () => {
  nightly('is said again each time that it takes it, also to somebody who has put it away', async () => {
    await using opened = await openPage();
    const { page } = opened;
    await ready(page);
    const note = (tab: Page) => tab.getByRole('status').filter({ hasText: 'Ganvas is open in another tab, too.' });
    const robbed = async (): Promise<Page> => {
      const other = await page.context().newPage();
      await other.goto(inject('pageUrl'));
      await note(other).getByRole('button', { name: 'Take over' }).click();
      await note(page).waitFor();
      return other;
    };
    const other = await robbed();
    await note(page).getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => note(page).count()).toBe(0);
    await other.close();
    await robbed();
    expect(opened.misfortunes).toEqual([]);
  });
});

describe('a browser that refuses to keep anything', () => {
  nightly('and to say how much it keeps, is asked all the same, without an error', async () => {
    await using opened = await openPage({
      before: (context) =>
        context.addInitScript(() => {
          const refuse = () => Promise.reject(new DOMException('Cookies are blocked', 'SecurityError'));
          CacheStorage.prototype.keys = refuse;
          StorageManager.prototype.estimate = refuse;
          LockManager.prototype.request = refuse;
        }),
    });
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    await runs(page).locator('summary').click();
    await runs(page).getByText('No run can be continued yet.').waitFor();
    await train(page).click();
    await untilStep(page, 2);
    expect(await page.getByText('Ganvas is open in another tab, too.').count()).toBe(0);
    expect(opened.misfortunes).toEqual([]);
  });
});
