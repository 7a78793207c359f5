// One chart drawn by recharts: lines over steps and the bands around them, with their names at their ends.
import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { staleSeries } from '../../page/state/staleSeries.ts';
import { usePageState } from '../components/pageContext.ts';
import { HeldLine } from '../timeMachine/CurveLink.tsx';
import { useWords } from '../words/words.ts';
import { AxisWords } from './AxisWords.tsx';
import { afterPlot, overPlot, stepAxis, valueAxis } from './axes.ts';
import { Bands } from './Bands.tsx';
import { BeyondMarks } from './BeyondMarks.tsx';
import { CursorLine } from './CursorLine.tsx';
import styles from './Curves.module.css';
import { chartRows, type DrawnSeries } from './chartRows.ts';
import { type End, EndLabels } from './EndLabels.tsx';
import { MarkLines } from './MarkLines.tsx';
import { OverlayLines } from './OverlayLines.tsx';
import type { Overlay } from './overlays.ts';
import type { Range, Scale } from './range.ts';
import type { StepDomain } from './stepDomain.ts';

export interface Series extends DrawnSeries {
  readonly colour: string;
  readonly label: string;
  readonly dash?: string | undefined;
}

interface ChartProps {
  readonly series: readonly Series[];
  /** Of the runs compared. */
  readonly overlays: readonly Overlay[];
  /** What stands at the end of a compared run's curve; null where there is no room for it. */
  readonly overlayLabel: ((overlay: Overlay) => string) | null;
  readonly steps: StepDomain;
  /** Whether the numbers of the step axis stand under this one. */
  readonly isLast: boolean;
  readonly height: number;
  readonly title: string;
  readonly unit: string;
  readonly scale: Scale;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  readonly formatEnd: (value: number) => string;
  readonly children?: React.ReactNode;
}

export function Chart({
  series,
  overlays,
  overlayLabel,
  steps,
  isLast,
  height,
  title,
  unit,
  scale,
  ticks,
  format,
  formatEnd,
  children,
}: ChartProps) {
  const { charts, format: numbers } = useWords();
  const alone = usePageState((state) => state.trainingStatus?.alone ?? null);
  const stale: readonly string[] = usePageState(staleSeries);
  const staleWords = (name: string): string | null =>
    alone !== null && stale.includes(name) ? charts.notSince(alone.network, alone.halfSteps) : null;
  const ends = series.flatMap(({ name, line, colour, dash, label }): End[] => {
    const end = line.at(-1);
    return end === undefined ? [] : [{ ...end, key: name, label, colour, dash, stale: staleWords(name), other: false }];
  });
  const otherEnds = overlays.flatMap((overlay): End[] => {
    const end = overlay.points.at(-1);
    if (end === undefined || overlayLabel === null) return [];
    const { name, number } = overlay;
    const colour = `var(--run-${number})`;
    return [
      {
        ...end,
        key: `${number} ${name}`,
        label: overlayLabel(overlay),
        colour,
        dash: undefined,
        stale: null,
        other: true,
      },
    ];
  });
  const rows = chartRows(series, scale);
  // Without a row recharts makes no scales, neither for the overlaid runs nor for the cursor.
  const data = rows.length === 0 ? steps.map((step) => ({ step })) : [...rows];
  const range: Range = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  return (
    <div className={styles.chart} style={{ height }}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart
          data={data}
          margin={{ top: overPlot, right: afterPlot, bottom: 0, left: 0 }}
          aria-label={title}
          // The charts have one cursor together, with keys of its own.
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--rule)" />
          {children}
          <XAxis {...stepAxis(steps, isLast, numbers.count)} />
          <YAxis {...valueAxis(ticks, format)} scale={scale} />
          <Bands series={series} range={range} />
          <OverlayLines overlays={overlays} range={range} />
          {series.map(({ name, colour, dash }) => (
            <Line
              key={name}
              dataKey={name}
              stroke={colour}
              strokeWidth={1.8}
              {...(dash === undefined ? {} : { strokeDasharray: dash })}
              dot={false}
              activeDot={false}
              connectNulls
              isAnimationActive={false}
            />
          ))}
          <BeyondMarks series={series} range={range} steps={steps} format={formatEnd} />
          <MarkLines />
          <HeldLine />
          <CursorLine />
          <AxisWords x={isLast ? charts.step : null} y={unit} />
          <EndLabels ends={[...ends, ...otherEnds]} format={formatEnd} />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
