// The axes' titles with their units, level: over the value axis, at the end of the step axis.
import { usePlotArea } from 'recharts';
import { afterPlot } from './axes.ts';
import styles from './Curves.module.css';

interface AxisWordsProps {
  /** null under a chart that is not the last. */
  readonly x: string | null;
  readonly y: string;
}

export function AxisWords({ x, y }: AxisWordsProps) {
  const plot = usePlotArea();
  if (plot === undefined) return null;
  return (
    <g className={styles.unit}>
      <text x={0} y={plot.y - 12}>
        {y}
      </text>
      {/* At the very end: half of the last number stands out beyond the axis. */}
      {x !== null && (
        <text x={plot.x + plot.width + afterPlot} y={plot.y + plot.height + 17} textAnchor="end">
          {x}
        </text>
      )}
    </g>
  );
}
