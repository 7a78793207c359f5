// What a run goes back to: each time further, should the moment that it went back to lead to the same end.
import { expect, it } from 'vitest';
import type { SavedRun } from '../../src/files/savedRun.ts';
import { Memory } from '../../src/worker/memory.ts';

it('goes back further each time until something else comes of it', async () => {
  let step = 0;
  const take = async () =>
    ({ training: { tensors: new Map(), iterations: { generator: step, discriminator: step } } }) as unknown as SavedRun;
  const memory = new Memory(take, { enabled: false, keep: async () => {} });
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
