// The two charts, drawn by recharts: what both networks lose, and how often the discriminator is right.
import { useEffect, useRef, useState } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { count, loss, percent } from '../format.ts';
import type { SeriesName } from '../history.ts';
import { usePage, usePageState } from '../store.ts';
import { AxisWords } from './AxisWords.tsx';
import { CursorNumbers } from './CursorNumbers.tsx';
import styles from './Curves.module.css';
import { type ChartRow, chartRows, extent, type View } from './chartRows.ts';
import { EndLabels } from './EndLabels.tsx';
import { linearTicks, logTicks, stepTicks } from './ticks.ts';

export interface CurvesProps extends View {
  readonly log: boolean;
}

interface Series {
  readonly name: SeriesName;
  readonly label: string;
  readonly colour: string;
  readonly dash?: string;
}

const losses: readonly Series[] = [
  { name: 'discriminatorLoss', label: 'discriminator', colour: 'var(--discriminator)', dash: '6 3' },
  { name: 'generatorLoss', label: 'generator', colour: 'var(--generator)' },
];
const accuracies: readonly Series[] = [
  { name: 'accuracyReal', label: 'on real', colour: 'var(--discriminator)' },
  { name: 'accuracyFake', label: 'on fake', colour: 'var(--discriminator)', dash: '1.5 2.5' },
];

/** Both losses of a discriminator that can only guess. */
const draw = Math.LN2;
const tick = { fill: 'var(--muted)' };
const edge = { stroke: 'var(--edge)' };

/** Changes at most so often as drawing takes a tenth of the time. */
function useRestedVersion(): number {
  const { store } = usePage();
  const [version, setVersion] = useState(store.getState().historyVersion);
  const cost = useRef(0);
  const started = performance.now();
  useEffect(() => {
    cost.current = 0.7 * cost.current + 0.3 * (performance.now() - started);
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const unsubscribe = store.subscribe((now, before) => {
      if (now.historyVersion === before.historyVersion || timer !== null) return;
      timer = setTimeout(
        () => {
          timer = null;
          setVersion(store.getState().historyVersion);
        },
        Math.max(200, Math.min(2_000, 10 * cost.current)),
      );
    });
    setVersion(store.getState().historyVersion);
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store]);
  return version;
}

export function Curves({ lastSteps, span, log }: CurvesProps) {
  const { history } = usePage();
  const version = useRestedVersion();
  // A run's end empties the history at once; a chart of the run before must not linger.
  const run = usePageState((state) => state.run);
  const view: View = { lastSteps, span };
  const lossRows = chartRows(history, namesOf(losses), view);
  const accuracyRows = chartRows(history, namesOf(accuracies), view);
  const range = extent(lossRows, namesOf(losses)) ?? [0, 1];
  return (
    <div className={styles.charts} data-version={version} data-run={run}>
      <Chart
        rows={lossRows}
        series={losses}
        height={246}
        title="Losses of discriminator and generator by step"
        unit="loss (nats)"
        scale={log ? 'log' : 'linear'}
        ticks={log ? logTicks(range) : linearTicks(range)}
        format={(value) => String(value)}
        formatEnd={loss}
        tooltipY={238}
      >
        <ReferenceLine y={draw} stroke="var(--edge)" strokeDasharray="1 3" ifOverflow="hidden" />
      </Chart>
      <Chart
        rows={accuracyRows}
        series={accuracies}
        height={126}
        title="How often the discriminator is right, by step"
        unit="discriminator right (%)"
        scale="linear"
        ticks={[0, 0.5, 1]}
        format={(value) => String(Math.round(value * 100))}
        formatEnd={percent}
        tooltipY={-104}
      />
    </div>
  );
}

const namesOf = (series: readonly Series[]): readonly SeriesName[] => series.map(({ name }) => name);

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

function Chart({ rows, series, height, title, unit, scale, ticks, format, formatEnd, tooltipY, children }: ChartProps) {
  const ends = series.flatMap(({ name, label, colour }) => {
    const row = rows.findLast((each) => each[name] !== undefined);
    const value = row?.[name];
    return row === undefined || value === undefined ? [] : [{ step: row.step, value, label, colour }];
  });
  const first = rows[0]?.step ?? 0;
  const last = rows.at(-1)?.step ?? 1;
  return (
    <div className={styles.chart} style={{ height }}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={[...rows]} margin={{ top: 26, right: 92, bottom: 0, left: 0 }} aria-label={title}>
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
            width={38}
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
          <AxisWords x="step" y={unit} />
          <EndLabels ends={ends} format={formatEnd} />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
