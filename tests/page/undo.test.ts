// Undo: a run that Reset, Open or other settings have ended is taken back where it was.
import { describe, expect, it, vi } from 'vitest';
import type { CheckpointHead } from '../../src/config/checkpoint.ts';
import { presets } from '../../src/config/presets.ts';
import { keptRates } from '../../src/page/state/rates.ts';
import type { PageState } from '../../src/page/state/store.ts';
import { undoable } from '../../src/page/state/undo.ts';
import { FakeLock } from '../support/fakeStorage.ts';
import { pagesOfEachTest, until } from '../support/pageWithSession.ts';

// As in worker/session.test.ts: Node takes no turns between messages and the rest by itself.
vi.mock('../../src/worker/shared/yieldToMessages.ts', () => ({
  yieldToMessages: () => new Promise((resolve) => setImmediate(resolve)),
}));

const open = pagesOfEachTest();

describe('Undo', () => {
  it.each<[string, (page: Awaited<ReturnType<typeof open>>) => Promise<unknown>]>([
    ['Reset', ({ actions }) => actions.reset()],
    ['Reset in the midst of training', ({ actions }) => actions.train().then(() => actions.reset())],
    ['a file', async ({ actions, file }) => actions.openFile(await file())],
    ['other settings', async ({ actions, state }) => actions.takeSettings({ ...state().config, seed: 9 }, 'mnist')],
  ])('takes back the run that %s has ended, where it was, and then the other one', async (_, end) => {
    const page = await open();
    await page.trainTo(3);
    const [run, step] = [page.id(), page.step()];
    expect(undoable(page.state())).toBeNull();
    await end(page);
    await until(() => undoable(page.state()) !== null);
    expect(page.id()).not.toBe(run);
    const kept = undoable(page.state());
    expect(kept).toMatchObject({ runId: run });
    await page.trainTo(page.step() + 2);
    const other = page.id();
    await page.actions.undo();
    await page.settled();
    expect([page.id(), page.step()]).toEqual([run, kept?.step]);
    expect(page.step()).toBeGreaterThanOrEqual(step);
    expect(undoable(page.state())).toMatchObject({ runId: other });
  });

  it('is not there for a run without a step, and not where this tab keeps no runs', async () => {
    const page = await open();
    page.actions.setSetting('seed', 5);
    await page.settled();
    expect(page.state().ended).toBeNull();
    const other = await open({ lock: new FakeLock(false) });
    await other.trainTo(2);
    await other.actions.reset();
    await other.settled();
    expect(undoable(other.state())).toBeNull();
  });

  it('goes when the new run has trained for a while, and is gone with what is kept', () => {
    const head = { runId: 'before', step: 7 } as CheckpointHead;
    const state = (seconds: number, resumedAt: number, kept = [head]) =>
      ({
        ended: 'before',
        autosave: { mine: true, list: kept },
        description: { runId: 'now', ...(resumedAt > 0 && { resumed: { seconds: resumedAt } }) },
        trainingStatus: { seconds },
      }) as unknown as PageState;
    expect(undoable(state(29, 0))).toBe(head);
    expect(undoable(state(31, 0))).toBeNull();
    // A run that was taken up again has its training from before.
    expect(undoable(state(129, 100))).toBe(head);
    expect(undoable(state(1, 0, []))).toBeNull();
  });
});

it('Reset says that changed learning rates stay, and the preset’s are one press away', async () => {
  const page = await open();
  page.actions.takePresetRates();
  await page.settled();
  await page.trainTo(2);
  await page.actions.reset();
  expect(keptRates(page.state())).toBe(false);
  await page.trainTo(2);
  page.actions.setSetting('generatorLearningRate', 0.005);
  await page.actions.reset();
  expect(keptRates(page.state())).toBe(true);
  page.actions.takePresetRates();
  expect(keptRates(page.state())).toBe(false);
  const { generatorLearningRate } = presets[page.state().preset].config;
  expect(page.state().config).toMatchObject({ generatorLearningRate });
  await page.trainTo(2);
  expect(page.state().isReset).toBe(false);
});
