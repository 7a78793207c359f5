// One thing that is measured, in a browser of its own: started, brought to its batch, warmed up, and run in turns with
// the others.
import type { Browser, Page } from 'playwright';
import { stepOperations } from '../../../src/config/arithmetic.ts';
import { presets } from '../../../src/config/presets.ts';
import type { RunConfig } from '../../../src/config/run.ts';
import type { BackendName } from '../../../src/protocol/devices.ts';
import { openAlone, type ProcessMemory, processMemory } from '../support/browser.ts';
import { median } from '../support/statistics.ts';
import type { BenchPage, CallName, Calls, Held, StockFlags, Task } from './calls.ts';

export interface Size {
  readonly filters: number;
  readonly batch: number;
}

export interface Limits {
  /** A step that would take longer than this, by a small one, is measured on a smaller batch … */
  readonly wholeStepMs: number;
  /** … that takes about this. */
  readonly scaledStepMs: number;
  /** The batch of the small one. */
  readonly probeBatch: number;
  /** Steps that warm up the baseline: the first compiles, the second is warm already. */
  readonly stockWarmUp: number;
  /** How long a turn should be, where steps are shorter. */
  readonly turnMs: number;
}

const rateBatch = 64;

/** Two operations for each of 4·4·128 weights at each of 14·14·128 outputs of each image. */
export const rateOperations = (batch: number): number => 2 * batch * 14 * 14 * 128 * 4 * 4 * 128;

export const configOf = (size: Size): RunConfig => ({ ...presets.tutorial.config, ...size });

/** Opens the bench's page and talks to its worker. */
export class Caller {
  readonly browser: Browser;
  readonly page: Page;

  constructor(browser: Browser, page: Page) {
    this.browser = browser;
    this.page = page;
  }

  static async open(url: string): Promise<Caller> {
    const { browser, page } = await openAlone();
    await page.goto(url);
    return new Caller(browser, page);
  }

  call<Name extends CallName>(name: Name, payload: Calls[Name]['send']): Promise<Calls[Name]['reply']> {
    return this.page.evaluate(
      ([name, payload]) =>
        (globalThis as unknown as { bench: BenchPage }).bench.call(name as CallName, payload as never),
      [name, payload],
    ) as Promise<Calls[Name]['reply']>;
  }
}

export class Candidate {
  readonly name: Task['name'];
  readonly backend: BackendName;
  readonly size: Size;
  /** On how many cores at once it stands for: tfjs's own operations use one, on WASM as the page starts it. */
  readonly cores: number;
  /** The batch that is measured: smaller than the size's where a whole step would take too long. */
  batch: number;
  /** Of the yardstick: convolutions in a step. */
  repeat = 1;
  /** What the backend says that it runs on. */
  detail = '';
  /** Why it could not be measured; null while it can. */
  failure: string | null = null;
  /** Of each measured step, in ms. */
  readonly ms: number[] = [];
  /** After each step, those that warm up included. */
  readonly held: Held[] = [];
  /** The processes before anything was made, after step 3 and at the end. */
  memory: { idle: ProcessMemory | null; third: ProcessMemory | null; last: ProcessMemory | null } = {
    idle: null,
    third: null,
    last: null,
  };
  #caller: Caller | null = null;
  #perTurn = 1;
  readonly #plainly: StockFlags | null;

  /** `plainly`: starts the backend as a user of tfjs does, with these flags; null: as the page does. */
  constructor(name: Task['name'], backend: BackendName, size: Size, plainly: StockFlags | null = null, cores = 1) {
    this.#plainly = plainly;
    this.cores = cores;
    this.name = name;
    this.backend = backend;
    this.size = size;
    this.batch = name === 'rate' ? rateBatch : size.batch;
  }

