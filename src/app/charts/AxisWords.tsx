// What the axes count and in which unit, set level where there is room for it: over the one, at the end of the other.
import { usePlotArea } from 'recharts';
import styles from './Curves.module.css';

export function AxisWords({ x, y }: { readonly x: string; readonly y: string }) {
  const plot = usePlotArea();
  if (plot === undefined) return null;
  return (
    <g className={styles.unit}>
      <text x={0} y={plot.y - 14}>
        {y}
      </text>
      <text x={plot.x + plot.width + 8} y={plot.y + plot.height + 17}>
        {x}
      </text>
    </g>
  );
}
