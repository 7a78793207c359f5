// How long a training step takes on each backend: a few steps of each preset, on as much of its batch as there is time for.
import { type PresetName, presets } from '../config/presets.ts';
import type { RunConfig } from '../config/run.ts';
import type { BackendName, Measure, Measurement } from '../protocol/devices.ts';
import type { Candidate } from './devices.ts';

/** What is timed: a trainer, or a test's fake. */
export interface TimedTrainer {
  trainStep(): Generator<void, void>;
  /** Waits for the device. */
  takeScores(): Promise<unknown>;
  dispose(): void;
}

export interface Bench {
  /** Starts a backend, tests it, and makes it the current one; returns what it runs on. */
  start(name: BackendName): Promise<string>;
  /** A trainer on the current backend; the caller disposes it. */
  trainer(config: RunConfig): TimedTrainer;
  /** Lets messages in. */
  pause(): Promise<void>;
  /** In milliseconds. */
  now(): number;
}

export interface CalibrateOptions {
  readonly measure: Measure;
  /** Aborted when nobody wants to know any more. */
  readonly signal?: AbortSignal;
  onTrying(name: BackendName): void;
}

/** For the measuring of all real devices together; starting them comes on top. */
export const budgetMs = 2_700;
/** For each of those that are measured on request only: they are slow. */
export const slowBudgetMs = 4_000;

/** A step this long, on this many images, tells what a longer one would take. */
const enoughMs = 100;
const enoughImages = 16;
const smallestBatch = 4;
const presetNames = Object.keys(presets) as PresetName[];

const unmeasured: Measurement['msPerStep'] = { quick: null, light: null, tutorial: null };

/**
 * Tries the real devices; emulated ones and plain JavaScript only where nothing else works, or where all are asked for.
 * @returns one measurement for each candidate, or null when aborted
 */
export async function calibrate(
  candidates: readonly Candidate[],
  { measure, signal, onTrying }: CalibrateOptions,
  bench: Bench,
): Promise<Measurement[] | null> {
  const isOver = () => signal?.aborted === true;
  const tried = new Map<BackendName, Measurement>();
  /** @returns the milliseconds that measuring took */
  const attempt = async (candidate: Candidate, limitMs: number): Promise<number> => {
    onTrying(candidate.name);
    const { name, emulated } = candidate;
    const common = { name, emulated, detail: candidate.detail, msPerStep: unmeasured };
    try {
      const detail = await bench.start(name);
      const begun = bench.now();
      const msPerStep = await measurePresets(limitMs, bench, isOver);
      tried.set(name, { ...common, detail, passed: true, why: null, msPerStep });
      return bench.now() - begun;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      tried.set(name, { ...common, passed: false, why });
      return 0;
    }
  };

  const available = candidates.filter((each) => each.available);
  const slow = available.filter(({ name, emulated }) => emulated || name === 'cpu');
  // WASM first: it compiles nothing, and what it leaves of the time goes to those that do.
  const real = available.filter((each) => !slow.includes(each)).sort((a, b) => rank(a) - rank(b));
  let leftMs = budgetMs;
  for (const [i, candidate] of real.entries()) {
    if (!isOver()) leftMs -= await attempt(candidate, leftMs / (real.length - i));
  }
  for (const candidate of slow) {
    const anyRight = [...tried.values()].some(({ passed }) => passed);
    if (!isOver() && (measure === 'all' || !anyRight)) await attempt(candidate, slowBudgetMs);
  }
  if (isOver()) return null;
  return candidates.map((candidate) => tried.get(candidate.name) ?? untried(candidate));
}

const rank = ({ name }: Candidate): number => (name === 'wasm' ? 0 : 1);

function untried({ name, detail, emulated, available }: Candidate): Measurement {
  const why = !available
    ? 'not in this browser'
    : emulated
      ? 'not tried: emulated in software'
      : 'not tried: very slow';
  return { name, detail, emulated, passed: null, why, msPerStep: unmeasured };
}

/** On the current backend: the small preset first, which never takes all the time. */
async function measurePresets(limitMs: number, bench: Bench, isOver: () => boolean): Promise<Measurement['msPerStep']> {
  const found = { ...unmeasured };
  const end = bench.now() + limitMs;
  const names = [...presetNames].sort((a, b) => presets[a].config.filters - presets[b].config.filters);
  for (const [i, name] of names.entries()) {
    const share = (end - bench.now()) / (names.length - i);
    found[name] = await measureStep(presets[name].config, bench, share, isOver);
  }
  return found;
}

/**
 * Milliseconds of a training step of `config`, from steps on small parts of its batch: as many images as make the time
 * that any step takes, whatever its size, stand apart from that of its images. At each size a first step, which compiles,
 * does not count. null if there was not even time for two steps.
 */
export async function measureStep(
  config: RunConfig,
  bench: Bench,
  limitMs: number,
  isOver: () => boolean,
): Promise<number | null> {
  const end = bench.now() + limitMs;
  const isLate = () => isOver() || bench.now() >= end;
  const timed: Timed[] = [];
  let batch = Math.min(smallestBatch, config.batch);
  while (!isLate()) {
    const trainer = bench.trainer({ ...config, batch });
    try {
      if (!(await takeStep(trainer, bench, isLate))) break;
      const begun = bench.now();
      if (!(await takeStep(trainer, bench, isLate))) break;
      const ms = Math.max(0.01, bench.now() - begun);
      timed.push({ batch, ms });
      const isEnough = ms >= enoughMs && batch >= enoughImages;
      if (isEnough || batch >= config.batch) break;
      const fits = (factor: number) => 2 * factor * ms <= end - bench.now();
      const factor = 2 ** Math.max(2, Math.floor(Math.log2(enoughMs / ms)));
      batch = Math.min(config.batch, batch * (fits(factor) ? factor : 2));
    } finally {
      trainer.dispose();
    }
  }
  return extrapolate(timed, config.batch);
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

/** @returns whether the step was finished in time */
async function takeStep(trainer: TimedTrainer, bench: Bench, isLate: () => boolean): Promise<boolean> {
  const step = trainer.trainStep();
  try {
    while (!step.next().done) {
      await bench.pause();
      if (isLate()) return false;
    }
    await trainer.takeScores();
    return true;
  } finally {
    step.return();
  }
}
