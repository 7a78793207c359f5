// One chart drawn by recharts: lines over steps, with their names at their ends and the exact numbers at the cursor.
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { SeriesName } from '../../config/history.ts';
import { staleSeries } from '../../page/state/staleSeries.ts';
import { usePageState } from '../components/pageContext.ts';
import { CurveLink } from '../timeMachine/CurveLink.tsx';
import { useWords } from '../words/words.ts';
import { AxisWords, afterPlot } from './AxisWords.tsx';
import { edge, stepAxis, valueAxis } from './axes.ts';
import { CursorNumbers } from './CursorNumbers.tsx';
import styles from './Curves.module.css';
import type { ChartRow } from './chartRows.ts';
import { type End, EndLabels } from './EndLabels.tsx';
import { OverlayLines } from './OverlayLines.tsx';
import { type Overlay, stepsOf } from './overlays.ts';

export interface Series {
  readonly name: SeriesName;
  readonly colour: string;
  readonly dash?: string;
}

interface ChartProps {
  readonly rows: readonly ChartRow[];
  readonly series: readonly Series[];
  /** Of the runs compared. */
  readonly overlays: readonly Overlay[];
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
  overlays,
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
  const { charts, format: numbers } = useWords();
  const alone = usePageState((state) => state.trainingStatus?.alone ?? null);
  const stale = usePageState(staleSeries);
  const staleWords = (name: SeriesName): string | null =>
    alone !== null && stale.includes(name) ? charts.notSince(alone.network, alone.halfSteps) : null;
  const ends = series.flatMap(({ name, colour, dash }): End[] => {
    const row = rows.findLast((each) => each[name] !== undefined);
    const value = row?.[name];
    return row === undefined || value === undefined
      ? []
      : [{ step: row.step, value, label: charts.series[name], colour, dash, stale: staleWords(name), other: false }];
  });
  const otherEnds = overlays.flatMap(({ name, number, points }): End[] => {
    const end = points.at(-1);
    const of = series.find((each) => each.name === name);
    if (end === undefined || of === undefined) return [];
    const label = charts.otherRun(number, charts.short[name]);
    return [{ ...end, label, colour: of.colour, dash: undefined, stale: null, other: true }];
  });
  const [least, most] = stepsOf(overlays) ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const first = Math.min(rows[0]?.step ?? (overlays.length === 0 ? 0 : least), least);
  const last = Math.max(rows.at(-1)?.step ?? first + 1, most);
  // Without a row recharts makes no scales for the overlaid runs; without a value, only with `allowDataOverflow`.
  const data = rows.length === 0 && overlays.length > 0 ? [{ step: first }, { step: last }] : [...rows];
  const colourOf = (name: SeriesName): string => series.find((each) => each.name === name)?.colour ?? '';
  return (
    <div className={styles.chart} style={{ height }}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={data} margin={{ top: 26, right: afterPlot, bottom: 0, left: 0 }} aria-label={title}>
          <CartesianGrid vertical={false} stroke="var(--rule)" />
          {children}
          <XAxis {...stepAxis(first, last, numbers.count)} />
          <YAxis
            {...valueAxis(ticks, format)}
            width={50}
            scale={scale}
            allowDataOverflow={scale === 'log' || rows.length === 0}
          />
          <Tooltip
            content={<CursorNumbers />}
            isAnimationActive={false}
            cursor={edge}
            // Over the other chart, so that it hides none of its own curves.
            position={{ y: tooltipY }}
          />
          <OverlayLines overlays={overlays} colourOf={colourOf} />
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
          <AxisWords x={charts.step} y={unit} />
          <EndLabels ends={[...ends, ...otherEnds]} format={formatEnd} />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
