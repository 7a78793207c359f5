// One press from a kept run to a new one like it; where that would end a run whose weights are nowhere else, it asks.
import { useEffect, useRef, useState } from 'react';
import { isSaved } from '../../page/autosave/autosave.ts';
import { count } from '../../page/state/format.ts';
import type { RunRecord } from '../../page/state/runRecord.ts';
import type { PageState } from '../../page/state/store.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import styles from './RunCard.module.css';

interface UseSettingsProps {
  readonly record: RunRecord;
  /** Of the run, for those who cannot see in which row this is. */
  readonly name: string;
}

/** Steps whose weights would be gone: none of a run that the browser keeps, which can be gone on with from this very list. */
const unsaved = (state: PageState): number =>
  state.touched && !isSaved(state) ? Math.max(0, (state.trainingStatus?.step ?? 0) - (state.savedStep ?? 0)) : 0;

export function UseSettings({ record, name }: UseSettingsProps) {
  const { actions, store } = usePage();
  const [asking, setAsking] = useState(false);
  // Images of the visitor's own are not kept with the run.
  const dataset = usePageState((state) => (record.dataset.id === 'own' ? state.dataset : record.dataset.id));

  const use = (): void => {
    actions.takeSettings(record.config, dataset);
    // To where the new run is seen, and Train.
    window.scrollTo({ top: 0 });
  };
  return (
    <>
      <button
        type="button"
        className={styles.small}
        title={
          record.dataset.id === 'own'
            ? 'A new run with its settings, on the dataset that is chosen now: images of your own are not kept.'
            : 'A new, untrained run with its settings and its dataset.'
        }
        onClick={() => {
          if (unsaved(store.getState()) > 0) setAsking(true);
          else use();
        }}
      >
        Use these settings <span className="hidden-text">of the run of {name}</span>
      </button>
      {asking && <Question onUse={use} onClose={() => setAsking(false)} />}
    </>
  );
}

interface QuestionProps {
  readonly onUse: () => void;
  readonly onClose: () => void;
}

function Question({ onUse, onClose }: QuestionProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const steps = usePageState(unsaved);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label="End the run in progress?" onClose={onClose}>
      <p>
        <strong>This ends the run in progress.</strong>{' '}
        {steps === 1
          ? 'The weights of its one step are nowhere else.'
          : `The weights of its last ${count(steps)} steps are nowhere else.`}{' '}
        Its curves and digits stay in the list; to keep its weights, download them first.
      </p>
      <div className={styles.answers}>
        <button type="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <button
          type="button"
          className={styles.use}
          onClick={() => {
            dialog.current?.close();
            onUse();
          }}
        >
          End it and use these settings
        </button>
      </div>
    </dialog>
  );
}
