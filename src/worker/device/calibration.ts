// How long a training step takes on each backend: a few steps of each preset, on as much of its batch as there is time for.
import { failureOf } from '../../config/errors.ts';
import { type PresetName, presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/run.ts';
import type {
  BackendDetail,
  BackendName,
  BackendOffer,
  Measure,
  Measurement,
  MeasurementNote,
} from '../../protocol/devices.ts';

/** What is timed: a trainer, or a test's fake. */
export interface TimedTrainer {
  trainStep(): Generator<void, void>;
  /** Waits for the device. */
  takeScores(): Promise<unknown>;
  dispose(): void;
}

export interface Bench {
  /** Starts a backend, tests it, and makes it the current one; returns what it runs on. */
  start(name: BackendName): Promise<BackendDetail>;
  /** A trainer on the current backend; the caller disposes it. */
  trainer(config: RunConfig): TimedTrainer;
  /** Lets messages in. */
  pause(): Promise<void>;
  /** In milliseconds. */
  now(): number;
}

export interface CalibrateOptions {
  readonly measure: Exclude<Measure, 'none'>;
  /** What is known already: it stays until it is measured anew. One for each candidate. */
  readonly known: readonly Measurement[];
  /** Aborted when nobody wants to know any more. */
  readonly signal?: AbortSignal;
  onTrying(name: BackendName): void;
  /** After each backend: what is known now. */
  onMeasured(measurements: readonly Measurement[]): void;
}

/** For the measuring of all real devices together; starting them comes on top. */
export const budgetMs = 2_700;
/** For each of those that are measured on request only: they are slow. */
export const slowBudgetMs = 4_000;
/** Of those, each of the first two steps may take as long as this: nobody should wait for nothing. */
export const patienceMs = 30_000;

/** A step this long, on this many images, tells what a longer one would take. */
const enoughMs = 100;
const enoughImages = 16;
const smallestBatch = 4;
/** Steps of the same size: what else goes on in a machine makes some of them longer, and none shorter. */
const repeats = 5;
const presetNames = Object.keys(presets) as PresetName[];

const unmeasured = Object.fromEntries(presetNames.map((name) => [name, null])) as Measurement['msPerStep'];

/** Of a backend of which nothing is known, and why. */
export function untried({ name, detail, emulated, available }: BackendOffer): Measurement {
  const note = !available ? 'absent' : emulated ? 'emulated' : name === 'cpu' ? 'slow' : 'untried';
  return { name, detail, emulated, passed: null, why: { note }, msPerStep: unmeasured, msInTraining: unmeasured };
}

/** Measured on request only, or where nothing else works. */
export const isSlow = ({ name, emulated }: Pick<BackendOffer, 'name' | 'emulated'>): boolean =>
  emulated || name === 'cpu';

/**
 * Tries the real devices; emulated ones and JavaScript only where nothing else works, or where all are asked for.
 * @returns whether that was done to its end: false when `signal` aborted
 */
export async function calibrate(
  candidates: readonly BackendOffer[],
  { measure, known, signal, onTrying, onMeasured }: CalibrateOptions,
  bench: Bench,
): Promise<boolean> {
  const isOver = () => signal?.aborted === true;
  let measurements = known;
  /** @returns the milliseconds that measuring took */
  const attempt = async (candidate: BackendOffer, limits: Limits): Promise<number> => {
    onTrying(candidate.name);
    let found = untried(candidate);
    let took = 0;
    try {
      const detail = await bench.start(candidate.name);
      const begun = bench.now();
      const msPerStep = await measurePresets(limits, bench, isOver);
      took = bench.now() - begun;
      const isTimed = Object.values(msPerStep).some((ms) => ms !== null);
      found = { ...found, detail, passed: true, why: isTimed ? null : tooSlow(limits), msPerStep };
    } catch (error) {
      found = { ...found, passed: false, why: { note: 'failed', cause: failureOf(error) } };
    }
    // What was called off half-way says nothing.
    if (isOver()) return took;
    measurements = measurements.map((each) => (each.name === candidate.name ? found : each));
    onMeasured(measurements);
    return took;
  };

  const available = candidates.filter((each) => each.available);
  // WASM first: it compiles nothing, and what it leaves of the time goes to those that do.
  const real = available.filter((each) => !isSlow(each)).sort((a, b) => rank(a) - rank(b));
  let leftMs = budgetMs;
  for (const [i, candidate] of real.entries()) {
    if (!isOver()) leftMs -= await attempt(candidate, { limitMs: leftMs / (real.length - i), patienceMs: 0 });
  }
  for (const candidate of available.filter(isSlow)) {
    const anyRight = measurements.some(({ passed }) => passed === true);
    if (isOver() || (measure !== 'all' && anyRight)) continue;
    await attempt(candidate, { limitMs: slowBudgetMs, patienceMs: measure === 'all' ? patienceMs : 0 });
  }
  return !isOver();
}

const rank = ({ name }: BackendOffer): number => (name === 'wasm' ? 0 : 1);

/** How long measuring may take, in milliseconds. */
export interface Limits {
  readonly limitMs: number;
  /** For each of the first two steps, where that is longer. */
  readonly patienceMs: number;
}

const tooSlow = ({ limitMs, patienceMs }: Limits): MeasurementNote =>
  patienceMs > 0
    ? { note: 'too-slow', steps: 1, images: smallestBatch, seconds: patienceMs / 1_000 }
    : { note: 'too-slow', steps: 2, images: smallestBatch, seconds: limitMs / presetNames.length / 1_000 };

/** On the current backend: the small presets first, which never take all the time. */
async function measurePresets(
  { limitMs, patienceMs }: Limits,
  bench: Bench,
  isOver: () => boolean,
): Promise<Measurement['msPerStep']> {
  const found: Record<PresetName, number | null> = { ...unmeasured };
  const end = bench.now() + limitMs;
  const names = [...presetNames].sort((a, b) => presets[a].config.filters - presets[b].config.filters);
  for (const [i, name] of names.entries()) {
    const share = Math.max(0, end - bench.now()) / (names.length - i);
    found[name] = await measureStep(presets[name].config, bench, { limitMs: share, patienceMs }, isOver);
    // Larger networks would take longer still.
    if (found[name] === null && patienceMs > 0) break;
  }
  return found;
}

/**
 * Milliseconds of a training step of `config`, from steps on small parts of its batch: as many images as make the time
 * that any step takes, whatever its size, stand apart from that of its images. At each size a first step, which compiles,
 * does not count, and of several others the quickest does. null if there was not even time for two steps.
 */
export async function measureStep(
  config: RunConfig,
  bench: Bench,
  { limitMs, patienceMs }: Limits,
  isOver: () => boolean,
): Promise<number | null> {
  const end = bench.now() + limitMs;
  const timed: Timed[] = [];
  const isLate = () => isOver() || bench.now() >= end;
  /** The first two steps may take their time. */
  const lateness = () => {
    const patient = bench.now() + patienceMs;
    return timed.length > 0 ? isLate : () => isOver() || bench.now() >= Math.max(end, patient);
  };
  let batch: number | null = Math.min(smallestBatch, config.batch);
  while (batch !== null && !(timed.length > 0 && isLate())) {
    const trainer = bench.trainer({ ...config, batch });
    try {
      if ((await timeStep(trainer, bench, lateness())) === null) break;
      let ms = await timeStep(trainer, bench, lateness());
      if (ms === null) break;
      const next = nextBatch(batch, ms, config.batch, end - bench.now());
      // Where more images are still to come most of the time is kept for them.
      const share = next === null ? 1 : 0.1;
      for (let i = 1; i < repeats && ms <= share * (end - bench.now()); i++) {
        ms = Math.min(ms, (await timeStep(trainer, bench, isLate)) ?? ms);
      }
      timed.push({ batch, ms });
      batch = next;
    } finally {
      trainer.dispose();
    }
  }
  return extrapolate(timed, config.batch);
}

/** How many images to try next, or null: these were enough, or two steps with more would take longer than is left. */
function nextBatch(batch: number, ms: number, all: number, leftMs: number): number | null {
  const isEnough = ms >= enoughMs && batch >= enoughImages;
  if (isEnough || batch >= all) return null;
  const fits = (factor: number) => 2 * factor * ms <= leftMs;
  const factor = 2 ** Math.max(2, Math.floor(Math.log2(enoughMs / ms)));
  if (fits(factor)) return Math.min(all, batch * factor);
  return fits(2) ? Math.min(all, batch * 2) : null;
}

interface Timed {
  readonly batch: number;
  readonly ms: number;
}

/**
 * On the line through the last two. Never more than in proportion, nor with less than half of that for each further image:
 * on a busy machine two times say little of their difference.
 */
export function extrapolate(timed: readonly Timed[], batch: number): number | null {
  const last = timed.at(-1);
  if (!last) return null;
  const inProportion = (last.ms * batch) / last.batch;
  const before = timed.at(-2);
  if (!before) return inProportion;
  const most = last.ms / last.batch;
  const msPerImage = (last.ms - before.ms) / (last.batch - before.batch);
  return last.ms + Math.min(most, Math.max(most / 2, msPerImage)) * (batch - last.batch);
}

/** @returns the milliseconds it took, or null when it was not finished in time */
async function timeStep(trainer: TimedTrainer, bench: Bench, isLate: () => boolean): Promise<number | null> {
  const begun = bench.now();
  const step = trainer.trainStep();
  try {
    if (isLate()) return null;
    while (!step.next().done) {
      await bench.pause();
      if (isLate()) return null;
    }
    await trainer.takeScores();
    return Math.max(0.01, bench.now() - begun);
  } finally {
    step.return();
  }
}
