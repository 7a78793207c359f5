// What the commands of a model run act on: a browser with up to two tabs, the files that the visitor has, and what was
// pressed.
import type { Scheduler } from 'fast-check';
import { Browser } from './browser.ts';
import { Tab } from './tab.ts';
import { World } from './world.ts';

/** A file that the visitor has: of Save run, of Download weights, or a broken one. */
export interface Kept {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly step: number;
  readonly isBroken: boolean;
}

/** What is to stand in the end, after a press and no other. */
export type Wish =
  | { readonly kind: 'train' | 'reset' }
  | { readonly kind: 'pause'; readonly step: number }
  | { readonly kind: 'open'; readonly file: Kept }
  | { readonly kind: 'continue'; readonly runId: string }
  /** From a waypoint of this run. */
  | { readonly kind: 'branch'; readonly runId: string };

/**
 * Where the first tab is when the commands begin: it starts; a run stands; or one was trained, after another that is
 * kept.
 */
export const beginnings = ['cold', 'ready', 'trained'] as const;

export class Scene {
  readonly world: World;
  readonly browser: Browser;
  readonly tabs: Tab[] = [];
  /** By tab: what was pressed last. */
  readonly wishes = new Map<Tab, Wish>();
  /** Runs that the visitor has deleted, and neither trained nor continued since. */
  readonly deleted = new Set<string>();

  constructor(scheduler: Scheduler) {
    this.world = new World(scheduler);
    this.browser = new Browser(this.world);
    this.browser.onDelete = (runId) => this.browser.saved.delete(runId);
  }

  open(): Tab {
    const tab = new Tab(this.world, this.browser, `tab ${this.tabs.length + 1}`);
    this.tabs.push(tab);
    return tab;
  }

  async begin(from: (typeof beginnings)[number]): Promise<void> {
    const { actions, store } = this.open().page;
    const [tab] = this.tabs;
    if (from === 'cold' || tab === undefined) return;
    await this.world.until(() => store.getState().session === 'ready', 10_000);
    await this.world.run(20);
    for (let i = 0; from === 'trained' && i < 2; i++) {
      if (i > 0) tab.press('Reset', () => actions.reset());
      tab.press('Train', () => actions.train());
      await this.world.until(() => (store.getState().trainingStatus?.step ?? 0) >= 3, 10_000);
      tab.press('Pause', () => actions.pause());
      await this.world.until(() => store.getState().session === 'paused' && tab.pending.length < 1, 10_000);
      await this.world.run(30);
    }
  }

  /** Whether a run that is deleted now stays so by itself: it does not where it trains, or is about to. */
  staysDeleted(runId: string): boolean {
    return this.openTabs.every(({ state, pending }) => {
      const isAtRest = state.session === 'ready' || state.session === 'paused';
      const isCurrent = !isAtRest || state.description?.runId === runId;
      return pending.every((what) => !what.includes(runId)) && (!isCurrent || (isAtRest && pending.length === 0));
    });
  }

  get openTabs(): readonly Tab[] {
    return this.tabs.filter(({ isOpen }) => isOpen);
  }

  /** Everything that was begun comes to its end, training included. @returns whether it did */
  async settle(): Promise<boolean> {
    const { world } = this;
    for (const tab of this.openTabs) if (tab.faults.host === 'slow') tab.faults.host = 'here';
    await world.pass(3_000);
    const isDone = (): boolean =>
      world.isIdle &&
      this.openTabs.every(({ pending, state, worker }) => {
        const isAtRest = state.session === 'ready' || state.session === 'paused' || state.session === 'failed';
        return pending.length === 0 && isAtRest && state.intent === null && (worker?.thread.held ?? null) === null;
      });
    const ends = await world.until(isDone, 200_000);
    // What a task that comes late may still change.
    await world.pass(1_500);
    return ends && (await world.until(isDone, 200_000));
  }

  close(): void {
    for (const tab of this.openTabs) tab.close();
  }
}
