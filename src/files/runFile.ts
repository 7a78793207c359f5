// The file of Save run, and what the browser keeps of a run by itself: all that it takes to go on as if it had never
// stopped.
//
// A zip, nothing in it packed, of format 'ganvas-run', version 1:
//
//     run.json             { format, version, id (the run id), savedAt, started, config, dataset, backend, training,
//                            epochs, seconds, quality, stopping, frames }: everything that is no large array
//     state.safetensors    the tensors of `stateShapes` (config/weights.ts): the weights of both networks, the average
//                          of the generator's where one is wanted (average/…), and Adam's moments (first_moment/…,
//                          second_moment/…)
//     history.safetensors  steps, discriminatorLoss, generatorLoss, accuracyReal, accuracyFake, each [rows] (a half
//                          that a step did not take is NaN), and realness [frames, 64] of the grids
//     grids.bin            the kept grids, a byte a pixel, [frames, 64, 28, 28]
//
// A history of more rows than `maxRows` or `maxSteps` is thinned, so whatever is written can be read. The newer half
// keeps every row, because a run that goes on is judged by it; of the older half evenly spaced rows stay.
//
// No random state is in it: random numbers are functions of the seed and the counts in `training`. Nor are the images:
// `dataset` says which they were. The same run gives the same bytes, and what is read and written again has the bytes
// that it had.
import { type FileName, GanvasError } from '../config/errors.ts';
import { type Frame, type Metrics, maxFrames, seriesNames } from '../config/history.ts';
import type { Shape } from '../config/networks.ts';
import type { RealQuality } from '../config/quality.ts';
import { fixed } from '../config/run.ts';
import { parseConfig } from '../config/settings.ts';
import { countsOf, maxStep, stepOf } from '../config/training.ts';
import { stateShapes, type WeightArray } from '../config/weights.ts';
import { checkTensors } from './checkTensors.ts';
import { readConfig, readHead } from './head.ts';
import { mostCounted, mostSeconds } from './numbers.ts';
import { quote } from './phrases.ts';
import { rounding } from './qualitySchema.ts';
import { maxHeadBytes, maxHeadItems, maxRows, runHead, wordsOf } from './runHead.ts';
import { decode, encode, mostBytes } from './safetensors.ts';
import type { SavedRun } from './savedRun.ts';
import { thinned, thinnedMetrics } from './thinned.ts';
import { openZip, writeZip } from './zip.ts';

const format = 'ganvas-run';
const version = 1;
const pixels = fixed.gridTiles * fixed.imageSize ** 2;

/** Of the history, one a step, of which the fastest device takes some hundred a second. */
const maxSteps = 4_000_000;

/** What `unpackRun` can read of a number that has no end of its own. */
const atMost = (most: number) => (value: number) => Math.min(value, most);
const [counted, timed] = [atMost(mostCounted), atMost(mostSeconds)];

/**
 * What `unpackRun` can read, of any run.
 * @throws GanvasError 'too-many-steps', or 'internal' if the tensors are not those of the settings
 */
