// What the axes of all charts have in common, in recharts' form, and where their plots begin and end.
import type { StepDomain } from './stepDomain.ts';
import { stepTicks } from './ticks.ts';

/** Left of the plot, for the value axis. */
export const beforePlot = 50;
/** Right of the plot, for the names at the curves' ends. */
export const afterPlot = 92;
/** Above the plot, for the title of the value axis. */
export const overPlot = 24;
/** Below the plot: the numbers of the step axis under the last chart, next to nothing under the others. */
export const underPlot = (isLast: boolean): number => (isLast ? 24 : 4);

const tick = { fill: 'var(--muted)' } as const;
/** The line of an axis. */
const edge = { stroke: 'var(--edge)' } as const;

/** Steps from left to right, with marks at round numbers. */
export const stepAxis = ([first, last]: StepDomain, isLast: boolean, format: (step: number) => string) =>
  ({
    dataKey: 'step',
    type: 'number',
    domain: [first, Math.max(last, first + 1)] as [number, number],
    ticks: [...stepTicks(first, last)],
    tickFormatter: format,
    tick: isLast && tick,
    axisLine: edge,
    tickLine: isLast && edge,
    height: underPlot(isLast),
    minTickGap: 16,
    allowDataOverflow: true,
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
    width: beforePlot,
    allowDataOverflow: true,
  }) as const;
