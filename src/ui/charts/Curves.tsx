// The charts of a run over one step axis, drawn by recharts: both networks' losses, how often the discriminator is
// right, and how far the digits are from real ones.
import { useMemo } from 'react';
import { ReferenceLine } from 'recharts';
import type { SeriesName } from '../../config/history.ts';
import { comparedRuns } from '../../page/state/runHistory.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { Chart, type Series } from './Chart.tsx';
import { ChartCursor } from './ChartCursor.tsx';
import { CursorNumbers } from './CursorNumbers.tsx';
import styles from './Curves.module.css';
import { drawnSeries, rangeOf, type View } from './chartRows.ts';
import { FrechetCurve } from './FrechetCurve.tsx';
import { type Overlay, overlaysOf, within } from './overlays.ts';
import { type StepDomain, stepDomain } from './stepDomain.ts';
import { linearTicks, logTicks } from './ticks.ts';
import { useRestedVersion } from './useRestedVersion.ts';
import { useRunNames } from './useRunNames.ts';

export interface CurvesProps extends View {
  readonly log: boolean;
  /** Of all charts and the numbers at their cursor together, in CSS pixels. */
  readonly height: number;
}

type Look = Pick<Series, 'colour' | 'dash'> & { readonly name: SeriesName };

const losses: readonly Look[] = [
  { name: 'discriminatorLoss', colour: 'var(--discriminator)', dash: '6 3' },
  { name: 'generatorLoss', colour: 'var(--generator)' },
];
const accuracies: readonly Look[] = [
  { name: 'accuracyReal', colour: 'var(--discriminator)' },
  { name: 'accuracyFake', colour: 'var(--discriminator)', dash: '1.5 2.5' },
];

/** Both losses of a discriminator that can only guess. */
const draw = Math.LN2;

/** Of the numbers at the cursor. */
const numbersHeight = 76;

/** How the charts share the height: the losses get the largest part. */
function heightsOf(all: number, judged: boolean): { loss: number; right: number; frechet: number } {
  const height = Math.max(200, all - numbersHeight);
  const loss = Math.round((judged ? 0.48 : 0.69) * height);
  const right = judged ? Math.round(0.22 * height) : height - loss;
  return { loss, right, frechet: height - loss - right };
}

export function Curves({ height, lastSteps, span, log }: CurvesProps) {
  // Where the images are no digits nothing is measured.
  const judged = usePageState(({ quality }) => quality.real === null || quality.real.digits !== null);
  const heights = heightsOf(height, judged);
  // Parts with a timer each: the page gets a turn between them.
  return (
    <div className={styles.charts}>
      <CursorNumbers span={span} lastSteps={lastSteps} height={numbersHeight} />
      <ChartCursor lastSteps={lastSteps}>
        <Losses height={heights.loss} lastSteps={lastSteps} span={span} log={log} />
        <Accuracies height={heights.right} lastSteps={lastSteps} span={span} isLast={!judged} />
        {judged && <FrechetCurve height={heights.frechet} lastSteps={lastSteps} />}
      </ChartCursor>
    </div>
  );
}

function Losses({ height, log, ...view }: CurvesProps) {
  const { charts, format } = useWords();
  const { series, overlays, steps } = useDrawn(losses, view);
  const runName = useRunNames();
  const scale = log ? 'log' : 'linear';
  const range = rangeOf(series, overlays, scale, [draw]);
  return (
    <Chart
      series={series}
      overlays={overlays}
      overlayLabel={(overlay) =>
        charts.otherRun(runName(overlay), overlay.name === 'generatorLoss' ? 'generatorLoss' : 'discriminatorLoss')
      }
      steps={steps}
      isLast={false}
      height={height}
      title={charts.lossesTitle}
      unit={charts.lossUnit}
      scale={scale}
      ticks={log ? logTicks(range) : linearTicks(range)}
      format={format.axisNumber}
      formatEnd={format.loss}
    >
      <ReferenceLine
        y={draw}
        stroke="var(--edge)"
        strokeDasharray="1 3"
        label={{ value: charts.draw, position: 'insideBottomLeft', fill: 'var(--muted)', fontSize: 11 }}
      />
    </Chart>
  );
}

function Accuracies({ height, isLast, ...view }: View & { readonly height: number; readonly isLast: boolean }) {
  const { charts, format } = useWords();
  const { series, overlays, steps } = useDrawn(accuracies, view);
  return (
    <Chart
      series={series}
      overlays={overlays}
      overlayLabel={null}
      steps={steps}
      isLast={isLast}
      height={height}
      title={charts.accuraciesTitle}
      unit={charts.accuracyUnit}
      scale="linear"
      ticks={[0, 0.5, 1]}
      format={(value) => format.count(value * 100)}
      formatEnd={format.percent}
    />
  );
}

interface Drawn {
  readonly series: readonly Series[];
  /** The same curves of the runs compared, on the steps shown. */
  readonly overlays: readonly Overlay[];
  readonly steps: StepDomain;
}

function useDrawn(looks: readonly Look[], view: View): Drawn {
  const { history } = usePage();
  const { charts } = useWords();
  const { span, lastSteps } = view;
  useRestedVersion();
  // The end of a run empties the history at once: its curves go with it.
  usePageState((state) => state.workerRun);
  const names = looks.map(({ name }) => name);
  const state = usePageState(({ runs }) => runs);
  const runs = useMemo(() => comparedRuns(state), [state]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names of a chart are always the same
  const others = useMemo(() => overlaysOf(runs, names, span), [runs, span]);
  const [first, last] = stepDomain(history, runs, lastSteps);
  const drawn = drawnSeries(history, names, view);
  const series = looks.map((look, i) => {
    const { line = [], band = null } = drawn[i] ?? {};
    return { ...look, label: charts.series[look.name], line, band };
  });
  return { series, overlays: lastSteps === null ? others : within(others, first, last), steps: [first, last] };
}