export function packRun(run: SavedRun): Uint8Array<ArrayBuffer> {
  const { training, frames, quality, dataset, stopping, origin } = run;
  const steps = stepOf(training);
  if (steps > maxStep) throw new GanvasError('run-too-many-steps', { steps, most: maxStep });
  const { firstStep, iterations, places, owesGenerator } = countsOf(training);
  const { generator, discriminator } = iterations;
  // One by one, as the order of the names is part of the bytes.
  const head = {
    format,
    version,
    id: run.runId,
    savedAt: run.savedAt,
    started: run.started,
    ...(origin && {
      origin: { runId: origin.runId, step: origin.step, half: origin.half, started: origin.started },
    }),
    config: parseConfig(run.config),
    dataset: { id: dataset.id, label: dataset.label, count: dataset.count, sha256: dataset.sha256 },
    backend: run.backend,
    training: {
      firstStep,
      iterations: { generator, discriminator },
      ...(places && { places: { generator: places.generator, discriminator: places.discriminator } }),
      owesGenerator,
    },
    epochs: counted(run.epochs),
    seconds: timed(run.seconds),
    quality: {
      rows: thinned(quality.rows, maxRows, maxRows / 2).map(({ step, seconds, ...measured }) => ({
        step,
        seconds: timed(seconds),
        ...encodeQuality(measured),
      })),
      real: quality.real && encodeQuality(quality.real),
      nextAt: timed(quality.nextAt),
    },
    stopping: { lowest: stopping.lowest, without: counted(stopping.without) },
    frames: frames.map(({ step, half }) => ({ step, half })),
  };
  const state = new Map<string, WeightArray>();
  for (const name of stateShapes(run.config).keys()) {
    const array = training.tensors.get(name);
    if (!array) throw new GanvasError('cannot-save-run', { weight: name });
    state.set(name, array);
  }
  const metrics = thinnedMetrics(run.metrics, maxSteps, maxSteps / 2);
  const rows = metrics.steps.length;
  const history = new Map<string, WeightArray>([
    ['steps', { shape: [rows], data: new Float32Array(metrics.steps) }],
    ...seriesNames.map((name) => [name, { shape: [rows], data: metrics[name] }] as const),
    ['realness', { shape: [frames.length, fixed.gridTiles], data: joined(frames) }],
  ]);
  const grids = new Uint8Array(frames.length * pixels);
  frames.forEach((frame, i) => {
    grids.set(frame.pictures.pixels, i * pixels);
  });
  return writeZip(
    new Map([
      ['run.json', new TextEncoder().encode(`${JSON.stringify(head)}\n`)],
      ['state.safetensors', encode(state)],
      ['history.safetensors', encode(history)],
      ['grids.bin', grids],
    ]),
  );
}

function encodeQuality({ digits: scores, diversity }: RealQuality) {
  const found = scores && {
    classShares: scores.classShares,
    covered: scores.covered,
    divergence: wordsOf(scores.divergence),
    confidence: wordsOf(scores.confidence),
    inceptionScore: wordsOf(scores.inceptionScore),
    frechet: wordsOf(scores.frechet),
  };
  return { digits: found, diversity: wordsOf(diversity) };
}

