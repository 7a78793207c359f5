// The curves with their controls: which steps, how smooth, which scale, and the numbers as a file.
import { type ComponentType, useEffect, useId, useRef, useState } from 'react';
import { type SeriesName, seriesNames } from '../../config/history.ts';
import { historyToCsv } from '../../files/csv.ts';
import { saveFile } from '../../page/device/saveFile.ts';
import type { Page } from '../../page/page.ts';
import { staleSeries } from '../../page/state/staleSeries.ts';
import { afterFirstPaint } from '../components/afterFirstPaint.ts';
import { Panel } from '../components/Panel.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useHeight } from '../components/useHeight.ts';
import { useWords } from '../words/words.ts';
import type { CurvesProps } from './Curves.tsx';
import styles from './LossCurves.module.css';

const zooms = [null, 100, 500, 2_000] as const;
const spans = [1, 10, 50, 200] as const;

/** recharts is as large as the rest of the page: it is fetched once the page has been drawn. */
function useCurves(): ComponentType<CurvesProps> | null {
  const [curves, setCurves] = useState<{ Curves: ComponentType<CurvesProps> } | null>(null);
  const { actions } = usePage();
  useEffect(() => {
    let gone = false;
    const callOff = afterFirstPaint(() => {
      import('./Curves.tsx').then(
        (module) => {
          if (!gone) setCurves(module);
        },
        (error: unknown) => actions.report(error, 'page'),
      );
    });
    return () => {
      gone = true;
      callOff();
    };
  }, [actions]);
  return curves?.Curves ?? null;
}

export function LossCurves() {
  const page = usePage();
  const { charts } = useWords();
  const Curves = useCurves();
  const id = useId();
  const room = useRef<HTMLDivElement>(null);
  const height = useHeight(room);
  const [lastSteps, setLastSteps] = useState<number | null>(null);
  const [span, setSpan] = useState(1);
  const [log, setLog] = useState(false);
  const empty = usePageState((state) => state.last === null);
  const compares = usePageState((state) => state.runs.compared.some((id) => id !== null));

  const zoom = (
    <select
      className={styles.zoom}
      aria-label={charts.stepsShown}
      value={lastSteps ?? 'all'}
      onChange={(event) => setLastSteps(event.target.value === 'all' ? null : Number(event.target.value))}
    >
      {zooms.map((steps) => (
        <option key={steps} value={steps ?? 'all'}>
          {steps === null ? charts.allSteps : charts.lastSteps(steps)}
        </option>
      ))}
    </select>
  );
  return (
    <Panel title={charts.title} area="curves" aside={zoom} fills>
      <div ref={room} className={styles.charts}>
        {/* Drawn while still empty: the first drawing costs the most, and training does not wait for it. */}
        {Curves !== null && height > 0 && <Curves height={height} lastSteps={lastSteps} span={span} log={log} />}
        {empty && !compares && <p className={styles.empty}>{charts.empty}</p>}
      </div>
      <div className={styles.tools}>
        <label htmlFor={`${id}-smooth`}>{charts.smoothing}</label>
        <select id={`${id}-smooth`} value={span} onChange={(event) => setSpan(Number(event.target.value))}>
          {spans.map((each) => (
            <option key={each} value={each}>
              {each === 1 ? charts.noSmoothing : charts.overSteps(each)}
            </option>
          ))}
        </select>
        <label className={styles.check}>
          <input type="checkbox" checked={log} onChange={(event) => setLog(event.target.checked)} />
          {charts.logScale}
        </label>
        <button
          type="button"
          disabled={empty}
          title={charts.downloadCsvMeans}
          onClick={() => saveFile(charts.csvName, new Blob([csvOf(page)], { type: 'text/csv' }))}
        >
          {charts.downloadCsv}
        </button>
      </div>
      <LastNumbers />
    </Panel>
  );
}

const csvOf = ({ history, store }: Page): string =>
  historyToCsv(
    {
      steps: history.steps(),
      discriminatorLoss: history.series('discriminatorLoss'),
      generatorLoss: history.series('generatorLoss'),
      accuracyReal: history.series('accuracyReal'),
      accuracyFake: history.series('accuracyFake'),
    },
    store.getState().quality.rows,
  );

/** The same for who cannot see the curves. */
function LastNumbers() {
  const { charts, format } = useWords();
  const last = usePageState((state) => state.last);
  const alone = usePageState((state) => state.trainingStatus?.alone ?? null);
  const stale = usePageState(staleSeries);
  if (last === null) return null;
  const words = (name: SeriesName): string => {
    const value = last[name];
    const isLoss = name === 'discriminatorLoss' || name === 'generatorLoss';
    const said = Number.isNaN(value) ? null : isLoss ? format.nats(format.loss(value)) : format.percent(value);
    const note = alone !== null && stale.includes(name) ? charts.notSince(alone.network, alone.halfSteps) : null;
    return [said, note].filter((each) => each !== null).join(', ') || charts.notMeasured;
  };
  return (
    // In a box of its own: a table does not shrink to nothing.
    <div className="hidden-text">
      <table>
        <caption>{charts.newest(last.step)}</caption>
        <tbody>
          {seriesNames.map((name) => (
            <tr key={name}>
              <th scope="row">{charts.rows[name]}</th>
              <td>{words(name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
