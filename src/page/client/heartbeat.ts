// Whether a worker still answers: it is asked again and again, and given up after a silence that its work does not
// explain.

/** In looks and not in time: a laptop that slept, or a tab whose timers are throttled, makes no worker silent. */
export const heartbeat = {
  /** Between two looks. */
  tickMs: 500,
  /** 4 s: with as long again to begin anew, training goes on within ten seconds. */
  fewestTicks: 8,
  /** A minute: for work of unknown length, and at most. */
  mostTicks: 120,
  /**
   * 20 s: a graphics driver may take some for one program, and a browser gives a GPU up that is busy with it for much
   * longer.
   */
  compilingTicks: 40,
  /** Times the longest silence of its usual work in the last minute: its parts differ, and machines are shared. */
  timesLongest: 5,
} as const;

interface Silence {
  readonly ended: number;
  readonly ticks: number;
}

export class Heartbeat {
  readonly #ask: () => Promise<unknown>;
  readonly #onSilent: () => void;
  #timer: ReturnType<typeof setInterval> | null = null;
  #now = 0;
  #asked = false;
  #silent = 0;
  #excused = false;
  /** Those of the minute before the one that goes on. */
  #silences: readonly Silence[] = [];

  /**
   * `ask` sends what any worker answers that is not busy; `onSilent` is told once, and the heartbeat has stopped by
   * then.
   */
  constructor(ask: () => Promise<unknown>, onSilent: () => void) {
    this.#ask = ask;
    this.#onSilent = onSilent;
  }

  /** A new worker. `excused`: how many ticks the work that it is at may keep it silent; 0 for its usual work. */
  start(excused: () => number): void {
    this.stop();
    this.#now = 0;
    this.#asked = false;
    this.#silent = 0;
    this.#silences = [];
    this.#timer = setInterval(() => this.#tick(excused()), heartbeat.tickMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Whatever it says, it is alive. */
  heard(): void {
    const recent = this.#silences.filter(({ ended }) => this.#now - ended < heartbeat.mostTicks);
    const counts = this.#silent > 0 && !this.#excused;
    this.#silences = counts ? [...recent, { ended: this.#now, ticks: this.#silent }] : recent;
    this.#silent = 0;
    this.#asked = false;
  }

  #tick(excused: number): void {
    this.#now += 1;
    if (!this.#asked) {
      this.#asked = true;
      // It fails with the worker, whose loss is told by those who find it.
      this.#ask().catch(() => {});
      return;
    }
    this.#silent += 1;
    this.#excused = excused > 0;
    if (this.#silent < Math.max(excused, this.#patience)) return;
    this.stop();
    this.#onSilent();
  }

  get #patience(): number {
    const longest = Math.max(0, ...this.#silences.map(({ ticks }) => ticks));
    return Math.min(heartbeat.mostTicks, Math.max(heartbeat.fewestTicks, heartbeat.timesLongest * (longest + 1)));
  }
}
