// The line of the cursor, in each chart at the same step.
import { usePageState } from '../components/pageContext.ts';
import styles from './Curves.module.css';
import { usePlot } from './usePlot.ts';

export function CursorLine() {
  const step = usePageState((state) => state.cursor);
  const plot = usePlot();
  if (step === null || plot === null) return null;
  const x = plot.x(step);
  if (x < plot.left - 1 || x > plot.right + 1) return null;
  return <line className={styles.cursorLine} x1={x} x2={x} y1={plot.top} y2={plot.bottom} />;
}
