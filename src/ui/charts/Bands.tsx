// What the smooth lines smooth: a pale band from the smallest to the largest value, behind its line.

import type { Series } from './Chart.tsx';
import styles from './Curves.module.css';
import type { Range } from './range.ts';
import { usePlot } from './usePlot.ts';

interface BandsProps {
  readonly series: readonly Series[];
  readonly range: Range;
}

export function Bands({ series, range }: BandsProps) {
  const plot = usePlot(range);
  if (plot === null) return null;
  return (
    <g className={styles.bands}>
      {series.map(({ name, band, colour }) => {
        if (band === null || band.length < 2) return null;
        const upper = band.map(({ step, high }) => ({ step, value: high }));
        const lower = band.map(({ step, low }) => ({ step, value: low })).reverse();
        return <path key={name} d={`${plot.path(upper)}L${plot.path(lower).slice(1)}Z`} fill={colour} />;
      })}
    </g>
  );
}
