// Measures quality while a run trains: when it is time, on fresh samples, for no more than a small share of the time;
// and at its end.
import { type QualityRow, qualitySamples, type RealQuality } from '../../config/quality.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Drawing } from '../../gan/networks/drawer.ts';
import { qualityLatents } from '../../gan/training/batches.ts';
import type { QualityMeter } from '../../quality/measure.ts';

/** As often as a visitor likes to hear of it, where that is cheap. */
const everySeconds = 3;
/** Of the time between two measurements; a little less than the 5% that we promise. */
const share = 0.04;

type Between = () => Promise<void>;

export interface QualityParts {
  readonly config: RunConfig;
  readonly draw: (latents: Float32Array, between: Between) => Promise<Drawing>;
  /** Looks at the real images, once, for as long as that takes; null while what it needs is still on its way. */
  readonly makeMeter: (between: Between) => Promise<QualityMeter | null>;
  readonly onReal: (real: RealQuality) => void;
  /** What was measured before, of a run that is taken up again. */
  readonly past?: QualityPast | undefined;
}

export interface QualityPast {
  readonly rows: readonly QualityRow[];
  /** Training time from which on the next measurement may be made, in seconds. */
  readonly nextAt: number;
}

export class QualityWatch {
  readonly #parts: QualityParts;
  #meter: QualityMeter | null = null;
  #rows: readonly QualityRow[];
  #nextAt: number;

  constructor(parts: QualityParts) {
    this.#parts = parts;
    this.#rows = parts.past?.rows ?? [];
    this.#nextAt = parts.past?.nextAt ?? everySeconds;
  }

  /** All that was measured, oldest first. */
  get rows(): readonly QualityRow[] {
    return this.#rows;
  }

  get past(): QualityPast {
    return { rows: this.#rows, nextAt: this.#nextAt };
  }

  /** Goes back to what was measured until then. */
  goBack({ rows, nextAt }: QualityPast): void {
    this.#rows = rows;
    this.#nextAt = nextAt;
  }

  /** What the same measures give for real images; null until they have been looked at. */
  get real(): RealQuality | null {
    return this.#meter?.real ?? null;
  }

  /**
   * Measures if it is time, with the weights of `step`, after `seconds` of training. Training stands still meanwhile.
   * @param ended training has come to its end: what came out of it is measured, if the real images have been looked at
   * @param between called between two pieces of the work; what it throws ends the measurement, which is then not made
   * @returns the measurement, or null when it is not time for one
   */
  async look(step: number, seconds: number, between: Between, ended = false): Promise<QualityRow | null> {
    const isTime = ended ? this.#meter !== null && this.#rows.at(-1)?.step !== step : seconds >= this.#nextAt;
    if (!isTime) return null;
    const began = performance.now();
    const meter = this.#meter ?? (await this.#parts.makeMeter(between));
    if (meter === null) return null;
    if (this.#meter === null) this.#parts.onReal(meter.real);
    this.#meter = meter;
    const { pixels } = await this.#parts.draw(qualityLatents(this.#parts.config, step, qualitySamples), between);
    const row: QualityRow = { step, seconds, ...(await meter.measure(pixels, between)) };
    const took = (performance.now() - began) / 1000;
    // The first one has looked at the real images too: that is paid off in the same way.
    this.#nextAt = seconds + Math.max(everySeconds, took / share);
    this.#rows = [...this.#rows, row];
    return row;
  }

  /** Frees what is on the device. Safe to call twice. */
  dispose(): void {
    this.#meter?.dispose();
    this.#meter = null;
  }
}
