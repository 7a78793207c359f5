// One cursor for all charts of a step: it follows the pointer over any of them, and the arrow keys.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { comparedRuns } from '../../page/state/runHistory.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useCursorGlance } from '../timeMachine/CurveLink.tsx';
import { useWords } from '../words/words.ts';
import { afterPlot, beforePlot } from './axes.ts';
import styles from './Curves.module.css';
import { stepAt, stepOfKey } from './cursor.ts';
import { stepDomain } from './stepDomain.ts';

interface ChartCursorProps {
  readonly lastSteps: number | null;
  readonly children: ReactNode;
}

export function ChartCursor({ lastSteps, children }: ChartCursorProps) {
  const { store, history } = usePage();
  const { charts } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const cursor = usePageState((state) => state.cursor);
  const newest = usePageState((state) => state.last?.step ?? 0);
  useCursorGlance();

  const steps = () => history.steps();
  const domain = () => stepDomain(history, comparedRuns(store.getState().runs), lastSteps);
  const move = (step: number | null): void => {
    if (store.getState().cursor !== step) store.setState({ cursor: step });
  };
  const point = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return;
    const share = (event.clientX - box.left - beforePlot) / Math.max(1, box.width - beforePlot - afterPlot);
    move(share < -0.02 || share > 1.02 ? null : stepAt(steps(), domain(), share));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepOfKey(event.key, store.getState().cursor, steps(), domain());
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  };
  return (
    <div
      ref={frame}
      role="slider"
      tabIndex={0}
      aria-label={charts.cursor}
      aria-valuemin={0}
      aria-valuemax={Math.max(newest, cursor ?? 0)}
      aria-valuenow={cursor ?? newest}
      aria-valuetext={useSpoken()}
      className={styles.cursor}
      aria-description={charts.cursorMeans}
      onPointerMove={point}
      onPointerLeave={() => move(null)}
      onKeyDown={press}
      onBlur={() => move(null)}
    >
      {children}
    </div>
  );
}

/** What a screen reader says of it. */
function useSpoken(): string {
  const { history } = usePage();
  const { charts, format } = useWords();
  const cursor = usePageState((state) => state.cursor);
  const row = cursor === null ? null : history.row(history.indexOf(cursor));
  const loss = (value: number): string => format.nats(format.loss(value));
  return row === null
    ? charts.newestStep
    : charts.spoken(row.step, loss(row.discriminatorLoss), loss(row.generatorLoss));
}
