// The Fréchet distance over the steps of the run, above a line for that of real images.
import { ReferenceLine } from 'recharts';
import { comparedRuns } from '../../page/state/runHistory.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { Chart } from './Chart.tsx';
import { frechetOverlays, frechetPoints, frechetTicks } from './frechetPoints.ts';
import { within } from './overlays.ts';
import { isDrawable } from './range.ts';
import { stepDomain } from './stepDomain.ts';
import { useRestedVersion } from './useRestedVersion.ts';
import { useRunNames } from './useRunNames.ts';

interface FrechetCurveProps {
  readonly height: number;
  readonly lastSteps: number | null;
}

export function FrechetCurve({ height, lastSteps }: FrechetCurveProps) {
  const { history } = usePage();
  const { charts, format } = useWords();
  useRestedVersion();
  const { rows, real } = usePageState((state) => state.quality);
  const runs = comparedRuns(usePageState((state) => state.runs));
  const nameOf = useRunNames();
  const [first, last] = stepDomain(history, runs, lastSteps);
  const line = frechetPoints(rows).filter(({ step }) => step >= first && step <= last);
  const overlays = within(frechetOverlays(runs), first, last);
  const measured = real?.digits?.frechet ?? Number.NaN;
  const floor = isDrawable(measured, 'log') ? measured : null;
  return (
    <Chart
      series={[{ name: 'frechet', label: charts.frechetEnd, colour: 'var(--generator)', line, band: null }]}
      overlays={overlays}
      overlayLabel={nameOf}
      steps={[first, last]}
      isLast
      height={height}
      title={charts.frechetTitle}
      unit={charts.frechetUnit}
      scale="log"
      ticks={frechetTicks([line, ...overlays.map(({ points }) => points)], floor)}
      format={format.axisNumber}
      formatEnd={format.score}
    >
      {floor !== null && (
        <ReferenceLine
          y={floor}
          stroke="var(--ink)"
          strokeDasharray="1 3"
          label={{ value: charts.realLine, position: 'insideBottomLeft', fill: 'var(--muted)', fontSize: 11 }}
        />
      )}
    </Chart>
  );
}
