// What the visitor and the world may do in a model run, in any order, each followed by so many tasks or so much time.
import fc from 'fast-check';
import { GanvasError } from '../../src/config/errors.ts';
import { presets } from '../../src/config/presets.ts';
import { halfStepCounts } from '../../src/config/training.ts';
import { waypointShown } from '../../src/page/explore/frameShown.ts';
import type { FrameShown } from '../../src/page/state/frameShown.ts';
import { undoable } from '../../src/page/state/undo.ts';
import { isAllowed } from '../../src/protocol/states.ts';
import type { Disk } from './browser.ts';
import type { Kept, Scene, Wish } from './scene.ts';
import { type Faults, smallest, type Tab } from './tab.ts';

/** What happens until the next command: tasks, or milliseconds. */
type Gap = { readonly tasks: number } | { readonly ms: number };

/** fast-check asks for a model; the page itself says which buttons can be pressed. */
type Model = Record<string, never>;

class Act implements fc.AsyncCommand<Model, Scene> {
  readonly #what: string;
  readonly #act: (scene: Scene) => void;
  readonly #gap: Gap;

  constructor(what: string, gap: Gap, act: (scene: Scene) => void) {
    this.#what = what;
    this.#gap = gap;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  async run(_: Model, scene: Scene): Promise<void> {
    this.#act(scene);
    const gap = this.#gap;
    if ('ms' in gap) await scene.world.pass(gap.ms);
    else await scene.world.run(gap.tasks);
  }

  toString(): string {
    const gap = this.#gap;
    return `${this.#what} [${'ms' in gap ? `${gap.ms} ms` : gap.tasks}]`;
  }
}

const gaps: fc.Arbitrary<Gap> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }).map((tasks) => ({ tasks })) },
  { weight: 3, arbitrary: fc.integer({ min: 8, max: 120 }).map((tasks) => ({ tasks })) },
  { weight: 3, arbitrary: fc.constantFrom(50, 400, 1_000, 6_500).map((ms) => ({ ms })) },
);

/** Of the open tabs, which one: 0 or 1. */
const whichTab = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });

type Press = (tab: Tab, scene: Scene) => { what: string; press: () => unknown; wish?: Wish | null } | null;

/** A press in one of the tabs; none where its button cannot be pressed. */
function pressing(name: string, look: Press): fc.Arbitrary<Act> {
  return fc.tuple(whichTab, gaps).map(
    ([which, gap]) =>
      new Act(which === 0 ? name : `${name} in the other tab`, gap, (scene) => {
        const tab = scene.openTabs[which];
        const found = tab === undefined ? null : look(tab, scene);
        if (tab === undefined || found === null) return;
        if (found.wish === null) scene.wishes.delete(tab);
        else if (found.wish !== undefined) scene.wishes.set(tab, found.wish);
        tab.press(found.what, found.press);
      }),
  );
}

const isHalfStep = (intent: string): boolean => intent === 'generator' || intent === 'discriminator';

const pausedAt = ({ trainingStatus }: Tab['state']): Wish => ({ kind: 'pause', step: trainingStatus?.step ?? 0 });

/** What is trained is kept again, though it was deleted. */
function revive({ state, pending }: Tab, { deleted }: Scene): void {
  // What will be trained then is not known yet.
  if (pending.length > 0 || state.description === null) deleted.clear();
  else deleted.delete(state.description.runId);
}

const train = pressing('Train', (tab, scene) => {
  const { state, page } = tab;
  if (state.session === 'failed' || state.session === 'training' || state.intent !== null) return null;
  revive(tab, scene);
  return { what: 'Train', press: () => page.actions.train(), wish: { kind: 'train' } };
});
const pause = pressing('Pause', ({ state, page }) =>
  state.session !== 'training' || (state.intent !== null && !isHalfStep(state.intent))
    ? null
    : { what: 'Pause', press: () => page.actions.pause(), wish: pausedAt(state) },
);
const cancel = pressing('Cancel', ({ state, page }) =>
  state.progress === null && state.intent === null
    ? null
    : { what: 'Cancel', press: () => page.actions.cancel(), wish: null },
);
const halfStep = fc
  .tuple(fc.constantFrom('generator', 'discriminator'), fc.constantFrom(...halfStepCounts))
  .chain(([network, count]) =>
    pressing(`Step ${network} ×${count}`, (tab, scene) => {
      const { state, page } = tab;
      if (!isAllowed('halfStep', state.session) || state.intent !== null) return null;
      revive(tab, scene);
      return { what: `Step ${network} ×${count}`, press: () => page.actions.halfStep(network, count), wish: null };
    }),
  );
