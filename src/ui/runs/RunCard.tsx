// One kept run in the list: what it was, what came of it, and what can be done with it.
import { presets } from '../../config/presets.ts';
import type { StopReason } from '../../config/stopping.ts';
import { backend, count, duration, loss } from '../../page/state/format.ts';
import { lastOf, type RunRecord } from '../../page/state/runRecord.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { score } from '../quality/scores.ts';
import { AskedDelete } from './AskedDelete.tsx';
import styles from './RunCard.module.css';
import { UseSettings } from './UseSettings.tsx';

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** When it started, as its name in the list. */
export const nameOf = ({ started }: RunRecord): string => moment.format(started);

export const presetLabel = ({ preset }: RunRecord): string =>
  preset === 'changed' ? 'Your own settings' : presets[preset].label;

const ends: Readonly<Record<StopReason | 'failed', string>> = {
  epochs: 'all epochs done',
  minutes: 'stopped when time was up',
  patience: 'stopped without progress',
  failed: 'ended by an error',
};

/** Its first tiles, in a square. */
const shown = 4;

interface RunCardProps {
  readonly record: RunRecord;
  /** Under which it is compared; null while it is not. */
  readonly number: number | null;
}

export function RunCard({ record, number }: RunCardProps) {
  const { runs, autosave, actions } = usePage();
  // What another tab has is that one's to go on with.
  const save = usePageState(({ autosave: { mine, list } }) =>
    mine === false ? null : (list?.find(({ run }) => run === record.id) ?? null),
  );
  const current = usePageState((state) => state.runs.current === record.id);
  const full = usePageState((state) => state.runs.compared.every((id) => id !== null));
  const name = nameOf(record);
  const { grid, dataset, steps, seconds, ended } = record;
  return (
    <li className={styles.run}>
      <div className={styles.picture}>
        {grid !== null && <PictureSheet pixels={grid} columns={shown} rows={shown} tile={17} gap={1} />}
      </div>
      <div className={styles.words}>
        <p>
          <strong>{name}</strong> {current && <span className={styles.current}>this run</span>}
          {number !== null && <span className={styles.number}>run {number}</span>}
        </p>
        <p>
          {presetLabel(record)}, {dataset.label}, {backend(record.backend)}, seed {record.config.seed}
        </p>
        <p>
          {count(steps)} {steps === 1 ? 'step' : 'steps'} in {duration(seconds)}
          {ended !== null && `, ${ends[ended]}`}
        </p>
      </div>
      <Numbers record={record} />
      <div className={styles.buttons}>
        <label
          className={styles.compare}
          title={
            current
              ? 'Its curves are the ones in the charts.'
              : 'Lays its curves over this run’s, and its digits beside them. Up to four at once.'
          }
        >
          <input
            type="checkbox"
            checked={number !== null}
            disabled={current || (full && number === null)}
            onChange={(event) => runs.compare(record.id, event.target.checked)}
          />
          Compare <span className="hidden-text">the run of {name}</span>
        </label>
        {save !== null && !current && (
          <button
            type="button"
            className={styles.small}
            title="Takes it up where it was saved, with all that it has learnt."
            onClick={() => void actions.resume(record.id)}
          >
            {/* The record is written when the page goes, the run itself up to half a minute before. */}
            Continue {save.step !== steps && <>from step {count(save.step)} </>}
            <span className="hidden-text">the run of {name}</span>
          </button>
        )}
        <UseSettings record={record} name={name} />
        <AskedDelete
          what={`the run of ${name}`}
          onDelete={() => void Promise.all([runs.delete(record.id), autosave.delete(record.id)])}
        />
      </div>
    </li>
  );
}

/** Where it ended. */
function Numbers({ record }: { readonly record: RunRecord }) {
  const frechet = record.quality.at(-1)?.digits?.frechet;
  return (
    <dl className={styles.numbers}>
      <div>
        <dt className={styles.discriminator}>discriminator</dt>
        <dd title="Its newest loss.">{loss(lastOf(record, 'discriminatorLoss') ?? Number.NaN)} nats</dd>
      </div>
      <div>
        <dt className={styles.generator}>generator</dt>
        <dd title="Its newest loss.">{loss(lastOf(record, 'generatorLoss') ?? Number.NaN)} nats</dd>
      </div>
      <div>
        <dt>Fréchet</dt>
        <dd title="Fréchet distance to the real images when it was last measured: lower is better.">
          {frechet === undefined ? '–' : score(frechet)}
        </dd>
      </div>
    </dl>
  );
}
