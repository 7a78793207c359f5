// The runs that this browser keeps: folded to a line, a list when opened, and the compared ones side by side.
import { useState } from 'react';
import { Panel } from '../components/Panel.tsx';
import { usePage, usePageState } from '../components/pageContext.ts';
import { takeFocus } from '../components/takeFocus.ts';
import { errorSentence } from '../words/errorSentence.ts';
import { useWords } from '../words/words.ts';
import { Comparison } from './Comparison.tsx';
import { RunCard } from './RunCard.tsx';
import styles from './Runs.module.css';
import { SavedHere } from './SavedHere.tsx';

export function Runs() {
  const { runs } = usePage();
  const { runs: words } = useWords();
  return (
    <Panel title={words.title} area="runs">
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
  const { runs } = useWords();
  if (trouble !== null) return runs.notKept;
  return kept === null || kept === 0 ? runs.noneYet : runs.kept(kept);
}

function Notes() {
  const { trouble, damaged } = usePageState((state) => state.runs);
  const words = useWords();
  return (
    <div role="status" className={styles.notes}>
      {trouble !== null && <p>{errorSentence(words, trouble)}</p>}
      {damaged > 0 && <p>{words.runs.damaged(damaged)}</p>}
    </div>
  );
}

function List() {
  const { runs } = useWords();
  const { list, count: kept, damaged, compared } = usePageState((state) => state.runs);
  if (list === null) return null;
  return (
    <>
      {list.length === 0 ? (
        <p className={styles.none}>{runs.none}</p>
      ) : (
        <ul className={styles.list}>
          {list.map((record) => {
            const place = compared.indexOf(record.runId);
            return <RunCard key={record.runId} record={record} number={place === -1 ? null : place + 1} />;
          })}
        </ul>
      )}
      {list.length + damaged > 0 && <DeleteAll count={kept ?? list.length} />}
    </>
  );
}

/** Asks once more: a deleted run is gone for good. */
function DeleteAll({ count: kept }: { readonly count: number }) {
  const { runs, autosave } = usePage();
  const { runs: words } = useWords();
  const saves = usePageState((state) => state.autosave.list);
  // null before the first press: only then the button leaves the focus where it is.
  const [asking, setAsking] = useState<boolean | null>(null);
  if (!asking) {
    return (
      <div className={styles.all}>
        <button type="button" ref={asking === false ? takeFocus : null} onClick={() => setAsking(true)}>
          {words.deleteAll}
        </button>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div className={styles.all} role="group" aria-label={words.deleteAllRuns}>
      <p>{words.askDeleteAll(kept)}</p>
      <button
        type="button"
        className={styles.danger}
        onClick={() => {
          setAsking(false);
          void runs.deleteAll();
          for (const { runId } of saves ?? []) void autosave.delete(runId);
        }}
      >
        {words.deleteThem}
      </button>
      <button type="button" ref={takeFocus} onClick={() => setAsking(false)}>
        {words.keepThem}
      </button>
    </div>
  );
}
