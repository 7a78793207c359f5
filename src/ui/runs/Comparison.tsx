// The runs compared, side by side: the last digits of each, and in words what it was made of that another was not.
import { comparedRuns } from '../../page/state/runHistory.ts';
import type { RunRecord } from '../../page/state/runRecord.ts';
import { backendOf, type PageState } from '../../page/state/store.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePageState } from '../components/pageContext.ts';
import { useRunNamer } from '../components/useRunNamer.ts';
import { useWords } from '../words/words.ts';
import styles from './Comparison.module.css';
import { likeness, type Makings } from './differences.ts';

const columns = 8;
const tile = 21;

export function Comparison() {
  const { runs: words } = useWords();
  const runs = usePageState((state) => state.runs);
  const compared = comparedRuns(runs);
  const [first] = compared;
  if (first === undefined) return null;
  return (
    <section className={styles.comparison} aria-label={words.sideBySide}>
      <ThisRun other={first.record} />
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

const idOfThis = ({ runs, description }: PageState): string | null => runs.current ?? description?.runId ?? null;

/** What the current run is made of. */
function useThis(): Makings {
  const config = usePageState((state) => state.config);
  const dataset = usePageState((state) => state.loaded?.info.id ?? state.dataset);
  const backend = usePageState(backendOf);
  return { config, dataset, backend };
}

const makingsOf = ({ config, dataset, backend }: RunRecord): Makings => ({ config, dataset: dataset.id, backend });

function ThisRun({ other }: { readonly other: RunRecord }) {
  const words = useWords();
  const { runs } = words;
  const pixels = usePageState((state) => state.grid?.pictures.pixels ?? null);
  const step = usePageState((state) => state.grid?.step ?? 0);
  const id = usePageState(idOfThis);
  const nameOf = useRunNamer();
  return (
    <figure className={styles.column}>
      <figcaption>
        {id !== null && <strong>{nameOf(id)}</strong>} {runs.thisRunTitle},{' '}
        {step === 0 ? runs.untrained : runs.step(step)}
      </figcaption>
      <Digits pixels={pixels} label={runs.digitsOfThisRun} />
      <p className={styles.likeness}>{likeness(makingsOf(other), useThis(), nameOf(other.runId), words)}</p>
    </figure>
  );
}

function Other({ number, record }: { readonly number: number; readonly record: RunRecord }) {
  const words = useWords();
  const { runs } = words;
  const id = usePageState(idOfThis);
  const nameOf = useRunNamer();
  const name = nameOf(record.runId);
  const thisName = id === null ? runs.thisRunTitle : nameOf(id);
  return (
    <figure className={styles.column} style={{ borderTopColor: `var(--run-${number})` }}>
      <figcaption>
        <strong>{name}</strong> {runs.step(record.steps)}
      </figcaption>
      <Digits pixels={record.grid} label={runs.lastDigits(name)} />
      <p className={styles.likeness}>{likeness(useThis(), makingsOf(record), thisName, words)}</p>
    </figure>
  );
}
