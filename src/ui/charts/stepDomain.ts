// The steps that all charts show, from one edge of their plots to the other.
import type { History } from '../../files/history.ts';
import { firstInView } from './chartRows.ts';
import { type Numbered, stepsOf } from './overlays.ts';

export type StepDomain = readonly [first: number, last: number];

/** Of the current run and those compared with it, or of the last steps of all that. */
export function stepDomain(history: History, runs: readonly Numbered[], lastSteps: number | null): StepDomain {
  const steps = history.steps();
  const others = stepsOf(runs);
  const own = steps.at(-1);
  if (own === undefined && others === null) return [0, 1];
  const last = own ?? others?.[1] ?? 1;
  if (lastSteps !== null) {
    const first = own === undefined ? last - lastSteps + 1 : (steps[firstInView(steps.length, lastSteps)] ?? 0);
    return [Math.max(0, first), last];
  }
  const first = Math.min(steps[0] ?? Number.POSITIVE_INFINITY, others?.[0] ?? Number.POSITIVE_INFINITY);
  return [first, Math.max(first + 1, last, others?.[1] ?? 0)];
}