const reset = pressing('Reset', ({ state, page }) => {
  const canReset = state.touched || state.session === 'training' || state.session === 'failed';
  return !canReset || state.browser === null
    ? null
    : { what: 'Reset', press: () => page.actions.reset(), wish: { kind: 'reset' } };
});
const undo = pressing('Undo', ({ state, page }, { deleted }) => {
  const kept = undoable(state);
  if (kept === null) return null;
  deleted.delete(kept.runId);
  return {
    what: `Undo ${kept.runId}`,
    press: () => page.actions.undo(),
    wish: { kind: 'continue', runId: kept.runId },
  };
});
/** From what was kept on the run's way, at a frame that the slider goes back to. */
const trainFrom = fc.nat(20).chain((step) =>
  pressing(`Train from ${step}`, (tab, { deleted }) => {
    const { state, page } = tab;
    const held = { step } as NonNullable<FrameShown['held']>;
    const waypoint = waypointShown({ ...state, frameShown: { held, glanced: null } });
    if (waypoint === null || state.session === 'loading' || state.session === 'empty' || state.intent !== null)
      return null;
    // A run that is made of it is a new one, and so is what is kept of it.
    deleted.clear();
    return {
      what: `Train from step ${waypoint.step} of ${waypoint.runId}`,
      press: () => page.actions.trainFrom(waypoint),
      wish: { kind: 'branch', runId: waypoint.runId },
    };
  }),
);
const restart = pressing('Restart', ({ state, page }) =>
  state.session !== 'failed' ? null : { what: 'Restart', press: () => page.actions.restart('page'), wish: null },
);

/** Changes what the next run is made with: a run that has a step is not touched by it. */
const setting = fc
  .constantFrom(
    ['seed', 3],
    ['seed', 4],
    ['epochs', 3],
    ['batch', 6],
    ['latent', 2],
    ['batch', 7],
    ['latent', Number.NaN],
  )
  .chain(([name, value]) =>
    pressing(`${name} ${value}`, ({ page }) => ({
      what: `${name} ${value}`,
      press: () => page.actions.setSetting(name as 'seed', value as number),
      wish: null,
    })),
  );
const learningRate = fc.constantFrom(0.001, 0.002).chain((rate) =>
  pressing(`learning rate ${rate}`, ({ page }) => ({
    what: `learning rate ${rate}`,
    press: () => page.actions.setSetting('generatorLearningRate', rate),
  })),
);
const preset = pressing('preset', ({ page, state }) =>
  // A run of a preset takes the model too long: its settings are made small again at once.
  state.touched
    ? null
    : {
        what: 'preset',
        wish: null,
        press: () => {
          page.actions.choosePreset('light');
          for (const name of ['filters', 'latent', 'batch', 'epochs'] as const)
            page.actions.setSetting(name, smallest[name]);
        },
      },
);
const dataset = fc.constantFrom('mnist', 'fashion-mnist', 'built-in').chain((id) =>
  pressing(`dataset ${id}`, ({ page }) => ({
    what: `dataset ${id}`,
    press: () => page.actions.chooseDataset(id),
    wish: null,
  })),
);
const accelerator = fc
  .constantFrom('automatic', 'cpu')
  .chain((name) =>
    pressing(`accelerator ${name}`, ({ page, state }) =>
      state.browser === null
        ? null
        : { what: `accelerator ${name}`, press: () => page.actions.chooseAccelerator(name), wish: null },
    ),
  );
const takeSettings = pressing('Use these settings', ({ page }) => ({
  what: 'Use these settings',
  press: () =>
    page.actions.takeSettings(
      { ...smallest, seed: 9, discriminatorKernel: presets.light.config.discriminatorKernel },
      'mnist',
    ),
  wish: { kind: 'reset' },
}));

/** A file as the browser gives it: read at some later time. */
const fileOf = (scene: Scene, { name, bytes }: Kept): File =>
  ({
    name,
    size: bytes.length,
    arrayBuffer: async () => {
      await scene.world.turn('file read');
      return bytes.slice().buffer;
    },
  }) as unknown as File;

