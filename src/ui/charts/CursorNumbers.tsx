// The numbers of the step under the cursor, for all charts together and beside them: else those of the newest step.
import { comparedRuns } from '../../page/state/runHistory.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useRunNamer } from '../components/useRunNamer.ts';
import { useWords } from '../words/words.ts';
import styles from './Curves.module.css';
import { firstInView } from './chartRows.ts';
import { frechetAt } from './frechetPoints.ts';
import { marksNear } from './marksNear.ts';
import { type Span, windowOf } from './smoothed.ts';
import { useRestedVersion } from './useRestedVersion.ts';

interface CursorNumbersProps {
  readonly span: Span;
  readonly lastSteps: number | null;
  readonly height: number;
}

export function CursorNumbers({ span, lastSteps, height }: CursorNumbersProps) {
  const { history } = usePage();
  const { charts, format } = useWords();
  useRestedVersion();
  const cursor = usePageState((state) => state.cursor);
  const rows = usePageState((state) => state.quality.rows);
  const row = (cursor === null ? null : history.row(history.indexOf(cursor))) ?? history.last();
  const names = charts.atCursor;
  const share = (value: number): string => (Number.isNaN(value) ? '–' : format.percent(value));
  const frechet = row === null ? null : frechetAt(rows, row.step);
  return (
    <div className={styles.atCursor} style={{ height }} data-pointed={cursor !== null}>
      <dl>
        <Value name={names.step} value={row === null ? '–' : format.count(row.step)} />
        <Value
          name={names.discriminatorLoss}
          value={format.loss(row?.discriminatorLoss ?? Number.NaN)}
          of="discriminator"
        />
        <Value name={names.generatorLoss} value={format.loss(row?.generatorLoss ?? Number.NaN)} of="generator" />
        <Value name={names.frechet} value={format.score(frechet ?? Number.NaN)} />
        <Value name={names.accuracyReal} value={share(row?.accuracyReal ?? Number.NaN)} />
        <Value name={names.accuracyFake} value={share(row?.accuracyFake ?? Number.NaN)} />
      </dl>
      <Note cursor={cursor} span={span} lastSteps={lastSteps} />
    </div>
  );
}

interface ValueProps {
  readonly name: string;
  readonly value: string;
  readonly of?: 'discriminator' | 'generator';
}

function Value({ name, value, of }: ValueProps) {
  return (
    <div>
      <dt className={of && styles[of]}>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What happened near the cursor, or whose curves these are, or else what the lines and bands are. */
function Note({ cursor, span, lastSteps }: Omit<CursorNumbersProps, 'height'> & { readonly cursor: number | null }) {
  const { history } = usePage();
  const { charts, marks } = useWords();
  const runs = comparedRuns(usePageState((state) => state.runs));
  const nameOf = useRunNamer();
  const shown = history.length - firstInView(history.length, lastSteps);
  const near = cursor === null ? [] : marksNear(history.marks, cursor, shown);
  if (near.length > 0) return <p className={styles.note}>{near.map(marks.sentence).join(' ')}</p>;
  if (runs.length > 0) {
    return (
      <p className={styles.note}>
        {runs.map(({ number, record }) => (
          <span key={record.runId} className={styles.run} style={{ color: `var(--run-${number})` }}>
            {nameOf(record.runId)}
          </span>
        ))}
      </p>
    );
  }
  if (history.length === 0) return null;
  const window = windowOf(span, shown);
  return <p className={styles.note}>{window === 1 || span === 1 ? charts.raw : charts.smoothed(window)}</p>;
}
