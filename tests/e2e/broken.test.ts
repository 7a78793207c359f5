// What breaks while it is in use: a worker that hangs or runs out of memory, a part of the page that cannot be drawn.
// The run goes on.
import type { Page } from 'playwright';
import { describe, expect } from 'vitest';
import { stepOf as stepOfSaved } from '../../src/config/training.ts';
import { unpackRun } from '../../src/files/runFile.ts';
import { nightly } from '../support/long.ts';
import { beginWorkerWith, workerScript } from './handOver.ts';
import { alerts, bytesOf, openPage, pause, setUp, small, status, stepOf, train, untilStep } from './openPage.ts';
import { stillTraining } from './sentence.ts';

const trainer = (page: Page) => page.workers().find((each) => workerScript.test(each.url()));

/** Trains for a moment and pauses, which saves. @returns the step that is kept */
async function save(page: Page): Promise<number> {
  await setUp(page, small, { Dataset: 'built-in' });
  await train(page).click();
  await untilStep(page, 3);
  await pause(page).click();
  await train(page).waitFor();
  await page
    .getByText(/saved just now/)
    .first()
    .waitFor({ state: 'attached' });
  return stepOf(page);
}

/** The same, and trains on. */
async function trainAndSave(page: Page): Promise<number> {
  const kept = await save(page);
  await train(page).click();
  await untilStep(page, kept + 1);
  return kept;
}

describe('a worker', () => {
  nightly('that hangs is replaced within seconds, and the run goes on', async () => {
    await using opened = await openPage();
    const { page } = opened;
    const kept = await trainAndSave(page);
    await trainer(page)?.evaluate(() => {
      setTimeout(() => {
        for (;;);
      });
    });
    // What is pressed in vain is no reason to wait for longer.
    await page.getByRole('button', { name: 'Save run' }).click();
    const note = alerts(page).filter({ hasText: 'has stopped answering' });
    await note.waitFor({ timeout: 30_000 });
    expect(await note.textContent()).toMatch(
      /^The worker that trains has stopped answering\. The run goes on from step/,
    );
    await status(page).getByText('Training', { exact: true }).waitFor();
    await untilStep(page, kept + 2);
    expect(opened.misfortunes).toEqual([]);
  });

  nightly('that runs out of memory is replaced, and the run goes on', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await using opened = await openPage({
      // What a worker does not catch is said in the console by the browser itself.
      expected: /memory access out of bounds|Maximum memory size/,
      before: async (context) => {
        // What needs more memory than there is comes when the test says so.
        await context.route('**/classifier.safetensors', async (route) => {
          await released;
          await route.fallback();
        });
        await beginWorkerWith(
          context,
          `const grow = WebAssembly.Memory.prototype.grow;
          WebAssembly.Memory.prototype.grow = function (pages) {
            if (self.full) throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
            return grow.call(this, pages);
          };`,
        );
      },
    });
    const { page } = opened;
    const kept = await save(page);
    await trainer(page)?.evaluate(() => {
      Object.assign(globalThis, { full: true });
    });
    release();
    await train(page).click();
    const note = alerts(page).filter({ hasText: 'The run goes on from step' });
    await note.waitFor({ timeout: 60_000 });
    expect(await note.textContent()).toMatch(/memory.* The run goes on from step/);
    await status(page).getByText('Training', { exact: true }).waitFor();
    await untilStep(page, kept + 2);
  });
});

describe('a part of the page that cannot be drawn', () => {
  nightly('says so in its place, the rest goes on, and the run can be taken home', async () => {
    const broken = "export function Curves() { throw new Error('Something of the test.'); }";
    await using opened = await openPage({
      expected: /of the test/,
      before: (context) =>
        context.route(/\/assets\/Curves-[^/]*\.js$/, (route) =>
          route.fulfill({ contentType: 'text/javascript', body: broken }),
        ),
    });
    const { page } = opened;
    await setUp(page, small, { Dataset: 'built-in' });
    await train(page).click();
    await untilStep(page, 2);
    const note = alerts(page).filter({ hasText: 'could not draw' });
    expect(await note.textContent()).toMatch(
      /^This page could not draw the curves: Something of the test\. The run goes on\./,
    );
    await stillTraining(page);
    const saving = page.waitForEvent('download');
    await note.getByRole('button', { name: 'Save run' }).click();
    const file = await saving;
    const saved = unpackRun(new Uint8Array(await bytesOf(file)), file.suggestedFilename());
    expect(stepOfSaved(saved.training)).toBeGreaterThanOrEqual(2);
    expect(saved.config.filters).toBe(4);
    // What breaks again says so again.
    await note.getByRole('button', { name: 'Draw again' }).click();
    await note.waitFor();
    await stillTraining(page);
  });
});
