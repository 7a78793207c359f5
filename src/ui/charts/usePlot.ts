// Where steps and values stand in a chart, for what the page draws on recharts' axes itself.
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Point } from '../../page/runHistory/decimate.ts';
import type { Range } from './range.ts';

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(step: number): number;
  /** On the edge of the plot for what the range does not hold. */
  y(value: number): number;
  /** An SVG path through these. */
  path(points: readonly Point[]): string;
}

/** null before recharts has laid out the chart. */
export function usePlot([low, high]: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]): Plot | null {
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const area = usePlotArea();
  if (scaleX === undefined || scaleY === undefined || area === undefined) return null;
  const { x: left, y: top, width, height } = area;
  const x = (step: number): number => scaleX(step) ?? left;
  const y = (value: number): number => scaleY(Math.max(low, Math.min(high, value))) ?? top;
  return {
    left,
    right: left + width,
    top,
    bottom: top + height,
    x,
    y,
    path: (points) =>
      points.map(({ step, value }, i) => `${i === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`).join(''),
  };
}
