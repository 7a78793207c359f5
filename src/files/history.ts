// Every step's losses and accuracies, outside React: columns in typed arrays that grow, of which the charts read a few
// points.
import { type Metrics, type SeriesName, seriesNames } from '../config/history.ts';
import { Frames } from './frames.ts';

/** One step; NaN for a half that was not taken. */
export type HistoryRow = { readonly step: number } & Readonly<Record<SeriesName, number>>;

type Columns = Record<SeriesName, Float32Array>;

const makeColumns = (capacity: number): Columns => ({
  discriminatorLoss: new Float32Array(capacity),
  generatorLoss: new Float32Array(capacity),
  accuracyReal: new Float32Array(capacity),
  accuracyFake: new Float32Array(capacity),
});

export class History {
  /** The grids on the way, kept and cleared with the rest. */
  readonly frames = new Frames();
  #steps = new Uint32Array(1024);
  #columns = makeColumns(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
    this.frames.clear();
  }

  /** Rows come in the order of their steps; a row whose step is here already fills what is missing in it. */
  append(metrics: Metrics): void {
    for (let i = 0; i < metrics.steps.length; i++) {
      const step = metrics.steps[i] ?? 0;
      const at = this.#place(step);
      for (const name of seriesNames) {
        const value = metrics[name][i] ?? Number.NaN;
        if (!Number.isNaN(value)) this.#columns[name][at] = value;
      }
    }
  }

  /** Copies of all of it. */
  metrics(): Metrics {
    const column = (name: SeriesName) => this.#columns[name].slice(0, this.#length);
    return {
      steps: this.#steps.slice(0, this.#length),
      discriminatorLoss: column('discriminatorLoss'),
      generatorLoss: column('generatorLoss'),
      accuracyReal: column('accuracyReal'),
      accuracyFake: column('accuracyFake'),
    };
  }

  row(index: number): HistoryRow | null {
    if (index < 0 || index >= this.#length) return null;
    const { discriminatorLoss, generatorLoss, accuracyReal, accuracyFake } = this.#columns;
    return {
      step: this.#steps[index] ?? 0,
      discriminatorLoss: discriminatorLoss[index] ?? Number.NaN,
      generatorLoss: generatorLoss[index] ?? Number.NaN,
      accuracyReal: accuracyReal[index] ?? Number.NaN,
      accuracyFake: accuracyFake[index] ?? Number.NaN,
    };
  }

  last(): HistoryRow | null {
    return this.row(this.#length - 1);
  }

  /** The first index whose step is at least `step`; `length` when there is none. */
  indexOf(step: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#steps[middle] ?? 0) < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Views, not copies: good until the next append. */
  steps(): Uint32Array {
    return this.#steps.subarray(0, this.#length);
  }

  series(name: SeriesName): Float32Array {
    return this.#columns[name].subarray(0, this.#length);
  }

  /** The index of the row of `step`, made (all NaN) where there is none. */
  #place(step: number): number {
    const last = this.#length === 0 ? -1 : (this.#steps[this.#length - 1] ?? 0);
    if (step > last) {
      if (this.#length === this.#steps.length) this.#grow();
      const at = this.#length++;
      this.#steps[at] = step;
      for (const name of seriesNames) this.#columns[name][at] = Number.NaN;
      return at;
    }
    const at = this.indexOf(step);
    if (this.#steps[at] === step) return at;
    // A step out of order that nobody has seen: room is made for it, rarely enough to be slow.
    this.#place(last + 1);
    this.#steps.copyWithin(at + 1, at, this.#length - 1);
    this.#steps[at] = step;
    for (const name of seriesNames) {
      this.#columns[name].copyWithin(at + 1, at, this.#length - 1);
      this.#columns[name][at] = Number.NaN;
    }
    return at;
  }

  #grow(): void {
    const steps = new Uint32Array(this.#steps.length * 2);
    steps.set(this.#steps);
    this.#steps = steps;
    const columns = makeColumns(steps.length);
    for (const name of seriesNames) columns[name].set(this.#columns[name]);
    this.#columns = columns;
  }
}
