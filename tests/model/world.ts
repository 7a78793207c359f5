// The threads and the clock of a model run: every message, timer and wait is a task, and fast-check says which comes
// next.
import type { Scheduler } from 'fast-check';

/** Captured before a run puts its own clock in their place. */
const realImmediate = setImmediate;
const microtasks = (): Promise<void> => new Promise((resolve) => realImmediate(resolve));

/** A page or a worker. Tasks of one that has ended are dropped. */
export class Thread {
  readonly name: string;
  isAlive = true;
  /** What waits while the thread hangs, oldest first; null while it runs. */
  held: (() => void)[] | null = null;

  constructor(name: string) {
    this.name = name;
  }
}

interface Timer {
  readonly thread: Thread;
  at: number;
  readonly everyMs: number | null;
  readonly fire: () => void;
  /** Due, and a task already. */
  isQueued: boolean;
}

/** Virtual time between two tasks. */
const taskMs = 1;

export class World {
  readonly #scheduler: Scheduler;
  readonly #timers = new Map<number, Timer>();
  #nextTimer = 1;
  #nextName = 1;
  /** Milliseconds since the run began. */
  now = 0;
  /** Whose code runs. Between two tasks all microtasks end, so this is whoever began the task. */
  current: Thread;
  /** What has gone wrong while the run went on. */
  readonly violations: string[] = [];
  /** What happened, for whoever reads a failure. */
  readonly trace: string[] = [];

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.current = new Thread('the test');
  }

  /** Names that read well, in place of random ones. */
  newName(): string {
    return `run-${this.#nextName++}`;
  }

  note(what: string): void {
    this.trace.push(`${String(Math.round(this.now)).padStart(7)}  ${what}`);
  }

  violate(what: string): void {
    this.note(`! ${what}`);
    this.violations.push(what);
  }

  /** Runs `work` in `thread` when its turn comes. */
  task(thread: Thread, label: string, work: () => void): void {
    void this.#scheduler.schedule(Promise.resolve(), `${thread.name}: ${label}`).then(() => {
      if (!thread.isAlive) return;
      if (thread.held !== null) thread.held.push(work);
      else this.as(thread, work);
    });
  }

  /** Resolves in the current thread when a task has had its turn. */
  turn(label: string): Promise<void> {
    return new Promise((resolve) => this.task(this.current, label, resolve));
  }

  as<T>(thread: Thread, work: () => T): T {
    this.current = thread;
    try {
      return work();
    } catch (error) {
      this.violate(`${thread.name} threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      throw error;
    }
  }

  /** The same in the midst of another thread's task, which goes on afterwards. */
  within<T>(thread: Thread, work: () => T): T {
    const { current } = this;
    try {
      return this.as(thread, work);
    } finally {
      this.current = current;
    }
  }

  /** What it waits for goes on. */
  thaw(thread: Thread): void {
    const { held } = thread;
    thread.held = null;
    for (const work of held ?? []) this.task(thread, 'held', work);
  }

  end(thread: Thread): void {
    thread.isAlive = false;
    for (const [id, timer] of this.#timers) if (timer.thread === thread) this.#timers.delete(id);
  }

  setTimer(fire: () => void, ms: number, repeats: boolean): number {
    const id = this.#nextTimer++;
    const wait = Math.max(1, ms);
    const everyMs = repeats ? wait : null;
    this.#timers.set(id, { thread: this.current, at: this.now + wait, everyMs, fire, isQueued: false });
    return id;
  }

  clearTimer(id: number): void {
    this.#timers.delete(id);
  }

  #queueDueTimers(): void {
    for (const [id, timer] of this.#timers) {
      if (timer.isQueued || timer.at > this.now) continue;
      timer.isQueued = true;
      this.task(timer.thread, 'timer', () => {
        // Cleared meanwhile.
        if (!this.#timers.has(id)) return;
        if (timer.everyMs === null) this.#timers.delete(id);
        timer.isQueued = false;
        timer.at = this.now + (timer.everyMs ?? 0);
        timer.fire();
      });
    }
  }

  /** Nothing is to come before the next timer. */
  get isIdle(): boolean {
    this.#queueDueTimers();
    return this.#scheduler.count() === 0;
  }

  /** One task, whichever; where there is none, time passes until the next timer, but not beyond `until`. */
  async #step(until: number): Promise<void> {
    if (this.isIdle) {
      // One that is due already waits in a thread that hangs.
      const waiting = [...this.#timers.values()].filter(({ isQueued }) => !isQueued);
      const next = Math.min(...waiting.map(({ at }) => at), until);
      this.now = Math.max(this.now, next);
      if (this.isIdle) return;
    }
    await this.#scheduler.waitNext(1);
    await microtasks();
    this.now += taskMs;
  }

  /** So many tasks take their turn, or fewer where only time would go on. */
  async run(tasks: number): Promise<void> {
    await microtasks();
    for (let i = 0; i < tasks && !this.isIdle; i++) await this.#step(this.now);
  }

  async pass(ms: number): Promise<void> {
    await microtasks();
    const until = this.now + ms;
    while (this.now < until) await this.#step(until);
  }

  /** @returns whether it came to be so within `ms` */
  async until(isSo: () => boolean, ms: number): Promise<boolean> {
    await microtasks();
    const until = this.now + ms;
    while (!isSo()) {
      if (this.now >= until) return false;
      await this.#step(until);
    }
    return true;
  }
}

/** Messages from one thread to another: each comes after those before it, and at any time. */
export class Channel<Message> {
  readonly #world: World;
  readonly #to: Thread;
  readonly #label: string;
  readonly #receive: (message: Message) => void;
  readonly #messages: Message[] = [];

  constructor(world: World, to: Thread, label: string, receive: (message: Message) => void) {
    this.#world = world;
    this.#to = to;
    this.#label = label;
    this.#receive = receive;
  }

  send(message: Message): void {
    this.#messages.push(message);
    this.#world.task(this.#to, this.#label, () => {
      const next = this.#messages.shift();
      if (next !== undefined) this.#receive(next);
    });
  }
}
