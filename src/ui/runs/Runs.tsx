// The runs that this browser keeps: folded away to a line, a list when opened, and side by side those that are compared.
import { useState } from 'react';
import { maxRuns } from '../../config/checkpoint.ts';
import { count } from '../../page/state/format.ts';
import { Panel } from '../components/Panel.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { takeFocus } from '../components/takeFocus.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useErrorWords } from '../words/useErrorWords.ts';
import { Comparison } from './Comparison.tsx';
import { RunCard } from './RunCard.tsx';
import styles from './Runs.module.css';
import { SavedHere } from './SavedHere.tsx';

export function Runs() {
  const { runs } = usePage();
  return (
    <Panel title="Runs" area="runs">
      <details
        className={styles.runs}
        onToggle={(event) => {
          if (event.currentTarget.open) void runs.read();
        }}
      >
        <summary>
          <Summary />
        </summary>
        <Notes />
        <Comparison />
        <List />
        <SavedHere />
      </details>
    </Panel>
  );
}

function Summary() {
  const { count: kept, trouble } = usePageState((state) => state.runs);
  if (trouble !== null) return <>Not kept</>;
  if (kept === null || kept === 0) return <>None kept yet</>;
  return <>{kept === 1 ? '1 run kept' : `${count(kept)} runs kept`}</>;
}

function Notes() {
  const { trouble, damaged } = usePageState((state) => state.runs);
  const words = useErrorWords();
  return (
    <div role="status" className={styles.notes}>
      {trouble !== null && <p>{errorSentence(words, trouble)}</p>}
      {damaged > 0 && (
        <p>
          {damaged === 1
            ? 'One kept run is damaged and is left out.'
            : `${damaged} kept runs are damaged and left out.`}{' '}
          Delete all removes {damaged === 1 ? 'it' : 'them'}, too.
        </p>
      )}
    </div>
  );
}

function List() {
  const { list, count: kept, damaged, compared } = usePageState((state) => state.runs);
  if (list === null) return null;
  return (
    <>
      {list.length === 0 ? (
        <p className={styles.none}>
          Each run is kept here from its first step on: its settings, curves and last digits, on this machine only. Up
          to {maxRuns} of them can be continued as well.
        </p>
      ) : (
        <ul className={styles.list}>
          {list.map((record) => {
            const place = compared.indexOf(record.id);
            return <RunCard key={record.id} record={record} number={place === -1 ? null : place + 1} />;
          })}
        </ul>
      )}
      {list.length + damaged > 0 && <DeleteAll count={kept ?? list.length} />}
    </>
  );
}

/** Asks once more: there is no way back. */
function DeleteAll({ count: kept }: { readonly count: number }) {
  const { runs, autosave } = usePage();
  const saves = usePageState((state) => state.autosave.list) ?? [];
  // null before it was ever asked: only then the button leaves the focus where it is.
  const [asking, setAsking] = useState<boolean | null>(null);
  if (!asking) {
    return (
      <div className={styles.all}>
        <button type="button" ref={asking === false ? takeFocus : null} onClick={() => setAsking(true)}>
          Delete all
        </button>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div className={styles.all} role="group" aria-label="Delete all runs">
      <p>{kept === 1 ? 'Delete the one run?' : `Delete all ${count(kept)} runs?`} They cannot be had back.</p>
      <button
        type="button"
        className={styles.danger}
        onClick={() => {
          setAsking(false);
          void runs.deleteAll();
          for (const { run } of saves) void autosave.delete(run);
        }}
      >
        Delete them
      </button>
      <button type="button" ref={takeFocus} onClick={() => setAsking(false)}>
        Keep them
      </button>
    </div>
  );
}
