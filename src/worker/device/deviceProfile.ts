// What is known of this device's backends: measured here or on an earlier visit, and put right by what they do in use.
import type { Failure } from '../../config/errors.ts';
import type { PresetName } from '../../config/presets.ts';
import type {
  BackendDetail,
  BackendInUse,
  BackendName,
  BackendOffer,
  Calibration,
  Measurement,
} from '../../protocol/devices.ts';
import type { Events } from '../../protocol/messages.ts';
import { isSlow, untried } from './calibration.ts';
import { chooseAutomatically } from './choice.ts';
import { recall } from './rememberedCalibration.ts';

/** As a share of what was known: a run's speed is never twice the same, and what has not changed need not be told. */
const worthTelling = 0.05;

export class DeviceProfile {
  readonly #candidates: readonly BackendOffer[];
  readonly #device: string;
  #calibration: Calibration | null = null;

  /** `device`: what tells this device from others. */
  constructor(candidates: readonly BackendOffer[], device: string) {
    this.#candidates = candidates;
    this.#device = device;
  }

  /** null while nothing was measured. */
  get calibration(): Calibration | null {
    return this.#calibration;
  }

  /** What Automatic makes of it. */
  get automatic(): BackendInUse | null {
    return chooseAutomatically(this.measurements);
  }

  /** One for each backend, whatever is known of it. */
  get measurements(): readonly Measurement[] {
    return this.#calibration?.measurements ?? this.#candidates.map(untried);
  }

  /** Whether enough is known to choose: all real devices were tried, and something works. */
  get isEnough(): boolean {
    const tried = (name: BackendName) => this.measurements.some((each) => each.name === name && each.passed !== null);
    const real = this.#candidates.filter((each) => each.available && !isSlow(each));
    return this.measurements.some(({ passed }) => passed === true) && real.every(({ name }) => tried(name));
  }

  /** All of it, to be told to the page. What is half known is not worth keeping: the next visit shall measure. */
  get found(): Events['calibration'] {
    const calibration = { device: this.#device, measurements: this.measurements };
    return { calibration, automatic: this.automatic, keep: this.isEnough };
  }

  /** Takes over what the page has kept, if it is of this device and nothing is known yet. */
  remember(kept: unknown): void {
    this.#calibration ??= recall(kept, this.#device);
  }

  /** What was measured anew; what runs have taken outlasts that. */
  replace(measurements: readonly Measurement[]): void {
    const before = new Map(this.measurements.map((each) => [each.name, each.msInTraining]));
    const all = measurements.map((each) => ({
      ...each,
      msInTraining: combine(each.msInTraining, before.get(each.name) ?? each.msInTraining),
    }));
    this.#calibration = { device: this.#device, measurements: all };
  }

  /** It was started, and computes rightly. */
  works(name: BackendName, detail: BackendDetail): void {
    this.#correct(name, ({ passed, why }) => ({ passed: true, why: passed === true ? why : null, detail }));
  }

  fails(name: BackendName, cause: Failure): void {
    this.#correct(name, () => ({ passed: false, why: { note: 'failed', cause } }));
  }

  /** What a step of a preset took in a run. @returns whether that is news */
  noteTraining(name: BackendName, preset: PresetName, ms: number): boolean {
    const known = this.measurements.find((each) => each.name === name);
    if (known === undefined) return false;
    const before = known.msInTraining[preset] ?? 0;
    if (Math.abs(ms - before) <= worthTelling * before) return false;
    this.#correct(name, ({ msInTraining }) => ({ msInTraining: { ...msInTraining, [preset]: ms } }));
    return true;
  }

  #correct(name: BackendName, change: (known: Measurement) => Partial<Measurement>): void {
    this.replace(this.measurements.map((each) => (each.name === name ? { ...each, ...change(each) } : each)));
  }
}

type Times = Measurement['msInTraining'];

const combine = (newer: Times, older: Times): Times => ({
  quick: newer.quick ?? older.quick,
  light: newer.light ?? older.light,
  tutorial: newer.tutorial ?? older.tutorial,
});
