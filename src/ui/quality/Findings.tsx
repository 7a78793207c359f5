// What is going on, in plain sentences drawn from the numbers, each with what to try.
import { usePageState } from '../components/pageContext.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import styles from './Findings.module.css';

const shown = 2;

export function Findings() {
  const { findings: words } = useErrorWords();
  const findings = usePageState((state) => state.quality.findings);
  const measured = usePageState((state) => state.quality.rows.length > 0);
  return (
    <div role="status" aria-label="What is going on">
      {findings.length === 0 ? (
        <p className={styles.none}>
          {measured
            ? 'What is going on is said here again when there are real images to hold the digits against: press Train.'
            : 'Losses say little about pictures. As soon as training has gone on for a few seconds, sentences here tell whether it is going well, and what to try if not.'}
        </p>
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
