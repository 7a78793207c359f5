// The compared runs' curves, drawn by the page on recharts' axes: recharts would lay out each point again at every
// step.

import { useId } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { SeriesName } from '../../config/history.ts';
import type { Point } from '../../page/runHistory/decimate.ts';
import styles from './Curves.module.css';
import type { Overlay } from './overlays.ts';

interface OverlayLinesProps {
  readonly overlays: readonly Overlay[];
  readonly colourOf: (name: SeriesName) => string;
}

export function OverlayLines({ overlays, colourOf }: OverlayLinesProps) {
  const id = useId();
  const x = useXAxisScale();
  const y = useYAxisScale();
  const plot = usePlotArea();
  if (x === undefined || y === undefined || plot === undefined) return null;
  const pathOf = (points: readonly Point[]): string =>
    points
      .map(({ step, value }) => [x(step), y(value)] as const)
      .filter(([left, top]) => left !== undefined && top !== undefined)
      .map(([left = 0, top = 0], i) => `${i === 0 ? 'M' : 'L'}${left.toFixed(1)} ${top.toFixed(1)}`)
      .join('');
  return (
    <g className={styles.overlays}>
      <clipPath id={id}>
        <rect {...plot} />
      </clipPath>
      {overlays.map(({ name, number, points }) => (
        <path
          key={`${number} ${name}`}
          d={pathOf(points)}
          clipPath={`url(#${id})`}
          stroke={colourOf(name)}
          data-number={number}
        />
      ))}
    </g>
  );
}
