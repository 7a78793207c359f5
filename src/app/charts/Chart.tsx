// One chart drawn by recharts: lines over steps, with their names at their ends and the exact numbers at the cursor.
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { count } from '../format.ts';
import type { SeriesName } from '../history.ts';
import { CurveLink } from '../timeMachine/CurveLink.tsx';
import { AxisWords, afterPlot } from './AxisWords.tsx';
import { CursorNumbers } from './CursorNumbers.tsx';
import styles from './Curves.module.css';
import type { ChartRow } from './chartRows.ts';
import { EndLabels } from './EndLabels.tsx';
import { stepTicks } from './ticks.ts';

export interface Series {
  readonly name: SeriesName;
  readonly label: string;
  readonly colour: string;
  readonly dash?: string;
}

const tick = { fill: 'var(--muted)' };
const edge = { stroke: 'var(--edge)' };

interface ChartProps {
  readonly rows: readonly ChartRow[];
  readonly series: readonly Series[];
  readonly height: number;
  readonly title: string;
  readonly unit: string;
  readonly scale: 'linear' | 'log';
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  readonly formatEnd: (value: number) => string;
  readonly tooltipY: number;
  readonly children?: React.ReactNode;
}

export function Chart({
  rows,
  series,
  height,
  title,
  unit,
  scale,
  ticks,
  format,
  formatEnd,
  tooltipY,
  children,
}: ChartProps) {
  const ends = series.flatMap(({ name, label, colour, dash }) => {
    const row = rows.findLast((each) => each[name] !== undefined);
    const value = row?.[name];
    return row === undefined || value === undefined ? [] : [{ step: row.step, value, label, colour, dash }];
  });
  const first = rows[0]?.step ?? 0;
  const last = rows.at(-1)?.step ?? 1;
  return (
    <div className={styles.chart} style={{ height }}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={[...rows]} margin={{ top: 26, right: afterPlot, bottom: 0, left: 0 }} aria-label={title}>
          <CartesianGrid vertical={false} stroke="var(--rule)" />
          {children}
          <XAxis
            dataKey="step"
            type="number"
            domain={[first, Math.max(last, first + 1)]}
            ticks={[...stepTicks(first, last)]}
            tickFormatter={count}
            tick={tick}
            axisLine={edge}
            tickLine={edge}
            height={24}
            minTickGap={16}
          />
          <YAxis
            width={50}
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
            ticks={[...ticks]}
            scale={scale}
            allowDataOverflow={scale === 'log'}
            tickFormatter={format}
            tick={tick}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            content={<CursorNumbers />}
            isAnimationActive={false}
            cursor={edge}
            // Off the curves that it is about: over the other chart.
            position={{ y: tooltipY }}
          />
          {series.map(({ name, colour, dash }) => (
            <Line
              key={name}
              dataKey={name}
              stroke={colour}
              strokeWidth={1.6}
              {...(dash === undefined ? {} : { strokeDasharray: dash })}
              dot={false}
              activeDot={{ r: 3 }}
              connectNulls
              isAnimationActive={false}
            />
          ))}
          <CurveLink />
          <AxisWords x="step" y={unit} />
          <EndLabels ends={ends} format={formatEnd} />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
