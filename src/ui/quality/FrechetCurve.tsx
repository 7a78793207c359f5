// The Fréchet distance over the run, above a line for that of real images. Drawn by recharts, fetched with the curves.
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { QualityRow } from '../../config/quality.ts';
import { edge, stepAxis, valueAxis } from '../charts/axes.ts';
import { useWords } from '../words/words.ts';
import styles from './FrechetCurve.module.css';
import { type FrechetPoint, frechetPoints, frechetTicks, isDrawable } from './frechetPoints.ts';

interface FrechetCurveProps {
  readonly rows: readonly QualityRow[];
  /** Real images against real images; null while it is not known. */
  readonly floor: number | null;
  /** The step from which on the digits were recognisable, or null. */
  readonly recognisable: number | null;
}

const height = 148;

export function FrechetCurve({ rows, floor: measured, recognisable }: FrechetCurveProps) {
  const { quality, format } = useWords();
  const points = frechetPoints(rows);
  const floor = measured !== null && isDrawable(measured) ? measured : null;
  const ticks = frechetTicks(points, floor);
  const first = points[0]?.step ?? 0;
  const last = points.at(-1)?.step ?? 1;
  return (
    <div className={styles.curve}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} aria-label={quality.frechet}>
          <CartesianGrid vertical={false} stroke="var(--rule)" />
          {floor !== null && (
            <ReferenceLine
              y={floor}
              stroke="var(--ink)"
              strokeDasharray="1 3"
              label={{ value: quality.realLine, position: 'insideBottomRight', fill: 'var(--ink)', fontSize: 11 }}
            />
          )}
          {recognisable !== null && (
            <ReferenceLine
              x={recognisable}
              stroke="var(--good)"
              label={{
                value: quality.recognisable,
                // On the side where there is room for it.
                position: recognisable > (first + last) / 2 ? 'insideTopRight' : 'insideTopLeft',
                fill: 'var(--good)',
                fontSize: 11,
              }}
            />
          )}
          <XAxis {...stepAxis(first, last, format.count)} />
          <YAxis {...valueAxis(ticks, format.axisNumber)} width={44} scale="log" allowDataOverflow />
          <Tooltip content={<AtCursor />} isAnimationActive={false} cursor={edge} />
          <Line
            dataKey="frechet"
            stroke="var(--generator)"
            strokeWidth={1.6}
            dot={points.length < 40 ? { r: 2 } : false}
            activeDot={{ r: 3 }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

interface AtCursorProps {
  /** Given by recharts. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload: FrechetPoint }[];
}

function AtCursor({ active = false, payload = [] }: AtCursorProps) {
  const { quality, format } = useWords();
  const point = payload[0]?.payload;
  if (!active || point === undefined) return null;
  return (
    <p className={styles.cursor}>
      {quality.step(point.step)} <strong>{format.score(point.frechet)}</strong>
    </p>
  );
}
