// What the commands of a model run act on: a browser with up to two tabs, the files that the visitor has, and what was pressed.
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

/** What a press asks for in the end; null for one after which nothing in particular is to be seen. */
export type Wish =
  | { readonly kind: 'train' | 'pause' | 'reset' | 'half-step' }
  | { readonly kind: 'open'; readonly file: Kept }
  | { readonly kind: 'continue'; readonly run: string };

export class Scene {
  readonly world: World;
  readonly browser: Browser;
  readonly tabs: Tab[] = [];
  /** By tab: what was pressed last. */
  readonly wishes = new Map<Tab, Wish>();
  /** Runs that the visitor has deleted, and not trained since. */
  readonly deleted = new Set<string>();

  constructor(scheduler: Scheduler) {
    this.world = new World(scheduler);
    this.browser = new Browser(this.world);
    this.browser.onDelete = (run) => this.browser.saved.delete(run);
  }

  open(): Tab {
    const tab = new Tab(this.world, this.browser, `tab ${this.tabs.length + 1}`);
    this.tabs.push(tab);
    return tab;
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
