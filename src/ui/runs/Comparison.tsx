// The runs compared, side by side: the last digits of each, and its settings that differ from the current run's.
import { comparedRuns } from '../../page/state/runHistory.ts';
import type { RunRecord } from '../../page/state/runRecord.ts';
import { backendOf } from '../../page/state/store.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './Comparison.module.css';
import { differences, type Makings } from './differences.ts';

const columns = 8;
const tile = 21;

export function Comparison() {
  const { runs: words } = useWords();
  const runs = usePageState((state) => state.runs);
  const compared = comparedRuns(runs);
  if (compared.length === 0) return null;
  return (
    <section className={styles.comparison} aria-label={words.sideBySide}>
      <ThisRun />
      {compared.map(({ number, record }) => (
        <Other key={record.runId} number={number} record={record} />
      ))}
    </section>
  );
}

function Digits({ pixels, label }: { readonly pixels: Uint8Array | null; readonly label: string }) {
  const { runs: words } = useWords();
  return (
    <div className={styles.digits}>
      {pixels === null ? (
        <p>{words.noDigits}</p>
      ) : (
        <PictureSheet pixels={pixels} columns={columns} rows={columns} tile={tile} gap={1} label={label} />
      )}
    </div>
  );
}

function ThisRun() {
  const { runs: words } = useWords();
  const pixels = usePageState((state) => state.grid?.pictures.pixels ?? null);
  const step = usePageState((state) => state.grid?.step ?? 0);
  return (
    <figure className={styles.column}>
      <figcaption>
        <strong>{words.thisRunTitle}</strong> {step === 0 ? words.untrained : words.step(step)}
      </figcaption>
      <Digits pixels={pixels} label={words.digitsOfThisRun} />
    </figure>
  );
}

function Other({ number, record }: { readonly number: number; readonly record: RunRecord }) {
  const words = useWords();
  const { runs, format } = words;
  const config = usePageState((state) => state.config);
  const dataset = usePageState((state) => state.loaded?.info.id ?? state.dataset);
  const backend = usePageState(backendOf);
  const there: Makings = { config: record.config, dataset: record.dataset.id, backend: record.backend };
  const found = differences({ config, dataset, backend }, there, words);
  return (
    <figure className={styles.column}>
      <figcaption>
        <strong>{runs.runTitle(number)}</strong> {runs.step(record.steps)}
      </figcaption>
      <Digits pixels={record.grid} label={runs.lastDigits(number, format.moment(record.started))} />
      {found.length === 0 ? (
        <p className={styles.same}>{runs.sameAsThis}</p>
      ) : (
        <ul className={styles.differences} aria-label={runs.differences(number)}>
          {found.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      )}
    </figure>
  );
}
