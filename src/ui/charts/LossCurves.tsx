// The curves with what belongs to them: which steps, how smooth, which scale, and the numbers to take home.
import { type ComponentType, useEffect, useId, useRef, useState } from 'react';
import { historyToCsv } from '../../files/csv.ts';
import { saveFile } from '../../page/device/saveFile.ts';
import type { Page } from '../../page/page.ts';
import { count, loss, percent } from '../../page/state/format.ts';
import { afterFirstPaint } from '../components/afterFirstPaint.ts';
import { Panel } from '../components/Panel.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useHeight } from '../components/useHeight.ts';
import type { CurvesProps } from './Curves.tsx';
import styles from './LossCurves.module.css';

const zooms = [null, 100, 500, 2_000] as const;
const spans = [
  { span: 1, label: 'none' },
  { span: 10, label: 'over 10 steps' },
  { span: 50, label: 'over 50 steps' },
  { span: 200, label: 'over 200 steps' },
] as const;

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
      aria-label="Steps shown"
      value={lastSteps ?? 'all'}
      onChange={(event) => setLastSteps(event.target.value === 'all' ? null : Number(event.target.value))}
    >
      {zooms.map((steps) => (
        <option key={steps} value={steps ?? 'all'}>
          {steps === null ? 'all steps' : `last ${count(steps)} steps`}
        </option>
      ))}
    </select>
  );
  return (
    <Panel title="Loss curves" area="curves" aside={zoom} fills>
      <div ref={room} className={styles.charts}>
        {/* Drawn while still empty: the first drawing costs the most, and training shall not wait for it. */}
        {Curves !== null && height > 0 && <Curves height={height} lastSteps={lastSteps} span={span} log={log} />}
        {empty && !compares && (
          <p className={styles.empty}>
            The losses of both networks are drawn here, a point a step, as soon as training begins. Below them: how
            often the discriminator is right.
          </p>
        )}
      </div>
      <div className={styles.tools}>
        <label htmlFor={`${id}-smooth`}>Smoothing</label>
        <select id={`${id}-smooth`} value={span} onChange={(event) => setSpan(Number(event.target.value))}>
          {spans.map((each) => (
            <option key={each.span} value={each.span}>
              {each.label}
            </option>
          ))}
        </select>
        <label className={styles.check}>
          <input type="checkbox" checked={log} onChange={(event) => setLog(event.target.checked)} />
          Log scale
        </label>
        <button
          type="button"
          disabled={empty}
          title="Every step so far: losses in nats, accuracies as shares, and the quality of the digits where it was measured."
          onClick={() => saveFile('ganvas-losses.csv', new Blob([csvOf(page)], { type: 'text/csv' }))}
        >
          Download CSV
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

/** The same for those who cannot see the curves. */
function LastNumbers() {
  const last = usePageState((state) => state.last);
  if (last === null) return null;
  const share = (value: number): string => (Number.isNaN(value) ? 'not measured' : percent(value));
  return (
    // In a box of its own: a table does not shrink to nothing.
    <div className="hidden-text">
      <table>
        <caption>The newest point of each curve, at step {count(last.step)}</caption>
        <tbody>
          <tr>
            <th scope="row">Discriminator’s loss</th>
            <td>{loss(last.discriminatorLoss)} nats</td>
          </tr>
          <tr>
            <th scope="row">Generator’s loss</th>
            <td>{loss(last.generatorLoss)} nats</td>
          </tr>
          <tr>
            <th scope="row">Discriminator right on real images</th>
            <td>{share(last.accuracyReal)}</td>
          </tr>
          <tr>
            <th scope="row">Discriminator right on fake images</th>
            <td>{share(last.accuracyFake)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