const openOne = (files: readonly Kept[]): fc.Arbitrary<Act> =>
  fc.constantFrom(...files).chain((file) =>
    pressing(`Open ${file.name}`, ({ page }, scene) => ({
      what: `Open ${file.name}`,
      press: () => page.actions.openFile(fileOf(scene, file)),
      ...(!file.isBroken && { wish: { kind: 'open', file } as const }),
    })),
  );
/** The newest kept run, or one of those before. */
const resume = fc.nat(3).chain((at) =>
  pressing(`Continue ${at}`, ({ page, state }, { deleted }) => {
    const runId = state.autosave.list?.[at]?.runId;
    // Nobody is offered what stands already.
    if (runId === undefined || runId === state.description?.runId) return null;
    deleted.delete(runId);
    return { what: `Continue ${runId}`, press: () => page.actions.resume(runId), wish: { kind: 'continue', runId } };
  }),
);
const remove = fc.nat(2).chain((at) =>
  pressing(`Delete ${at}`, ({ page, state }, scene) => {
    const runId = state.autosave.list?.[at]?.runId;
    if (runId === undefined) return null;
    if (scene.staysDeleted(runId)) scene.deleted.add(runId);
    return { what: `Delete ${runId}`, press: () => page.autosave.delete(runId), wish: null };
  }),
);
const saveRun = pressing('Save run', ({ page }) => ({ what: 'Save run', press: () => page.actions.saveRun() }));
const exportWeights = pressing('Download weights', ({ page, state }) =>
  isAllowed('exportWeights', state.session)
    ? { what: 'Download weights', press: () => page.actions.exportWeights() }
    : null,
);
const hide = pressing('hidden', ({ page }) => ({
  what: 'hidden',
  press: () => Promise.all([page.runs.save(), page.autosave.save()]),
}));
const takeOver = pressing('Take over', ({ page, state }) =>
  state.autosave.mine === false ? { what: 'Take over', press: () => page.autosave.takeOver() } : null,
);

/** Something that befalls one of the tabs. */
const befalling = (name: string, befall: (tab: Tab) => void): fc.Arbitrary<Act> =>
  fc.tuple(whichTab, gaps).map(
    ([which, gap]) =>
      new Act(which === 0 ? name : `${name} in the other tab`, gap, ({ openTabs }) => {
        const tab = openTabs[which];
        if (tab !== undefined) befall(tab);
      }),
  );
const crash = befalling('crash', (tab) => tab.crash());
const lostGpu = befalling('lost GPU', (tab) => tab.loseGpu());
const hang = befalling('hang', (tab) => tab.hang());
const goOn = befalling('the worker goes on', (tab) => tab.goOn());
const poison = befalling('bad numbers', (tab) => tab.poison());
const host = fc
  .constantFrom<Faults['host']>('here', 'slow', 'elsewhere', 'away')
  .chain((how) => befalling(`host ${how}`, ({ faults }) => Object.assign(faults, { host: how })));
const badAccelerator = fc.constantFrom(true, false).chain((isBad) =>
  befalling(isBad ? 'accelerators break' : 'accelerators work', ({ faults }) => {
    faults.accelerator = isBad ? new GanvasError('wasm-not-started', {}) : null;
  }),
);
const disk = fc.tuple(fc.constantFrom<Disk>('well', 'full', 'missing'), gaps).map(
  ([how, gap]) =>
    new Act(`storage ${how}`, gap, ({ browser, world }) => {
      browser.disk = how;
      browser.wasIll ||= how !== 'well';
      world.note(`storage is ${how}`);
    }),
);
const openTab = gaps.map(
  (gap) => new Act('a tab is opened', gap, (scene) => void (scene.openTabs.length < 2 && scene.open())),
);
/** Closed and opened again, as when it is loaded anew. */
const reopen = befalling('closed', (tab) => tab.close());

const weighted = (weight: number, ...arbitraries: fc.Arbitrary<Act>[]) =>
  arbitraries.map((arbitrary) => ({ weight, arbitrary }));

export const commands = (files: readonly Kept[]): fc.Arbitrary<Act>[] => [
  fc.oneof(
    ...weighted(9, train),
    ...weighted(5, pause, resume, openOne(files), reset),
    ...weighted(3, halfStep, undo, trainFrom, setting, crash, remove, cancel),
    ...weighted(2, learningRate, dataset, hang, lostGpu, disk, host, openTab, takeOver, hide, saveRun, poison),
    ...weighted(1, preset, accelerator, takeSettings, exportWeights, goOn, badAccelerator, reopen, restart),
  ),
];
