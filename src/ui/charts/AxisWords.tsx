// The axes' titles with their units, level: over the value axis, at the end of the step axis.
import { usePlotArea } from 'recharts';
import styles from './Curves.module.css';

/** Room beside the plot, for the names at the curves' ends. */
export const afterPlot = 92;

export function AxisWords({ x, y }: { readonly x: string; readonly y: string }) {
  const plot = usePlotArea();
  if (plot === undefined) return null;
  return (
    <g className={styles.unit}>
      <text x={0} y={plot.y - 14}>
        {y}
      </text>
      {/* At the very end: half of the last number stands out beyond the axis. */}
      <text x={plot.x + plot.width + afterPlot} y={plot.y + plot.height + 17} textAnchor="end">
        {x}
      </text>
    </g>
  );
}
