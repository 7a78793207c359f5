// The exact numbers of the step under the cursor: all four, whichever of them the thinned curves have a point for.
import { usePage } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './Curves.module.css';

interface CursorNumbersProps {
  /** Given by recharts. */
  readonly active?: boolean;
  readonly label?: string | number;
}

export function CursorNumbers({ active = false, label }: CursorNumbersProps) {
  const { history } = usePage();
  const { charts, format } = useWords();
  const names = charts.atCursor;
  if (!active || typeof label !== 'number') return null;
  const row = history.row(history.indexOf(label));
  if (row === null) return null;
  const loss = (value: number): string => format.nats(format.loss(value));
  const share = (value: number): string => (Number.isNaN(value) ? '–' : format.percent(value));
  return (
    <dl className={styles.cursorNumbers}>
      <dt>{names.step}</dt>
      <dd>{format.count(row.step)}</dd>
      <dt className={styles.discriminator}>{names.discriminatorLoss}</dt>
      <dd>{loss(row.discriminatorLoss)}</dd>
      <dt className={styles.generator}>{names.generatorLoss}</dt>
      <dd>{loss(row.generatorLoss)}</dd>
      <dt>{names.accuracyReal}</dt>
      <dd>{share(row.accuracyReal)}</dd>
      <dt>{names.accuracyFake}</dt>
      <dd>{share(row.accuracyFake)}</dd>
    </dl>
  );
}
