// Values that the axis does not reach, marked at its edge: an arrowhead and the number.

import type { Series } from './Chart.tsx';
import styles from './Curves.module.css';
import { extremesOf } from './chartRows.ts';
import { beyond, type Range } from './range.ts';
import type { StepDomain } from './stepDomain.ts';
import { usePlot } from './usePlot.ts';

interface BeyondMarksProps {
  readonly series: readonly Series[];
  readonly range: Range;
  readonly steps: StepDomain;
  readonly format: (value: number) => string;
}

/** Of a number, in pixels: two marks stand at least so far apart. */
const width = 52;

export function BeyondMarks({ series, range, steps: [first, last], format }: BeyondMarksProps) {
  const plot = usePlot();
  if (plot === null) return null;
  const apart = (width * (last - first)) / Math.max(1, plot.right - plot.left);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an SVG group takes no focus; the cursor says the same numbers
    <g aria-hidden="true" className={styles.beyond}>
      {series.flatMap((each, place) =>
        beyond(extremesOf(each), range, apart).map(({ step, value, side }) => {
          const [x, up] = [plot.x(step), side === 'above'];
          // Each series in a line of its own.
          const edge = up ? plot.top : plot.bottom;
          const inward = up ? 1 : -1;
          const atRight = x > plot.right - width;
          return (
            <g key={`${each.name} ${side} ${step}`} fill={each.colour} data-side={side}>
              <path d={`M${x} ${edge}l-3.5 ${6 * inward}h7z`} />
              <text
                x={atRight ? x - 6 : x + 6}
                y={edge + (up ? 8 : -2) + 11 * place * inward}
                textAnchor={atRight ? 'end' : 'start'}
              >
                {format(value)}
              </text>
            </g>
          );
        }),
      )}
    </g>
  );
}