  /** Starts it and warms it up. Never throws: what goes wrong is its failure. */
  async prepare(url: string, limits: Limits): Promise<void> {
    await this.#attempt(async () => {
      this.#caller = await Caller.open(url);
      this.detail = await this.#caller.call('start', { backend: this.backend, plainly: this.#plainly });
      this.memory.idle = await this.#processMemory();
      const warmUp = async (steps: number) => {
        await this.#make();
        return (await this.#run(steps)).at(-1) ?? 0;
      };
      const whole = this.batch;
      let stepMs = 0;
      if (this.name === 'rate' || (whole > rateBatch && this.backend !== 'wasm')) {
        this.batch = limits.probeBatch;
        stepMs = await warmUp(2);
        this.batch = this.#fittingBatch(whole, stepMs, limits);
        // As many as hide the few milliseconds in which the browser notices that the device has finished.
        const expected = (stepMs * this.batch) / limits.probeBatch;
        if (this.name === 'rate') this.repeat = Math.max(1, Math.min(50, Math.ceil(150 / expected)));
      }
      if (stepMs === 0 || this.batch > limits.probeBatch) {
        this.held.length = 0;
        stepMs = await warmUp(this.name === 'stock' ? limits.stockWarmUp : 2);
      }
      this.#perTurn = Math.max(1, Math.min(20, Math.floor(limits.turnMs / stepMs)));
    });
  }

  #fittingBatch(whole: number, probeMs: number, { wholeStepMs, scaledStepMs, probeBatch }: Limits): number {
    const foretold = (batch: number) => (probeMs * batch) / probeBatch;
    // WASM is what a machine without a GPU trains on: no guess may put something else in its place.
    if (this.backend === 'wasm') return whole;
    const limit = this.name === 'rate' ? scaledStepMs / 3 : wholeStepMs;
    if (foretold(whole) <= limit) return whole;
    let batch = probeBatch;
    while (2 * batch < whole && foretold(2 * batch) <= Math.min(limit, scaledStepMs)) batch *= 2;
    return batch;
  }

  /** Its turn in a round. Never throws. */
  async turn(): Promise<void> {
    if (this.failure !== null) return;
    await this.#attempt(async () => {
      this.ms.push(...(await this.#run(this.#perTurn)));
      this.memory.last = await this.#processMemory();
      // The first measured turn ends with step 3 or later: what is held then is what must stay.
      this.memory.third ??= this.memory.last;
    });
  }

  async close(): Promise<void> {
    await this.#caller?.browser.close();
    this.#caller = null;
  }

  /** What one measured step computes. */
  get operations(): number {
    if (this.name === 'rate') return this.repeat * rateOperations(this.batch);
    return stepOperations(configOf({ ...this.size, batch: this.batch }));
  }

  /** A measured step was not of the whole batch; times are scaled up by this. */
  get scale(): number {
    return this.name === 'rate' ? 1 : this.size.batch / this.batch;
  }

  /** Operations a second, over 10⁹, of all the cores that it stands for. */
  get gflops(): number {
    return (this.cores * this.operations) / median(this.ms) / 1e6;
  }

  /**
   * Whether the tensors and the bytes after each step from the third on are those after the third; null: too few steps.
   */
  get flat(): boolean | null {
    const [third, ...later] = this.held.slice(2);
    if (third === undefined || later.length === 0) return null;
    return later.every(({ tensors, bytes }) => tensors === third.tensors && bytes === third.bytes);
  }

  async #make(): Promise<void> {
    const task: Task =
      this.name === 'rate'
        ? { name: 'rate', batch: this.batch, repeat: this.repeat }
        : { name: this.name, config: configOf({ ...this.size, batch: this.batch }) };
    await this.#caller?.call('make', task);
  }

  async #run(count: number): Promise<number[]> {
    if (!this.#caller) throw new Error('Its browser was closed.');
    const { ms, held } = await this.#caller.call('run', { count });
    this.held.push(...held);
    return ms;
  }

  async #processMemory(): Promise<ProcessMemory | null> {
    return this.#caller && (await processMemory(this.#caller.browser));
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.failure = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
      await this.close();
    }
  }
}
