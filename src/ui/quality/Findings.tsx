// The findings: a plain sentence for each, from the numbers, and what to try.
import { usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './Findings.module.css';

const shown = 2;

export function Findings() {
  const { quality, findings: words } = useWords();
  const findings = usePageState((state) => state.quality.findings);
  const measured = usePageState((state) => state.quality.rows.length > 0);
  return (
    <div role="status" aria-label={quality.findings}>
      {findings.length === 0 ? (
        <p className={styles.none}>{measured ? quality.noFindingsNow : quality.noFindings}</p>
      ) : (
        <ul className={styles.findings}>
          {findings.slice(0, shown).map(({ code, tone, facts }) => (
            <li key={code} className={styles.finding} data-tone={tone}>
              <strong>{words[code].text(facts)}</strong> {words[code].advice}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
