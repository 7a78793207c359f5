// A run's name, and the field to change it in.
import { useState } from 'react';
import { longestName } from '../../page/preferences/runNames.ts';
import { usePage, usePageState } from '../components/pageContext.ts';
import { takeFocus, takeFocusAndSelect } from '../components/takeFocus.ts';
import { useWords } from '../words/words.ts';
import styles from './RunName.module.css';

interface RunNameProps {
  readonly runId: string;
  readonly name: string;
}

export function RunName({ runId, name }: RunNameProps) {
  const { runs } = usePage();
  const { runs: words } = useWords();
  const own = usePageState((state) => state.runs.names[runId] !== undefined);
  // null before the first press: only an end of editing gives the focus back to the button.
  const [editing, setEditing] = useState<boolean | null>(null);
  if (editing) {
    return (
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          runs.rename(runId, String(new FormData(event.currentTarget).get('name') ?? ''));
          setEditing(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setEditing(false);
        }}
      >
        <input
          ref={takeFocusAndSelect}
          name="name"
          aria-label={words.nameOf(name)}
          defaultValue={name}
          maxLength={longestName}
          autoComplete="off"
          title={own ? words.emptyName : undefined}
        />
        <button type="submit">{words.saveName}</button>
      </form>
    );
  }
  return (
    <>
      <strong>{name}</strong>{' '}
      <button
        type="button"
        className={styles.rename}
        ref={editing === false ? takeFocus : null}
        onClick={() => setEditing(true)}
      >
        {words.rename} <span className="hidden-text">{name}</span>
      </button>
    </>
  );
}