function joined(frames: readonly Frame[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(frames.length * fixed.gridTiles);
  frames.forEach(({ realness }, i) => {
    all.set(realness, i * fixed.gridTiles);
  });
  return all;
}

/** Whether some bytes are a zip with a run in it, and not, say, one of weights. @throws as `openZip` does */
export function holdsRun(zip: Uint8Array, fileName: FileName): boolean {
  return openZip(zip, fileName).names.includes('run.json');
}

/**
 * Opens what `packRun` made. Each array of the result owns its bytes.
 * @param file how errors name the file
 * @throws GanvasError and nothing else, whatever the bytes: 'not-our-run' (no zip, or not of this format), 'bad-file'
 * (damaged, cut off, or at odds with itself), 'too-large', 'bad-settings', 'weights-mismatch', 'non-finite-weights'
 */
export function unpackRun(zip: Uint8Array, file: FileName = { unnamed: 'run' }): SavedRun {
  const opened = openZip(zip, file);
  const where = (name: string): FileName => ({ entry: name, of: file });
  if (!opened.names.includes('run.json')) throw new GanvasError('run-no-head', { file });
  const head = runHead.safeParse(
    readHead(opened.read('run.json', maxHeadBytes), where('run.json'), {
      format,
      version,
      most: maxHeadItems,
      of: 'run',
    }),
  );
  if (!head.success) {
    const path = head.error.issues[0]?.path.join('.') ?? '';
    throw new GanvasError('run-field', { file, field: quote(path) });
  }
  const { id: runId, config: settings, training, frames: kept, ...rest } = head.data;
  const steps = stepOf(training);
  if (steps > maxStep) throw new GanvasError('run-steps', { file, steps, most: maxStep });
  if (training.owesGenerator && training.iterations.discriminator === 0) {
    throw new GanvasError('run-half-step', { file });
  }
  const measuredAt = rest.quality.rows.map(({ step }) => step);
  if (!isInOrder(measuredAt, steps)) throw new GanvasError('run-measurements-order', { file });
  const config = readConfig(settings, where('run.json'));

  // Neither may be longer than what has been read so far allows: a small zip may unpack to much.
  const read = (name: string, shapes: ReadonlyMap<string, Shape>) =>
    decode(opened.read(name, mostBytes(shapes)), where(name)).tensors;
  const shapes = stateShapes(config);
  const state = read('state.safetensors', shapes);
  checkTensors(state, shapes, where('state.safetensors'));
  const history = read('history.safetensors', historyShapes(Math.min(maxSteps, steps + 1), kept.length));
  const metrics = readMetrics(history, steps, file);
  const realness = history.get('realness');
  const grids = opened.read('grids.bin', maxFrames * pixels);
  if (grids.length !== kept.length * pixels) {
    throw new GanvasError('run-grids-length', { file, bytes: grids.length, grids: kept.length });
  }
  if (realness?.shape.join() !== `${kept.length},${fixed.gridTiles}`) {
    throw new GanvasError('run-realness-missing', { file });
  }
  if (!realness.data.every((value) => value >= 0 && value <= 1)) throw new GanvasError('run-realness-value', { file });
  if (!ascends(kept.map(({ step }) => step)) || (kept.at(-1)?.step ?? 0) > steps) {
    throw new GanvasError('run-grids-order', { file });
  }
  const frames = kept.map(({ step, half }, i) => ({
    step,
    half,
    pictures: { pixels: grids.slice(i * pixels, (i + 1) * pixels), count: fixed.gridTiles },
    realness: realness.data.slice(i * fixed.gridTiles, (i + 1) * fixed.gridTiles),
  }));
  return { ...rest, runId, config, training: { ...training, tensors: state }, metrics, frames };
}

const historyShapes = (rows: number, frames: number): ReadonlyMap<string, Shape> =>
  new Map<string, Shape>([
    ['steps', [rows]],
    ...seriesNames.map((name) => [name, [rows]] as const),
    ['realness', [frames, fixed.gridTiles]],
  ]);

function readMetrics(history: ReadonlyMap<string, WeightArray>, step: number, file: FileName): Metrics {
  const steps = history.get('steps');
  if (steps?.shape.length !== 1) throw new GanvasError('run-history-no-steps', { file });
  if (!steps.data.every(Number.isInteger) || !ascends(steps.data) || (steps.data.at(-1) ?? 0) > step) {
    throw new GanvasError('run-history-order', { file });
  }
  const columns = seriesNames.map((series) => {
    const column = history.get(series);
    if (column?.shape.join() !== steps.shape.join()) throw new GanvasError('run-history-missing', { file, series });
    if (column.data.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)) {
      throw new GanvasError('run-history-infinite', { file, series });
    }
    if (series.startsWith('accuracy') && column.data.some((value) => value < 0 || value > 1 + rounding)) {
      throw new GanvasError('run-history-share', { file, series });
    }
    return [series, column.data] as const;
  });
  return { steps: Uint32Array.from(steps.data), ...Object.fromEntries(columns) } as Metrics;
}

/** None further than `last`, and none before the one before it. */
const isInOrder = (steps: readonly number[], last: number): boolean =>
  steps.every((step, i) => step <= last && step >= (steps[i - 1] ?? 0));

/** From 0 up. */
function ascends(steps: ArrayLike<number>): boolean {
  for (let i = 0; i < steps.length; i++) {
    if (!((steps[i] ?? -1) > (i === 0 ? -1 : (steps[i - 1] ?? 0)))) return false;
  }
  return true;
}
