// What is going on, in plain sentences drawn from the numbers, each with what to try.
import { usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './Findings.module.css';

const shown = 2;

export function Findings() {
  const { quality } = useWords();
  const findings = usePageState((state) => state.quality.findings);
  const measured = usePageState((state) => state.quality.rows.length > 0);
  return (
    <div role="status" aria-label={quality.findings}>
      {findings.length === 0 ? (
        <p className={styles.none}>{measured ? quality.noFindingsNow : quality.noFindings}</p>
      ) : (
        <ul className={styles.findings}>
          {findings.slice(0, shown).map(({ code, tone, text, advice }) => (
            <li key={code} className={styles.finding} data-tone={tone}>
              <strong>{text}</strong> {advice}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
