// A button that makes a new run with a kept run's settings; it asks before it ends a run whose weights are nowhere
// else.
import { useEffect, useRef, useState } from 'react';
import { isSaved } from '../../page/autosave/autosave.ts';
import type { RunRecord } from '../../page/state/runRecord.ts';
import type { PageState } from '../../page/state/store.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './RunCard.module.css';

interface UseSettingsProps {
  readonly record: RunRecord;
  /** Of the run, for who cannot see in which row this is. */
  readonly name: string;
}

/** Steps whose weights would be lost: none of a run that the browser keeps, as this very list can continue it. */
const unsaved = (state: PageState): number =>
  state.touched && !isSaved(state) ? Math.max(0, (state.trainingStatus?.step ?? 0) - (state.savedStep ?? 0)) : 0;

export function UseSettings({ record, name }: UseSettingsProps) {
  const { actions, store } = usePage();
  const { runs } = useWords();
  const [asking, setAsking] = useState(false);
  // The history does not keep the visitor's own images.
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
        title={record.dataset.id === 'own' ? runs.useSettingsOwnMeans : runs.useSettingsMeans}
        onClick={() => {
          if (unsaved(store.getState()) > 0) setAsking(true);
          else use();
        }}
      >
        {runs.useSettings} <span className="hidden-text">{runs.ofRun(name)}</span>
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
  const { runs } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const steps = usePageState(unsaved);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={runs.endRun} onClose={onClose}>
      <p>
        <strong>{runs.endsRun}</strong> {runs.weightsLost(steps)}
      </p>
      <div className={styles.answers}>
        <button type="button" onClick={() => dialog.current?.close()}>
          {runs.cancel}
        </button>
        <button
          type="button"
          className={styles.use}
          onClick={() => {
            dialog.current?.close();
            onUse();
          }}
        >
          {runs.endAndUse}
        </button>
      </div>
    </dialog>
  );
}
