// Random sequences of everything that can be pressed and everything that can break, interleaved at every wait: the real page and the
// real session never disagree, nothing waits for ever, and no save is lost.
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { commands } from './commands.ts';
import { enter } from './globals.ts';
import { checkAll } from './invariants.ts';
import { beginnings, type Kept, Scene } from './scene.ts';

vi.mock('../../src/gan/training/trainer.ts', () => import('./fakeTrainer.ts'));
vi.mock('../../src/worker/shared/yieldToMessages.ts', async () => {
  const { theWorld } = await import('./globals.ts');
  return { yieldToMessages: () => theWorld().turn('yield') };
});
// Four tiles in place of sixty-four: what is drawn is nothing, and takes most of the time.
vi.mock('../../src/config/run.ts', async (original) => {
  const run = await original<typeof import('../../src/config/run.ts')>();
  return { ...run, fixed: { ...run.fixed, gridTiles: 4 } };
});
vi.mock('../../src/config/runId.ts', async () => {
  const { theWorld } = await import('./globals.ts');
  return { newRunId: () => theWorld().newName() };
});

let files: readonly Kept[] = [];

beforeAll(async () => {
  await tf.setBackend('cpu');
  files = await makeFiles();
});

/** A file of Save run, one of Download weights, and a broken one. */
async function makeFiles(): Promise<readonly Kept[]> {
  const [scheduler] = fc.sample(fc.scheduler(), { numRuns: 1, seed: 1 });
  if (scheduler === undefined) throw new Error('fast-check gives no scheduler.');
  const scene = new Scene(scheduler);
  const leave = enter(scene.world);
  const made: Kept[] = [];
  try {
    const { page } = scene.open();
    await scene.settle();
    const [tab] = scene.tabs;
    tab?.press('Train', () => page.actions.train());
    await scene.world.until(() => (page.store.getState().trainingStatus?.step ?? 0) >= 5, 10_000);
    tab?.press('Pause', () => page.actions.pause());
    await scene.settle();
    const step = page.store.getState().trainingStatus?.step ?? 0;
    const keep = (name: string, isBroken: boolean, file: Promise<{ zip: Uint8Array<ArrayBuffer> } | null>) => {
      tab?.press(name, () => file.then((given) => given && made.push({ name, bytes: given.zip, step, isBroken })));
    };
    keep('run.zip', false, page.actions.saveRun());
    keep('weights.zip', false, page.actions.exportWeights());
    await scene.settle();
    made.push({ name: 'broken.zip', bytes: new Uint8Array(20), step: 0, isBroken: true });
    expect(scene.world.violations).toEqual([]);
    expect(made).toHaveLength(3);
    return made;
  } finally {
    scene.close();
    leave();
  }
}

const long = process.env.GANVAS_LONG !== undefined;
const sequences = Number(process.env.GANVAS_SEQUENCES ?? (long ? 10_000 : 300));
const seed = Number(process.env.GANVAS_SEED ?? (long ? Date.now() % 2 ** 31 : 1));

describe('the page and its workers', () => {
  it(`hold together through ${sequences} random sequences`, { timeout: 3_600_000 }, async () => {
    let trace: readonly string[] = [];
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.constantFrom(...beginnings),
      fc.commands(commands(files), { maxCommands: 12, size: 'max' }),
      async (scheduler, beginning, sequence) => {
        const scene = new Scene(scheduler);
        const leave = enter(scene.world);
        try {
          await scene.begin(beginning);
          await fc.asyncModelRun(() => ({ model: {}, real: scene }), sequence);
          await checkAll(scene);
        } finally {
          scene.close();
          leave();
        }
        trace = scene.world.trace;
        if (process.env.GANVAS_TRACE) process.stdout.write(`${sequence}\n${trace.join('\n')}\n\n`);
        if (scene.world.violations.length > 0) throw new Error(scene.world.violations.join('\n'));
      },
    );
    const path = process.env.GANVAS_PATH;
    const result = await fc.check(property, {
      seed,
      numRuns: sequences,
      ...(path !== undefined && { path }),
    });
    if (!result.failed) return;
    const [, beginning, found] = result.counterexample ?? [];
    const again = `GANVAS_SEED=${result.seed} GANVAS_PATH=${result.counterexamplePath}`;
    const error = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance);
    expect.fail(
      `After ${result.numRuns} sequences, seed ${seed}.\n${error}\n\n${beginning}: ${found}\n\n${trace.join('\n')}\n\nAgain: ${again} npx vitest run tests/model`,
    );
  });
});
