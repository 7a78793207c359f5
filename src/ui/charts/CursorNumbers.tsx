// The exact numbers of the step under the cursor: all four, whichever of them the thinned curves have a point for.
import { count, loss, percent } from '../../page/state/format.ts';
import { usePage } from '../components/pageContext.ts';
import styles from './Curves.module.css';

interface CursorNumbersProps {
  /** Given by recharts. */
  readonly active?: boolean;
  readonly label?: string | number;
}

export function CursorNumbers({ active = false, label }: CursorNumbersProps) {
  const { history } = usePage();
  if (!active || typeof label !== 'number') return null;
  const row = history.row(history.indexOf(label));
  if (row === null) return null;
  const share = (value: number): string => (Number.isNaN(value) ? '–' : percent(value));
  return (
    <dl className={styles.cursorNumbers}>
      <dt>step</dt>
      <dd>{count(row.step)}</dd>
      <dt className={styles.discriminator}>discriminator</dt>
      <dd>{loss(row.discriminatorLoss)} nats</dd>
      <dt className={styles.generator}>generator</dt>
      <dd>{loss(row.generatorLoss)} nats</dd>
      <dt>right on real</dt>
      <dd>{share(row.accuracyReal)}</dd>
      <dt>right on fake</dt>
      <dd>{share(row.accuracyFake)}</dd>
    </dl>
  );
}
