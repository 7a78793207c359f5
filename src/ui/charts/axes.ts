// What the axes of all charts have in common, in recharts' form.
import { stepTicks } from './ticks.ts';

const tick = { fill: 'var(--muted)' } as const;
/** The line of an axis, and of the cursor. */
export const edge = { stroke: 'var(--edge)' } as const;

/** Steps from left to right, with marks at round numbers. */
export const stepAxis = (first: number, last: number, format: (step: number) => string) =>
  ({
    dataKey: 'step',
    type: 'number',
    domain: [first, Math.max(last, first + 1)] as [number, number],
    ticks: [...stepTicks(first, last)],
    tickFormatter: format,
    tick,
    axisLine: edge,
    tickLine: edge,
    height: 24,
    minTickGap: 16,
  }) as const;

/** Values from bottom to top. */
export const valueAxis = (ticks: readonly number[], format: (value: number) => string) =>
  ({
    domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1] as [number, number],
    ticks: [...ticks],
    tickFormatter: format,
    tick,
    tickLine: false,
    axisLine: false,
  }) as const;
