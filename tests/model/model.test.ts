// Random sequences of everything that can be pressed and everything that can break, interleaved at every wait: the real
// page and the
// real session never disagree, nothing waits for ever, and no save is lost.
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { howMany, isLong } from '../support/long.ts';
import { commands } from './commands.ts';
import { enter } from './globals.ts';
import { checkAll } from './invariants.ts';
import { beginnings, type Kept, Scene } from './scene.ts';
import type { World } from './world.ts';

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

/** What did not hold, and all that happened until then. */
class Violation extends Error {
  readonly trace: readonly string[];

  constructor({ violations, trace }: World) {
    super(violations.join('\n'));
    this.trace = trace;
  }
}

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

const sequences = howMany(10_000, 250);
/** The short form is the same every time; the long one takes others every night. A failure says how it is had again. */
const seed = Number(process.env.GANVAS_SEED ?? (isLong ? Date.now() % 2 ** 31 : 1));

/** Goes through one sequence in a world of its own. @throws Violation */
async function go(scheduler: fc.Scheduler, beginning: (typeof beginnings)[number], act: (scene: Scene) => unknown) {
  const scene = new Scene(scheduler);
  const leave = enter(scene.world);
  try {
    await scene.begin(beginning);
    await act(scene);
    await checkAll(scene);
  } finally {
    scene.close();
    leave();
  }
  if (scene.world.violations.length > 0) throw new Violation(scene.world);
}

describe('the page and its workers', () => {
  it(`hold together through ${sequences} random sequences`, { timeout: 3_600_000 }, async () => {
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.constantFrom(...beginnings),
      fc.commands(commands(files), { maxCommands: 12, size: 'max' }),
      (scheduler, beginning, sequence) =>
        go(scheduler, beginning, (real) => fc.asyncModelRun(() => ({ model: {}, real }), sequence)),
    );
    const path = process.env.GANVAS_PATH;
    const { failed, numRuns, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
      seed,
      numRuns: sequences,
      ...(path !== undefined && { path }),
    });
    if (!failed) return;
    const [, beginning, found] = counterexample ?? [];
    const trace = errorInstance instanceof Violation ? errorInstance.trace : [String(errorInstance)];
    const again = `GANVAS_SEED=${seed} GANVAS_PATH=${counterexamplePath} npx vitest run --project node tests/model`;
    expect.fail(`${numRuns} sequences\n${beginning}: ${found}\n\n${trace.join('\n')}\n\nAgain: ${again}`);
  });
});

describe('the model notices', () => {
  const scheduler = () => fc.sample(fc.scheduler(), { numRuns: 1, seed: 1 })[0] as fc.Scheduler;
  const train = ({ tabs: [tab] }: Scene) => tab?.press('Train', () => tab.page.actions.train());
  it.each<[string, RegExp, (scene: Scene) => unknown]>([
    [
      'a save that is lost',
      /the save of run-1 at step \d+ is gone/,
      ({ browser }) => browser.checkpoints.delete('run-1'),
    ],
    [
      'a save that an older one goes over',
      /run-1 was saved at step \d+, and tab 1 saved step 1 over it/,
      async ({ browser, world }) => {
        const [head] = await browser.checkpoints.saves('run-1');
        const checkpoints = browser.openCheckpoints(world.current);
        await world.run(20);
        void (await checkpoints).write({ ...head, runId: 'run-1', step: 1 } as never, new Uint8Array(1), 99);
      },
    ],
    [
      'a press that is never answered',
      /Train waits for ever/,
      ({ tabs: [tab] }) => tab?.press('Train', () => new Promise(() => {})),
    ],
    [
      'a press that is lost',
      /Train was pressed last, and it is ready at step 0/,
      ({ tabs: [tab], wishes }) => {
        tab?.press('Reset', () => tab.page.actions.reset());
        if (tab !== undefined) wishes.set(tab, { kind: 'train' });
      },
    ],
    [
      'another state on the page than in the worker',
      /the page says ready, and the worker paused/,
      ({ tabs: [tab] }) => tab?.page.store.setState({ session: 'ready' }),
    ],
    [
      'a rejection that nobody handles',
      /A rejection in tab 1 that nobody handles: Error: of the test/,
      ({ tabs: [tab], world }) => tab && world.as(tab.thread, () => void Promise.reject(new Error('of the test'))),
    ],
  ])('%s', async (_, message, spoil) => {
    await expect(go(scheduler(), 'trained', spoil)).rejects.toThrow(message);
    // And nothing where nothing is spoiled.
    await go(scheduler(), 'trained', train);
  });
});
