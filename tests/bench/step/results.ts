// From what was measured to what is told: rows, the JSON's entries, and the ratios that the project has set itself.
import type { BackendName } from '../../../src/protocol/devices.ts';
import { median, spread } from '../support/statistics.ts';
import { megabytes, number, table } from '../support/table.ts';
import type { Candidate } from './candidate.ts';

export interface Result {
  name: 'stock' | 'ours';
  backend: BackendName;
  filters: number;
  batch: number;
  /** Median. */
  msPerStep: number;
  /** Between the quartiles. */
  msSpread: number;
  peakBytes: number;
  tensors: number;
  gflops: number;
  efficiency: number;
  /** Batch that was measured; times are scaled to `batch`, peakBytes and tensors are not. */
  measuredBatch: number;
  steps: number;
  /** 'processes': see processMemory; 'tfjs': the most that tfjs had allocated. */
  peakFrom: 'processes' | 'tfjs';
  /** Resident before the networks were made. */
  idleBytes: number | null;
  /** The WASM heap, or the textures and buffers on the GPU, at the end. */
  allocatedBytes: number | null;
  tensorBytes: number;
  /** Tensors and their bytes stay the same from step 3 on; null: fewer than four steps. */
  flat: boolean | null;
  /** Resident at the end less that after the first turn. */
  grownBytes: number | null;
  /** Of the yardstick on this backend in this run. */
  rateGflops: number;
}

/** null for the yardstick, for what failed and for what has no yardstick. */
export function resultOf(candidate: Candidate, rates: ReadonlyMap<BackendName, Candidate>): Result | null {
  const { name, backend, size, ms, held, memory } = candidate;
  const last = held.at(-1);
  if (name === 'rate' || candidate.failure !== null || last === undefined || ms.length === 0) return null;
  const rateGflops = rates.get(backend)?.gflops ?? Number.NaN;
  const allocated = Math.max(...held.map((each) => each.allocated ?? each.bytes));
  return {
    name,
    backend,
    ...size,
    msPerStep: median(ms) * candidate.scale,
    msSpread: spread(ms) * candidate.scale,
    peakBytes: memory.last?.peak ?? allocated,
    tensors: last.tensors,
    gflops: candidate.gflops,
    efficiency: candidate.gflops / rateGflops,
    measuredBatch: candidate.batch,
    steps: held.length,
    peakFrom: memory.last ? 'processes' : 'tfjs',
    idleBytes: memory.idle?.now ?? null,
    allocatedBytes: last.allocated,
    tensorBytes: last.bytes,
    flat: candidate.flat,
    grownBytes: memory.last && memory.third ? memory.last.now - memory.third.now : null,
    rateGflops,
  };
}

const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(0)}%` : '–');

export function resultsTable(results: readonly Result[]): string {
  return table(
    [
      'filters · batch',
      'what, where',
      'ms per step',
      '± quartiles',
      'GFLOP/s',
      'efficiency',
      'peak',
      'before',
      'tfjs holds',
      'tensors',
      'flat',
      'measured',
    ],
    results.map((row) => [
      `${row.filters} · ${row.batch}`,
      `${row.name}, ${row.backend}`,
      number(row.msPerStep),
      number(row.msSpread),
      number(row.gflops),
      percent(row.efficiency),
      megabytes(row.peakBytes),
      megabytes(row.idleBytes),
      megabytes(row.allocatedBytes),
      String(row.tensors),
      row.flat === null ? '–' : row.flat ? 'yes' : 'no',
      `${row.steps} steps${row.measuredBatch === row.batch ? '' : ` of batch ${row.measuredBatch}, scaled`}`,
    ]),
  );
}

export function ratesTable(rates: readonly Candidate[]): string {
  return table(
    ['one conv2d, where', 'GFLOP/s', '± quartiles, ms', 'ms each', 'measured'],
    rates.map((rate) => [
      `${rate.backend}: ${rate.cores > 1 ? `one thread, times ${rate.cores} cores` : rate.detail}`,
      rate.failure ?? number(rate.gflops),
      number(spread(rate.ms) / rate.repeat),
      number(median(rate.ms) / rate.repeat),
      `${rate.ms.length} times ${rate.repeat} of [${rate.batch},28,28,128]`,
    ]),
  );
}

/**
 * The bars that the project has set itself, with what was found. Where a size has no bar on this machine, the ratio
 * alone.
 */
export function verdicts(results: readonly Result[], automatic: BackendName, hasGpu: boolean): string {
  const find = (name: Result['name'], backend: string, filters: number) =>
    results.find((row) => row.name === name && row.backend === backend && row.filters === filters);
  const rows: string[][] = [];
  const tell = (what: string, found: string, wanted: string, reached: boolean | null) =>
    rows.push([what, found, wanted, reached === null ? '–' : reached ? 'yes' : 'no']);
  const tellRatio = (fast: Result | undefined, slow: Result | undefined, least: number | null) => {
    if (!fast || !slow) return;
    const ratio = slow.msPerStep / fast.msPerStep;
    const scaled = [fast, slow].some(({ batch, measuredBatch }) => batch !== measuredBatch) ? ', scaled' : '';
    tell(
      `${fast.filters} · ${fast.batch}: ${fast.name} on ${fast.backend} against ${slow.name} on ${slow.backend}`,
      `${number(ratio)} times${scaled}`,
      least === null ? '–' : `≥ ${least} times`,
      least === null ? null : ratio >= least,
    );
  };

  for (const filters of [32, 128]) {
    const [stock, webgl] = [find('stock', 'webgl', filters), find('ours', 'webgl', filters)];
    const barred = hasGpu || filters === 32;
    if (automatic !== 'webgl') tellRatio(find('ours', automatic, filters), stock, barred ? (hasGpu ? 3 : 40) : null);
    tellRatio(webgl, stock, barred ? 3 : null);
    tellRatio(find('ours', 'webgpu', filters), webgl, hasGpu ? 1 : null);
  }
  for (const row of results.filter(({ name, backend }) => name === 'ours' && backend === 'wasm')) {
    const least = row.filters === 32 ? 0.35 : 0.5;
    const what = `${row.filters} · ${row.batch}: efficiency on wasm`;
    tell(what, percent(row.efficiency), `≥ ${percent(least)}`, row.efficiency >= least);
  }
  for (const row of results.filter(({ name, filters }) => name === 'ours' && filters === 128)) {
    const flat = row.flat === null ? 'too few steps to say whether flat' : row.flat ? 'flat' : 'not flat';
    const scaled = row.measuredBatch === row.batch ? '' : ` (at batch ${row.measuredBatch})`;
    const reached = row.peakBytes < 700e6 && row.flat === true;
    tell(
      `${row.filters} · ${row.batch}: peak on ${row.backend}`,
      `${megabytes(row.peakBytes)}${scaled}, ${flat}`,
      '< 700 MB, flat',
      scaled === '' ? reached : null,
    );
  }
  return table(['bar', 'found', 'wanted', 'reached'], rows);
}
