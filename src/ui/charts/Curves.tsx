// The two charts, drawn by recharts: both networks' losses, and how often the discriminator is right.
import { useMemo } from 'react';
import { ReferenceLine } from 'recharts';
import type { SeriesName } from '../../config/history.ts';
import { comparedRuns } from '../../page/state/runHistory.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { Chart, type Series } from './Chart.tsx';
import styles from './Curves.module.css';
import { type ChartRow, chartRows, extent, type View } from './chartRows.ts';
import { type Overlay, overlaysOf, type Smoothing, stepsOf, within } from './overlays.ts';
import { linearTicks, logTicks } from './ticks.ts';
import { useRestedVersion } from './useRestedVersion.ts';

export interface CurvesProps extends View {
  readonly log: boolean;
  /** Of both charts together, in CSS pixels. */
  readonly height: number;
}

const losses: readonly Series[] = [
  { name: 'discriminatorLoss', colour: 'var(--discriminator)', dash: '6 3' },
  { name: 'generatorLoss', colour: 'var(--generator)' },
];
const accuracies: readonly Series[] = [
  { name: 'accuracyReal', colour: 'var(--discriminator)' },
  { name: 'accuracyFake', colour: 'var(--discriminator)', dash: '1.5 2.5' },
];

/**
 * Smoothing of other runs' accuracies, as a share of the run: a batch has few images, so several raw curves make one
 * blot.
 */
const overlaySmoothing = 0.08;

/** Both losses of a discriminator that can only guess. */
const draw = Math.LN2;

export function Curves(props: CurvesProps) {
  // Two parts, each with its own timer: the page gets a turn between them.
  return (
    <div className={styles.charts}>
      <Losses {...props} />
      <Accuracies {...props} />
    </div>
  );
}

/** The losses get the larger part. */
const upper = (height: number): number => Math.round(0.69 * height);

function Losses({ height, lastSteps, span, log }: CurvesProps) {
  const { charts, format } = useWords();
  const rows = useRows(losses, { lastSteps, span });
  const overlays = useOverlays(losses, rows, { lastSteps, span, share: 0 });
  const range = extent(rows, namesOf(losses), overlays) ?? [0, 1];
  return (
    <Chart
      rows={rows}
      series={losses}
      overlays={overlays}
      height={upper(height)}
      title={charts.lossesTitle}
      unit={charts.lossUnit}
      scale={log ? 'log' : 'linear'}
      ticks={log ? logTicks(range) : linearTicks(range)}
      format={format.axisNumber}
      formatEnd={format.loss}
      tooltipY={upper(height) - 8}
    >
      <ReferenceLine y={draw} stroke="var(--edge)" strokeDasharray="1 3" ifOverflow="hidden" />
    </Chart>
  );
}

function Accuracies({ height, lastSteps, span }: CurvesProps) {
  const { charts, format } = useWords();
  const rows = useRows(accuracies, { lastSteps, span });
  return (
    <Chart
      rows={rows}
      series={accuracies}
      overlays={useOverlays(accuracies, rows, { lastSteps, span, share: overlaySmoothing })}
      height={height - upper(height)}
      title={charts.accuraciesTitle}
      unit={charts.accuracyUnit}
      scale="linear"
      ticks={[0, 0.5, 1]}
      format={(value) => format.count(value * 100)}
      formatEnd={format.percent}
      tooltipY={-104}
    />
  );
}

const namesOf = (series: readonly Series[]): readonly SeriesName[] => series.map(({ name }) => name);

function useRows(series: readonly Series[], view: View): readonly ChartRow[] {
  const { history } = usePage();
  useRestedVersion();
  // The end of a run empties the history at once: its curves go with it.
  usePageState((state) => state.workerRun);
  return chartRows(history, namesOf(series), view);
}

/** The same curves of the runs compared, on the steps shown. */
function useOverlays(
  series: readonly Series[],
  rows: readonly ChartRow[],
  { lastSteps, span, share }: View & Smoothing,
): readonly Overlay[] {
  const runs = usePageState((state) => state.runs);
  const overlays = useMemo(
    () => overlaysOf(comparedRuns(runs), namesOf(series), { span, share }),
    [runs, series, span, share],
  );
  if (lastSteps === null) return overlays;
  const last = rows.at(-1)?.step ?? stepsOf(overlays)?.[1] ?? 0;
  return within(overlays, last - lastSteps + 1, last);
}
