// The cursor that all charts of a step share: which step the pointer is at, and where the arrow keys lead.
import type { StepDomain } from './stepDomain.ts';

/** The step of the history that is nearest to `wanted`; where there is no history, the whole step itself. */
export function nearestStep(steps: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [steps[low - 1], steps[low]];
  if (before === undefined) return after ?? Math.round(wanted);
  if (after === undefined) return before;
  return wanted - before <= after - wanted ? before : after;
}

/** What the pointer is at, `share` of the way across the plot. */
export function stepAt(steps: ArrayLike<number>, [first, last]: StepDomain, share: number): number {
  const wanted = first + Math.max(0, Math.min(1, share)) * (last - first);
  return Math.max(first, Math.min(last, nearestStep(steps, wanted)));
}

/** As far as one press of an arrow goes: something that can be seen. */
const moves = 100;

/**
 * Where a key leads from `cursor`. The first key shows the newest step, whichever it is; null takes the cursor away.
 * @returns undefined for a key that means nothing here
 */
export function stepOfKey(
  key: string,
  cursor: number | null,
  steps: ArrayLike<number>,
  domain: StepDomain,
): number | null | undefined {
  const [first, last] = domain;
  const newest = stepAt(steps, domain, 1);
  const stride = Math.max(1, Math.round((last - first) / moves));
  const by: Readonly<Record<string, number>> = {
    ArrowLeft: -stride,
    ArrowDown: -stride,
    ArrowRight: stride,
    ArrowUp: stride,
    PageDown: -10 * stride,
    PageUp: 10 * stride,
  };
  if (key === 'Escape') return cursor === null ? undefined : null;
  if (key === 'Home') return stepAt(steps, domain, 0);
  if (key === 'End') return newest;
  const move = by[key];
  if (move === undefined) return undefined;
  if (cursor === null) return newest;
  return stepAt(steps, domain, (cursor + move - first) / Math.max(1, last - first));
}
