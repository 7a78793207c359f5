// The runs compared, side by side: the last digits of each, and what was set differently from the run that is on the bench.
import { datasets } from '../../config/datasets.ts';
import { count } from '../../page/state/format.ts';
import { comparedRuns } from '../../page/state/runHistory.ts';
import type { RunRecord } from '../../page/state/runRecord.ts';
import { backendOf, type PageState } from '../../page/state/store.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePageState } from '../components/pageContext.ts';
import styles from './Comparison.module.css';
import { differences, type Makings } from './differences.ts';
import { nameOf } from './RunCard.tsx';

const columns = 8;
const tile = 21;

export function Comparison() {
  const runs = usePageState((state) => state.runs);
  const compared = comparedRuns(runs);
  if (compared.length === 0) return null;
  return (
    <section className={styles.comparison} aria-label="Side by side">
      <ThisRun />
      {compared.map(({ number, record }) => (
        <Other key={record.id} number={number} record={record} />
      ))}
    </section>
  );
}

function Digits({ pixels, label }: { readonly pixels: Uint8Array | null; readonly label: string }) {
  return (
    <div className={styles.digits}>
      {pixels === null ? (
        <p>No digits were drawn.</p>
      ) : (
        <PictureSheet pixels={pixels} columns={columns} rows={columns} tile={tile} gap={1} label={label} />
      )}
    </div>
  );
}

function ThisRun() {
  const pixels = usePageState((state) => state.grid?.pictures.pixels ?? null);
  const step = usePageState((state) => state.grid?.step ?? 0);
  return (
    <figure className={styles.column}>
      <figcaption>
        <strong>This run</strong> {step === 0 ? 'untrained' : `step ${count(step)}`}
      </figcaption>
      <Digits pixels={pixels} label="The digits of this run" />
    </figure>
  );
}

function Other({ number, record }: { readonly number: number; readonly record: RunRecord }) {
  const config = usePageState((state) => state.config);
  const dataset = usePageState(datasetLabel);
  const backend = usePageState(backendOf);
  const there: Makings = { config: record.config, dataset: record.dataset.label, backend: record.backend };
  const found = differences({ config, dataset, backend }, there);
  return (
    <figure className={styles.column}>
      <figcaption>
        <strong>Run {number}</strong> step {count(record.steps)}
      </figcaption>
      <Digits pixels={record.grid} label={`The last digits of run ${number}, of ${nameOf(record)}`} />
      {found.length === 0 ? (
        <p className={styles.same}>Made of the same as this run.</p>
      ) : (
        <ul className={styles.differences} aria-label={`From this run to run ${number}`}>
          {found.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      )}
    </figure>
  );
}

const datasetLabel = ({ loaded, dataset }: PageState): string => loaded?.info.label ?? datasets[dataset].label;
