// What a run goes back to: each time further, should the moment that it went back to lead to the same end.
import { expect, it } from 'vitest';
import type { SavedRun } from '../../src/files/savedRun.ts';
import { RollbackBuffer } from '../../src/worker/saves/rollbackBuffer.ts';

it('goes back further each time until something else comes of it', async () => {
  let step = 0;
  const take = async () =>
    ({ training: { tensors: new Map(), iterations: { generator: step, discriminator: step } } }) as unknown as SavedRun;
  const memory = new RollbackBuffer(take, { enabled: false, keep: async () => {}, pass: () => {} });
  const trainedTo = async (reached: number, seconds: number): Promise<void> => {
    step = reached;
    await memory.look(seconds);
  };
  for (const i of [1, 2, 3, 4]) await trainedTo(100 * i, 10 * i);
  /** What the session does about bad numbers. */
  const fail = async (): Promise<number> => {
    step = memory.goBack()?.training.iterations.generator ?? -1;
    await memory.now();
    return step;
  };
  expect([await fail(), await fail()]).toEqual([400, 300]);
  // Half a second more, and the same again.
  step = 305;
  expect(await fail()).toBe(200);
  await trainedTo(250, 60);
  expect([await fail(), await fail(), await fail()]).toEqual([250, 200, 200]);
});

it('keeps the run in the browser every half minute, and more often before the first', async () => {
  const kept: number[] = [];
  let now = 0;
  const autosaver = {
    enabled: true,
    pass: () => {},
    keep: async () => {
      kept.push(now);
    },
  };
  const take = async () =>
    ({ training: { tensors: new Map(), iterations: { generator: now, discriminator: now } } }) as unknown as SavedRun;
  const memory = new RollbackBuffer(take, autosaver);
  for (now = 0; now <= 110; now++) await memory.look(now);
  expect(kept).toEqual([5, 10, 20, 40, 70, 100]);
});
