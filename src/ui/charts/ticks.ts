// Where an axis has its ticks: few, at round numbers.

const finest = 0.01;

/** Round steps (1, 2, 2.5 or 5 times a power of ten) that hold the extent, about `wanted` of them. */
export function linearTicks([low, high]: readonly [number, number], wanted = 4): readonly number[] {
  const spread = high - low || Math.abs(high) * 0.1 || 1;
  // Two decimals at most: a loss says no more than that.
  const rough = Math.max(finest, spread / wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factors = power <= finest ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10];
  const step = (factors.find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Whole steps inside the extent, for the axis of steps: the first and round ones after it. */
export function stepTicks(first: number, last: number, wanted = 4): readonly number[] {
  if (last <= first) return [first];
  const ticks = linearTicks([first, last], wanted).filter(
    (tick) => Number.isInteger(tick) && tick >= first && tick <= last,
  );
  return ticks.length > 0 ? ticks : [first, last];
}

/** What a logarithmic axis shows of a bound: above zero, and with round numbers beyond it. */
const shown = (bound: number): number => Math.min(Math.max(bound, 1e-4), 1e300);

/**
 * Round numbers (1, 2 and 5 times powers of ten) that hold the extent, for a logarithmic axis. A bound that is infinite
 * or no number counts as absent: there is no end to the powers of ten up to it.
 */
export function logTicks([low, high]: readonly [number, number]): readonly number[] {
  const least = shown([low, high].find(Number.isFinite) ?? 1);
  const most = Math.max(Number.isFinite(high) ? shown(high) : least, least * 1.01);
  const candidates: number[] = [];
  for (let power = Math.floor(Math.log10(least)) - 1; power <= Math.ceil(Math.log10(most)); power++) {
    for (const digit of [1, 2, 5]) candidates.push(Number(`${digit}e${power}`));
  }
  const first = candidates.findLastIndex((tick) => tick <= least);
  const last = candidates.findIndex((tick) => tick >= most);
  const ticks = candidates.slice(Math.max(0, first), last + 1);
  if (ticks.length <= 7) return ticks;
  // Many decades: powers of ten are enough.
  return ticks.filter((tick, i) => i === 0 || i === ticks.length - 1 || tick.toExponential().startsWith('1e'));
}
