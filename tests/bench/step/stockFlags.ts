// The baseline's own best flags: what is fastest differs between a GPU and its emulation, so it is tried before each
// bench.
import { median } from '../support/statistics.ts';
import { number, table } from '../support/table.ts';
import type { StockFlags } from './calls.ts';
import { Caller, configOf } from './candidate.ts';

export interface Tried {
  readonly flags: StockFlags;
  readonly ms: number;
}

/**
 * tfjs's defaults, and what can help where they do not. Others were tried by hand and were slower or made no
 * difference.
 */
const choices: readonly StockFlags[] = [{}, { WEBGL_PACK: false }, { WEBGL_CONV_IM2COL: false }];

/** Small: which is fastest is all that is asked. */
const size = { filters: 32, batch: 8 };

/** Small steps of the baseline with each choice, in turns; the fastest first. Quick: the first two choices alone. */
export async function tryStockFlags(url: string, quick: boolean): Promise<readonly Tried[]> {
  const callers: { caller: Caller; flags: StockFlags; ms: number[] }[] = [];
  try {
    for (const flags of quick ? choices.slice(0, 2) : choices) {
      const caller = await Caller.open(url);
      callers.push({ caller, flags, ms: [] });
      await caller.call('start', { backend: 'webgl', plainly: flags });
      await caller.call('make', { name: 'stock', config: configOf(size) });
      await caller.call('run', { count: 1 });
    }
    for (let round = 0; round < 3; round++) {
      for (const { caller, ms } of callers) ms.push(...(await caller.call('run', { count: 1 })).ms);
    }
  } catch {
    // Without WebGL there is no baseline either; its row says why.
  } finally {
    for (const { caller } of callers) await caller.browser.close();
  }
  return callers
    .filter(({ ms }) => ms.length > 0)
    .map(({ flags, ms }) => ({ flags, ms: median(ms) }))
    .sort((a, b) => a.ms - b.ms);
}

export function triedTable(tried: readonly Tried[]): string {
  const words = (flags: StockFlags) =>
    Object.entries(flags)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ') || 'tfjs’s defaults';
  return table(
    ['flags of stock, the fastest first', `ms per step at ${size.filters} · ${size.batch}`],
    tried.map(({ flags, ms }) => [words(flags), number(ms)]),
  );
}
