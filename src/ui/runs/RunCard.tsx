// One kept run in the list: its settings, its results, and the buttons for it.
import type { SeriesName } from '../../config/history.ts';
import { lastOf, type RunRecord } from '../../page/state/runRecord.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import { AskedDelete } from './AskedDelete.tsx';
import styles from './RunCard.module.css';
import { UseSettings } from './UseSettings.tsx';

/** Its first tiles, in a square. */
const shown = 4;

interface RunCardProps {
  readonly record: RunRecord;
  /** Its number in the comparison; null while it is not compared. */
  readonly number: number | null;
}

export function RunCard({ record, number }: RunCardProps) {
  const { runs, autosave, actions } = usePage();
  const words = useWords();
  const { runs: text, format } = words;
  // Only the tab that holds a run can continue it.
  const save = usePageState(({ autosave: { mine, list } }) =>
    mine === false ? null : (list?.find(({ runId }) => runId === record.runId) ?? null),
  );
  const current = usePageState((state) => state.runs.current === record.runId);
  const full = usePageState((state) => state.runs.compared.every((runId) => runId !== null));
  // A run's name in the list: when it started.
  const name = format.moment(record.started);
  const { grid, dataset, steps, seconds, ended, preset } = record;
  return (
    <li className={styles.run}>
      <div className={styles.picture}>
        {grid !== null && <PictureSheet pixels={grid} columns={shown} rows={shown} tile={17} gap={1} />}
      </div>
      <div className={styles.words}>
        <p>
          <strong>{name}</strong> {current && <span className={styles.current}>{text.thisRun}</span>}
          {number !== null && <span className={styles.number}>{text.number(number)}</span>}
        </p>
        <p>
          {text.madeOf(
            preset === 'changed' ? words.ownSettings : words.presets[preset].label,
            words.datasets[dataset.id],
            words.backends[record.backend],
            record.config.seed,
          )}
        </p>
        {record.origin && (
          <p>
            {text.branchedOff(
              format.steps(record.origin.step, record.origin.half),
              format.moment(record.origin.started),
            )}
          </p>
        )}
        <p>{text.took(steps, format.duration(seconds), ended)}</p>
      </div>
      <Numbers record={record} />
      <div className={styles.buttons}>
        <label className={styles.compare} title={current ? text.isCurrent : text.compareMeans}>
          <input
            type="checkbox"
            checked={number !== null}
            disabled={current || (full && number === null)}
            onChange={(event) => runs.compare(record.runId, event.target.checked)}
          />
          {text.compare} <span className="hidden-text">{text.runOf(name)}</span>
        </label>
        {save !== null && !current && (
          <button
            type="button"
            className={styles.small}
            title={text.continueMeans}
            onClick={() => void actions.resume(record.runId)}
          >
            {/* The page writes the record when it closes, and saves the run up to half a minute before. */}
            {text.continue} {save.step !== steps && `${text.fromStep(save.step)} `}
            <span className="hidden-text">{text.runOf(name)}</span>
          </button>
        )}
        <UseSettings record={record} name={name} />
        <AskedDelete
          what={text.runOf(name)}
          onDelete={() => void Promise.all([runs.delete(record.runId), autosave.delete(record.runId)])}
        />
      </div>
    </li>
  );
}

/** Where it ended. */
function Numbers({ record }: { readonly record: RunRecord }) {
  const { runs, format } = useWords();
  const frechet = record.quality.at(-1)?.digits?.frechet;
  const lossOf = (name: SeriesName): string => format.nats(format.loss(lastOf(record, name) ?? Number.NaN));
  return (
    <dl className={styles.numbers}>
      <div>
        <dt className={styles.discriminator}>{runs.discriminator}</dt>
        <dd title={runs.newestLoss}>{lossOf('discriminatorLoss')}</dd>
      </div>
      <div>
        <dt className={styles.generator}>{runs.generator}</dt>
        <dd title={runs.newestLoss}>{lossOf('generatorLoss')}</dd>
      </div>
      <div>
        <dt>{runs.frechet}</dt>
        <dd title={runs.frechetMeans}>{format.score(frechet ?? Number.NaN)}</dd>
      </div>
    </dl>
  );
}
